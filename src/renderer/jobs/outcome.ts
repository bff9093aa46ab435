import { explain } from '../../shared/phrases';
import { number, phrases } from '../i18n';
import type { ShownJob } from '../state/jobs';
import { kindOf } from './kind-of';
import type { Outcome } from './kinds/kind';
import { joined } from './kinds/words';
import { wholeTotal } from './progress';

const { t } = phrases;

/**
 * How many rows a running job is at, and which of its lists: rows of lists that come are not known, and no total is said
 * then. Of one that counts nothing, nothing is said.
 */
export const rowsInWords = (job: ShownJob): string => {
  const { rows, part } = job;
  const total = wholeTotal(job);
  const counted =
    total === null
      ? rows > 0 && t('exports.progressUnknown', { rows: number(rows) })
      : t(kindOf(job).counted?.progress ?? 'exports.progress', {
          rows: number(rows),
          total: number(total),
        });
  return joined(
    part && t('jobs.part', { number: number(part.number), of: number(part.of) }),
    counted || null,
  );
};

/** What became of a job that somebody ended. */
export const cancelledText = ({ kind, error }: ShownJob): string =>
  error?.code === 'changes.paused' ? explain(phrases, error).title : t(`jobs.kinds.${kind}.cancelled`);

/** What an ended job came to. */
export const outcomeOfJob = (job: ShownJob): Outcome => {
  if (job.state === 'cancelled') return { text: cancelledText(job), bad: false };
  if (job.error) return { text: explain(phrases, job.error).title, bad: true };
  return kindOf(job).outcome(job);
};

/** The ended job to tell of, the one that ended last, and how many others ended, where somebody has to look. */
export type Told = { job: ShownJob; last: ShownJob; others: number };

/**
 * What is told of jobs that ended: the last one, or the last that somebody has to look at among those that ended since the
 * jobs were looked at (`lookedAt`, unix ms), so that what went well hides nothing that did not. Null where none ended.
 */
export const toldOf = (jobs: readonly ShownJob[], lookedAt: number): Told | null => {
  const ended = jobs
    .filter(({ endedAt }) => endedAt !== null)
    .toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0));
  const fresh = ended.filter(({ endedAt }) => (endedAt ?? 0) > lookedAt);
  const last = ended.at(-1);
  if (!last) return null;
  const bad = fresh.findLast((one) => outcomeOfJob(one).bad);
  return bad ? { job: bad, last, others: fresh.length - 1 } : { job: last, last, others: 0 };
};
