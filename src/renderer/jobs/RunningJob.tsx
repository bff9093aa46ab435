import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTimeLeft } from '../common/time-left';
import { number } from '../i18n';
import type { ShownJob } from '../state/jobs';

/** How far a job is, how fast, and how long it still takes. */
export const RunningJob = ({ job, name }: { job: ShownJob; name: string }) => {
  const { t } = useTranslation();
  const seconds = Math.max(0.5, (Date.now() - job.startedAt) / 1000);
  const rate = job.rows / seconds;
  const left = useTimeLeft({ lookedAt: job.rows, total: job.total }, seconds * 1000);
  return (
    <>
      <Progress
        size="sm"
        value={job.total ? (100 * job.rows) / job.total : 100}
        animated={job.total === null}
        aria-label={name}
      />
      <small>
        {job.total === null
          ? t('exports.progressUnknown', { rows: number(job.rows) })
          : t(job.kind === 'changes' ? 'changing.progress' : 'exports.progress', {
              rows: number(job.rows),
              total: number(job.total),
            })}
      </small>
      <small>
        {t(job.kind === 'changes' ? 'changing.rate' : 'exports.rate', { rate: number(Math.round(rate)) })}
        {left !== null && ` · ${left}`}
      </small>
    </>
  );
};
