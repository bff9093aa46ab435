import { parentPort, workerData } from 'node:worker_threads';
import { DeskError, errorValueOf } from '../../shared/errors.ts';
import { because } from '../../shared/reasons.ts';
import { parseLine } from '../../shared/search/line.ts';
import { mayBeEndless } from '../../shared/search/search.ts';
import { TimeLimitError, withinTime } from '../base/time-limit.ts';
import { type Answer, type Call, isCallOf, isStoreMethod, type MirrorAbout } from './calls.ts';
import { placeMirror, removeMirror } from './file.ts';
import { openSnapshot } from './open-snapshot.ts';
import { MirrorStore } from './store.ts';

/** How long a view with an expression may be looked for: other views and copies wait for it. */
const { expressionMs = 10_000 }: { expressionMs?: number | undefined } = workerData;

/** True for a view that is searched by a pattern, which can be made to take for ever. */
const hasPattern = (asked: unknown): boolean => {
  const filters = (asked as { filters?: { search?: unknown } } | null)?.filters;
  const [line] = Array.isArray(filters?.search) ? filters.search : [];
  const search = typeof line === 'string' ? parseLine(line).search : null;
  return search !== null && mayBeEndless(search);
};

const inTime = <Result>(work: () => Result): Result => {
  try {
    return withinTime(expressionMs, work);
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error;
    throw new DeskError('query.expression', { why: because('network.slow') });
  }
};

/**
 * The mirror's work, off the main thread: it parses, writes and searches while windows stay awake. One store a file, opened
 * when it is first asked for.
 */
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

const isLeft = ({ left }: Call): boolean => left !== null && Atomics.load(left, 0) === 1;

const described = (store: MirrorStore): MirrorAbout => ({
  size: store.size,
  lists: store.lists(),
  below: store.below(),
  setAside: store.setAside,
  upgrading: store.upgrading,
});

/** What the worker does itself; all else a store does. */
const answerTo = (call: Call): unknown => {
  const { path, method, args } = call;
  if (isLeft(call)) throw new DeskError('cancelled');
  if (isStoreMethod(method)) {
    const store = storeAt(call);
    const work: (...given: never[]) => unknown = store[method];
    const done = () =>
      store.during(
        () => isLeft(call),
        () => Reflect.apply(work, store, args),
      );
    return hasPattern(args[0]) ? inTime(done) : done();
  }
  if (isCallOf(call, 'openSnapshot')) return openSnapshot(...call.args);
  if (isCallOf(call, 'about')) return described(storeAt(call));
  close(path);
  if (isCallOf(call, 'place')) return placeMirror(call.args[0], path);
  return removeMirror(path);
};

/** Rows of copies of earlier programs go into typed columns while nobody asks for anything. */
let isUpgrading = false;

const upgradeSome = () => {
  isUpgrading = false;
  for (const store of stores.values()) {
    try {
      if (store.isInPlace() && !store.upgrade()) upgradeSoon();
    } catch {
      // Another program writes, or the disk is full: the next call tries again.
    }
  }
};

const upgradeSoon = () => {
  if (isUpgrading || ![...stores.values()].some(({ upgrading }) => upgrading !== null)) return;
  isUpgrading = true;
  setImmediate(upgradeSome);
};

const answer = (value: Answer) => parentPort?.postMessage(value);

// What takes no time but the disk's answers at once and in order; snapshots take their time beside it.
parentPort?.on('message', async (call: Call) => {
  try {
    const value = answerTo(call);
    answer({ id: call.id, value: (value instanceof Promise ? await value : value) ?? null });
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    answer({ id: call.id, error: errorValueOf(error), reason });
  }
  upgradeSoon();
});
