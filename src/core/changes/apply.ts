import PQueue from 'p-queue';
import type { Outcome } from '../../shared/change/change.ts';
import type { Planned } from '../../shared/change/plan.ts';
import { DeskError } from '../../shared/errors.ts';
import { type Applying, applyOne } from './apply-one.ts';
import { inParallel } from './batch.ts';
import { isToBeMade } from './plan-about.ts';

/** Objects that are changed at once: more gain nothing, and triple everybody else's wait (WRITES, cost). */
export const changesAtOnce = 4;
/** Objects that are looked at and noted meanwhile, so that a turn finds a change that can leave. */
const changesAhead = 4;

/** Failures after which a job stops. */
export const usualStop = 10;

/** What applying a plan came to. */
export type Applied = {
  /** Changes that were tried, or found to need nothing. */
  rows: number;
  total: number;
  outcomes: Record<Outcome, number>;
  /** It stopped, as too many changes failed. */
  stopped: boolean;
};

export const noOutcomes = (): Record<Outcome, number> => ({
  done: 0,
  'not-done': 0,
  partly: 0,
  unknown: 0,
  moved: 0,
  unchanged: 0,
  refused: 0,
});

const failures: readonly Outcome[] = ['not-done', 'partly', 'unknown'];

/** The changes of one object, in their order; what is made has no object yet. */
const byObject = (planned: readonly Planned[]): Planned[][] => {
  const groups = new Map<string, Planned[]>();
  for (const one of planned) {
    const { target, number } = one.change;
    const key = JSON.stringify([target.resource, target.parent, target.id || number]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
};

const throwIfBroken = (broken: { error: unknown } | null) => {
  if (broken) throw broken.error;
};

/**
 * Makes the changes of a plan that are still to be made: those of one object in order, objects in parallel. `earlier`: the
 * outcomes that the journal has of this job. A cancel leaves what has not begun for another run.
 */
export const applyPlan = async (
  planned: readonly Planned[],
  earlier: ReadonlyMap<number, Outcome | null>,
  applying: Omit<Applying, 'signal' | 'turn' | 'noting'>,
  {
    signal,
    stopAfter = usualStop,
    tell,
  }: { signal: AbortSignal; stopAfter?: number; tell: (rows: number, total: number) => void },
): Promise<Applied> => {
  const all = planned.filter(isToBeMade);
  const counts = noOutcomes();
  // Whatever was not done was seen to be as before: it may be tried again. The rest is over.
  const isOver = ({ change: { number } }: Planned) =>
    earlier.has(number) && earlier.get(number) !== 'not-done';
  for (const one of all) {
    if (isOver(one)) counts[earlier.get(one.change.number) ?? 'unknown'] += 1;
  }
  const left = all.filter((one) => !isOver(one));
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const sending = new PQueue({ concurrency: changesAtOnce });
  const turn = <T>(work: () => Promise<T>) => sending.add(work);
  const notes = new Set<Promise<unknown>>();
  let broken: { error: unknown } | null = null;
  /** Ends the job by an error, once what is under way is done and noted. */
  const fail = (error: unknown) => {
    broken ??= { error };
    stop.abort();
  };
  const noting = (noted: Promise<unknown>) => {
    // What cannot be noted ends the job: the next change could not be noted either.
    const one = noted.catch(fail);
    notes.add(one);
    void one.finally(() => notes.delete(one));
  };
  let rows = all.length - left.length;
  let failed = 0;
  tell(rows, all.length);
  await inParallel(byObject(left), changesAtOnce + changesAhead, async (group) => {
    for (const one of group) {
      if (either.aborted) return;
      const outcome = await applyOne({ ...applying, turn, noting, signal: either }, one).catch(
        (error: unknown) => {
          // Another program makes this one: the rest may be nobody's yet.
          if (error instanceof DeskError && error.code === 'changes.taken') broken ??= { error };
          else if (!either.aborted) fail(error);
          return null;
        },
      );
      if (outcome === null) return;
      counts[outcome] += 1;
      rows += 1;
      if (failures.includes(outcome)) failed += 1;
      if (failed >= stopAfter) stop.abort();
      tell(rows, all.length);
    }
  });
  await Promise.all(notes);
  throwIfBroken(broken);
  if (signal.aborted) throw signal.reason;
  return { rows, total: all.length, outcomes: counts, stopped: stop.signal.aborted && rows < all.length };
};
