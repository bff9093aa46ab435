import { parentPort } from 'node:worker_threads';
import { errorValueOf } from '../../shared/errors.ts';
import { type MirrorOwner, placeMirror, removeMirror } from './file.ts';
import { type OpeningPlaces, openSnapshot } from './open-snapshot.ts';
import { MirrorStore } from './store.ts';

/**
 * The mirror's work, off the main thread: it parses, writes and searches while windows stay awake. One store a file,
 * opened when it is first asked for.
 */
type Call = { id: number; path: string; owner: MirrorOwner; now: number; method: string; args: unknown[] };

const stores = new Map<string, MirrorStore>();

const close = (path: string) => {
  stores.get(path)?.close();
  stores.delete(path);
};

const storeAt = ({ path, owner, now }: Call): MirrorStore => {
  const known = stores.get(path);
  // Another program may have removed the file, and begun a new one for another tenant of this name.
  if (known?.isOf(owner) && known.isInPlace()) return known;
  close(path);
  const store = new MirrorStore(path, owner, now);
  stores.set(path, store);
  return store;
};

const answerTo = (call: Call): unknown => {
  const { path, method, args } = call;
  if (method === 'open-snapshot') {
    const [snapshot, places, passphrase] = args as [string, OpeningPlaces, string | null];
    return openSnapshot(snapshot, places, passphrase);
  }
  if (method === 'remove' || method === 'place') {
    close(path);
    if (method === 'remove') removeMirror(path);
    else placeMirror(String(args[0]), path);
    return null;
  }
  const store = storeAt(call);
  if (method === 'about')
    return { size: store.size, lists: store.lists(), below: store.below(), setAside: store.setAside };
  const work = store[method as 'put'] as (...given: unknown[]) => unknown;
  return work.apply(store, args) ?? null;
};

// What takes no time but the disk's answers at once and in order; snapshots take their time beside it.
parentPort?.on('message', async (call: Call) => {
  try {
    const value = answerTo(call);
    parentPort?.postMessage({ id: call.id, value: value instanceof Promise ? await value : value });
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    parentPort?.postMessage({ id: call.id, error: errorValueOf(error), reason });
  }
});
