import { ActionIcon, Progress } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useChangesEnding } from '../changes/applied';
import { useTimeLeft } from '../common/time-left';
import { number } from '../i18n';
import { api } from '../link/api';
import { useAppInfo } from '../state/app-info';
import { EndedJob } from './EndedJob';
import styles from './JobsTray.module.css';
import { type ShownJob, useDownloads, useFreshMirrors, useJobName, useJobs } from './jobs';

const RunningJob = ({ job, name }: { job: ShownJob; name: string }) => {
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

const icons = { done: IconCircleCheck, failed: IconAlertTriangle, cancelled: IconX } as const;

/** Exports under way and ended, at the foot of the side bar, out of the way. */
export const JobsTray = () => {
  const { t } = useTranslation();
  const jobs = useJobs();
  const nameOf = useJobName();
  useDownloads(jobs);
  useFreshMirrors(jobs);
  useChangesEnding(jobs);
  const info = useAppInfo();
  if (jobs.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keys
    <section className={styles.tray} aria-label={t('exports.jobs')} tabIndex={0}>
      {jobs.toReversed().map((job) => {
        const Icon = job.state === 'running' ? null : icons[job.state];
        const running = job.state === 'running';
        return (
          <article key={job.id} className={styles.job} data-state={job.state} data-testid="job">
            <header className={styles.head}>
              {Icon && <Icon size={14} className={styles[job.state]} />}
              <strong title={job.fileName}>{nameOf(job)}</strong>
              <ActionIcon
                size="xs"
                variant="subtle"
                color="gray"
                aria-label={
                  running
                    ? t('common.cancel')
                    : job.resumable && job.state !== 'done'
                      ? t('exports.discard')
                      : t('exports.dismiss')
                }
                onClick={() =>
                  void (running
                    ? api.jobs.cancel.mutate({ id: job.id })
                    : api.jobs.dismiss.mutate({ id: job.id }))
                }
              >
                <IconX size={12} />
              </ActionIcon>
            </header>
            {running ? (
              <RunningJob job={job} name={nameOf(job)} />
            ) : (
              <EndedJob job={job} reveals={info?.reveals ?? false} />
            )}
          </article>
        );
      })}
    </section>
  );
};
