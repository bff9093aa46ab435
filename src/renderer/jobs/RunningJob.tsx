import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTimeLeft } from '../common/time-left';
import { number } from '../i18n';
import type { ShownJob } from '../state/jobs';
import { kindOf } from './kind-of';
import { rowsInWords } from './outcome';
import { wholeTotal } from './progress';

/** How far a job is, how fast, and how long it still takes. */
export const RunningJob = ({ job, name }: { job: ShownJob; name: string }) => {
  const { t } = useTranslation();
  const seconds = Math.max(0.5, (Date.now() - job.startedAt) / 1000);
  const rate = job.rows / seconds;
  const total = wholeTotal(job);
  const left = useTimeLeft({ lookedAt: job.rows, total, running: true }, seconds * 1000);
  const isCounted = job.rows > 0 || job.total !== null;
  return (
    <>
      <Progress
        size="sm"
        value={total ? (100 * job.rows) / total : 100}
        animated={total === null}
        aria-label={name}
      />
      <small>{rowsInWords(job)}</small>
      {isCounted && (
        <small>
          {t(kindOf(job).counted?.rate ?? 'exports.rate', { rate: number(Math.round(rate)) })}
          {left !== null && ` · ${left}`}
        </small>
      )}
    </>
  );
};
