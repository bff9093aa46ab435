import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { errorValueOf } from '../../shared/errors.ts';
import { openSnapshot } from './snapshot.ts';
import { MirrorStore } from './store.ts';

/**
 * The mirror's work, off the main thread: it parses, writes and searches while windows stay awake. One store a file,
 * opened when it is first asked for.
 */
type Call = { id: number; path: string; now: number; method: string; args: unknown[] };

const stores = new Map<string, MirrorStore>();

const storeAt = (path: string, now: number): MirrorStore => {
  const known = stores.get(path) ?? new MirrorStore(path, now);
  stores.set(path, known);
  return known;
};

const answerTo = ({ path, now, method, args }: Call): unknown => {
  if (method === 'open-snapshot') {
    const [snapshot, passphrase] = args as [string, string | null];
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSnapshot(snapshot, path, passphrase);
  }
  if (method === 'close') {
    stores.get(path)?.close();
    stores.delete(path);
    return null;
  }
  const store = storeAt(path, now);
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
