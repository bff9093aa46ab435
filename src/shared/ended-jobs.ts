import type { TFunction } from 'i18next';
import type { en } from './phrases/en/index.ts';

/** Ms from which on the end of a job is told to whoever looks elsewhere. */
export const longJobMs = 10_000;

type Watched = {
  id: string;
  kind: keyof typeof en.jobs.kinds;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  /** Unix ms. */
  startedAt: number;
  endedAt: number | null;
};

/**
 * What of the jobs, as they are given one state after the other, came to its end since the state before, after it ran for
 * long. Nobody is told of what they cancelled.
 */
export const longEndings = () => {
  let running: ReadonlySet<string> = new Set();
  return <Job extends Watched>(jobs: readonly Job[]): Job[] => {
    const ended = jobs.filter(
      ({ id, state, startedAt, endedAt }) =>
        running.has(id) &&
        (state === 'done' || state === 'failed') &&
        (endedAt ?? 0) - startedAt >= longJobMs,
    );
    running = new Set(jobs.filter(({ state }) => state === 'running').map(({ id }) => id));
    return ended;
  };
};

/** The end of a job in a line, without anything of a tenant. */
export const endingInWords = (t: TFunction, { kind, state }: Pick<Watched, 'kind' | 'state'>): string =>
  t(state === 'done' ? 'jobs.finished' : 'jobs.failed', { kind: t(`jobs.kinds.${kind}.name`) });
