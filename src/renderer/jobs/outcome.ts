import { outcomes } from '../../shared/change/change';
import { isComplete } from '../../shared/complete';
import { explain } from '../../shared/phrases';
import { outcomeText } from '../changes/words';
import { number, phrases } from '../i18n';
import type { ShownJob } from '../state/jobs';
import { wholeTotal } from './progress';

/** What a job came to, in a line, and whether somebody has to look at it. */
export type Outcome = { text: string; bad: boolean };

const { t } = phrases;

const joined = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' · ');

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
      : t(job.kind === 'changes' ? 'changing.progress' : 'exports.progress', {
          rows: number(rows),
          total: number(total),
        });
  return joined(
    part && t('jobs.part', { number: number(part.number), of: number(part.of) }),
    counted || null,
  );
};

/** Whether all of a list is known to be in what was made of it; null where nobody asked for all. */
const completeness = (whole: boolean | null): string | null =>
  whole === null ? null : t(whole ? 'jobs.complete' : 'jobs.notComplete');

const doneOutcome = (job: ShownJob): Outcome => {
  switch (job.kind) {
    case 'export': {
      const { result } = job;
      if (!result) break;
      const isWhole = isComplete(result);
      const said = isWhole && (job.picked || result.expected === null) ? null : isWhole;
      // Nothing was seen to lack: only the count that would prove it did not come.
      const isUncounted = isComplete({ ...result, uncounted: 0 }) && !isWhole;
      const verdict = isUncounted ? t('jobs.notProvable') : completeness(said);
      return {
        text: joined(t('exports.done', { rows: number(result.rows) }), verdict),
        bad: !isWhole,
      };
    }
    case 'folder': {
      const { files = [] } = job.result ?? {};
      const isWhole = files.every(({ state }) => state !== 'incomplete');
      const count = files.filter(({ state }) => state !== 'absent').length;
      return {
        text: joined(t('folder.done', { count, rows: number(job.rows) }), completeness(isWhole || null)),
        bad: !isWhole,
      };
    }
    case 'copy': {
      const isWhole = (job.result?.lists ?? []).every(({ whole, absent }) => whole || absent);
      return {
        text: joined(t('mirror.copied', { count: job.rows }), isWhole ? null : t('jobs.notComplete')),
        bad: !isWhole,
      };
    }
    case 'dossier': {
      const isWhole = job.result?.manifest.complete ?? false;
      return { text: completeness(isWhole) ?? '', bad: !isWhole };
    }
    case 'changes': {
      const counts = job.result?.outcomes;
      const parts = outcomes.flatMap((outcome) =>
        counts && counts[outcome] > 0
          ? [t('changes.counted', { outcome: outcomeText(outcome), rows: number(counts[outcome]) })]
          : [],
      );
      const isDone = counts !== undefined && outcomes.every((one) => one === 'done' || counts[one] === 0);
      const left = job.result?.left ?? 0;
      const leftOut = left > 0 ? t('changes.leftOut', { count: left }) : null;
      return { text: joined(...parts, leftOut), bad: !isDone || left > 0 };
    }
    case 'snapshot': {
      // Of lists that are not in it nobody knows here: only a part of one that is can be told.
      const isPart = job.result?.manifest.lists.some(({ wholeAt }) => wholeAt === null) ?? false;
      return {
        text: joined(t('exports.done', { rows: number(job.rows) }), isPart ? t('jobs.notComplete') : null),
        bad: isPart,
      };
    }
  }
  return { text: t('exports.done', { rows: number(job.rows) }), bad: false };
};

/** What became of a job that somebody ended. */
export const cancelledText = ({ kind, error }: ShownJob): string =>
  error?.code === 'changes.paused' ? explain(phrases, error).title : t(`exports.cancelled.${kind}`);

/** What an ended job came to. */
export const outcomeOfJob = (job: ShownJob): Outcome => {
  if (job.state === 'cancelled') return { text: cancelledText(job), bad: false };
  if (job.error) return { text: explain(phrases, job.error).title, bad: true };
  return doneOutcome(job);
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
