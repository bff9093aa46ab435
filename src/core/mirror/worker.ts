import { parentPort } from 'node:worker_threads';
import { DeskError, errorValueOf } from '../../shared/errors.ts';
import { parseLine } from '../../shared/search/line.ts';
import { hasExpression } from '../../shared/search/search.ts';
import { TimeLimitError, withinTime } from '../base/time-limit.ts';
import { type MirrorOwner, placeMirror, removeMirror } from './file.ts';
import { type OpeningPlaces, openSnapshot } from './open-snapshot.ts';
import { MirrorStore } from './store.ts';

/**
 * The mirror's work, off the main thread: it parses, writes and searches while windows stay awake. One store a file,
 * opened when it is first asked for.
 */
type Call = { id: number; path: string; owner: MirrorOwner; now: number; method: string; args: unknown[] };

/** How long a view with an expression may be looked for: other views and copies wait for it. */
const expressionMs = 10_000;

/** True for a view that is searched by a pattern, which can be made to take for ever. */
const hasPattern = (asked: unknown): boolean => {
  const filters = (asked as { filters?: { search?: unknown } } | null)?.filters;
  const [line] = Array.isArray(filters?.search) ? filters.search : [];
  const search = typeof line === 'string' ? parseLine(line).search : null;
  return search !== null && hasExpression(search);
};

const inTime = <Result>(work: () => Result): Result => {
  try {
    return withinTime(expressionMs, work);
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error;
    throw new DeskError('query.expression', { reason: 'it took too long' });
  }
};

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
    if (method === 'remove') return removeMirror(path);
    placeMirror(String(args[0]), path);
    return null;
  }
  const store = storeAt(call);
  if (method === 'about')
    return { size: store.size, lists: store.lists(), below: store.below(), setAside: store.setAside };
  const work = store[method as 'put'] as (...given: unknown[]) => unknown;
  const done = () => work.apply(store, args) ?? null;
  return hasPattern(args[0]) ? inTime(done) : done();
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
