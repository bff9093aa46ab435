import { secondsLeft } from '../../shared/scope';
import type { ShownJob } from '../state/jobs';

type Running = Pick<ShownJob, 'rows' | 'total' | 'part' | 'startedAt'>;

/** How many rows all of a job has; null where lists come of which that is not known. */
export const wholeTotal = ({ total, part }: Pick<Running, 'total' | 'part'>): number | null =>
  part !== null && part.number < part.of ? null : total;

/**
 * How far several jobs are as a whole: the share of all their rows, 0 to 1, and the seconds until the last of them ends; each
 * null where one of them does not know how much there is. `now` in unix ms.
 */
export const wholeProgress = (
  jobs: readonly Running[],
  now: number,
): { share: number | null; secondsLeft: number | null } => {
  const rows = jobs.reduce((sum, job) => sum + job.rows, 0);
  const total = jobs.reduce<number | null>((sum, job) => {
    const own = wholeTotal(job);
    return sum === null || own === null ? null : sum + own;
  }, 0);
  const left = jobs.map((job) =>
    secondsLeft({ lookedAt: job.rows, total: wholeTotal(job) }, now - job.startedAt),
  );
  return {
    share: total === null || total === 0 ? null : Math.min(1, rows / total),
    secondsLeft: left.reduce<number | null>(
      (longest, one) => (longest === null || one === null ? null : Math.max(longest, one)),
      0,
    ),
  };
};
