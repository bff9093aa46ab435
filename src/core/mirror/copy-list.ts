import type { Resource } from '../../shared/catalog/index.ts';
import { isComplete } from '../../shared/complete.ts';
import type { Query } from '../../shared/query.ts';
import type { Row } from '../../shared/row.ts';
import { hasNoneBelow, isAbsent } from '../absent.ts';
import { harvest, overlapMs } from '../harvest/harvest.ts';
import type { HarvestState } from '../harvest/state.ts';
import type { Session } from '../session.ts';
import type { Covered } from './copies.ts';
import type { Mirrors } from './mirror.ts';

export type ListAsked = {
  profile: string;
  /** Logs from this moment on, unix ms; absent: all. */
  logsSince?: number;
  /** Goes on with a copy that began at this moment or later, unix ms; absent: begins anew. */
  resume?: number;
};

export type ListDeps = { session: Session; mirrors: Mirrors; clock: () => number; signal: AbortSignal };

/** What copying a list came to. `absent`: the tenant does not offer it, or the app may not read it. */
export type ListCopy = { rows: number; gone: number; whole: boolean; absent: boolean };

/**
 * Rows and ms after which what was read is written, with how far the copy is. To hand rows over to the mirror's worker holds
 * the main thread up: few at a time.
 */
const flushRows = 500;
const flushMs = 500;

/** Where a copy of a list begins, and from when on the list will be known then. Unix ms, null: the very beginning. */
const spanOf = (covered: Covered | null, logsSince: number | undefined) => {
  const wanted = logsSince ?? null;
  // A copy that begins later than what is asked for now has to be read from there anew.
  const isEnough = covered?.since === null || (wanted !== null && wanted >= (covered?.since ?? 0));
  return covered && isEnough
    ? { from: covered.reached - overlapMs, since: covered.since }
    : { from: wanted, since: wanted };
};

/**
 * Copies one list. One that can be cut by time is read on from where the last whole copy of it ended; any other is read
 * whole, and what is not there any more is marked as gone. What a copy that began at `resume` or later has is not read again. Throws `DeskError`.
 */
export const copyList = async (
  { profile, logsSince, resume }: ListAsked,
  { id, pin }: Resource,
  parent: string | undefined,
  { session, mirrors, clock, signal }: ListDeps,
  tell: (rows: number, total: number | null) => void,
): Promise<ListCopy> => {
  const list: Query = { profile, resource: id, ...(parent === undefined ? {} : { parent }), filters: {} };
  const { startedAt, covered, state: left, ...begun } = await mirrors.begin(profile, list, resume ?? null);
  if (begun.isDone) return { rows: begun.rows, gone: 0, whole: true, absent: false };
  const isCut = pin !== undefined && parent === undefined;
  const { from, since } = isCut ? spanOf(covered, logsSince) : { from: null, since: null };
  let rows = begun.rows;
  let total: number | null = null;
  let state: () => HarvestState | null = () => null;
  const batches = harvest({
    session,
    query: from === null ? list : { ...list, filters: { time: [String(from), ''] } },
    clock,
    signal,
    ...(left ? { resumed: { state: left, ids: mirrors.copiedIds(profile, list) } } : {}),
    track: (how) => {
      state = how;
    },
    onTotal: (of) => {
      total = of;
      tell(rows, total);
    },
  });
  let read: Row[] = [];
  let writtenAt = performance.now();
  const flush = async () => {
    if (read.length > 0) await mirrors.putCopied(profile, list, read, startedAt, state());
    read = [];
    writtenAt = performance.now();
  };
  try {
    let step = await batches.next();
    for (; !step.done; step = await batches.next()) {
      rows += step.value.length;
      for (const row of step.value) read.push(row);
      if (read.length >= flushRows || performance.now() - writtenAt >= flushMs) await flush();
      tell(rows, total);
    }
    await flush();
    const whole = isComplete(step.value);
    // Of logs read on from the last ones, older ones were not looked at: none of them can be told gone. The lists of
    // logs below rows only have those of the last time: older ones are not gone either.
    const marksGone = from === null && (pin === undefined || isCut);
    const gone = whole
      ? await mirrors.finish(profile, list, { startedAt, at: clock(), since, marksGone })
      : 0;
    return { rows, gone, whole, absent: false };
  } catch (error) {
    // What was read is kept, however it ended.
    await flush().catch(() => {});
    if (parent !== undefined && hasNoneBelow(error)) {
      const gone = await mirrors.finish(profile, list, { startedAt, at: clock(), since, marksGone: true });
      return { rows: 0, gone, whole: true, absent: false };
    }
    if (!isAbsent(error)) throw error;
    return { rows: 0, gone: 0, whole: false, absent: true };
  }
};
