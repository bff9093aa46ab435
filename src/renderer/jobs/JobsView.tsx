import { Anchor, Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerStop, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Query } from '../../shared/query';
import { durationText } from '../../shared/readable-value';
import { TenantName } from '../common/TenantMark';
import { useViewTitle } from '../common/view-title';
import { moment, phrases } from '../i18n';
import { api } from '../link/api';
import { useAppInfo } from '../state/app-info';
import { type ShownJob, useJobs } from '../state/jobs';
import { openJournal } from '../state/own-views';
import { useProfile } from '../state/profiles';
import { openQuery } from '../state/workspace';
import { EndedJob } from './EndedJob';
import { JobMark } from './JobMark';
import styles from './JobsView.module.css';
import { useJobName } from './jobs';
import { kindOf } from './kind-of';
import { outcomeOfJob } from './outcome';
import { RunningJob } from './RunningJob';

/** When it began, and how long it took. */
const timesOf = ({ startedAt, endedAt }: ShownJob): string => {
  const started = phrases.t('jobs.started', { time: moment(startedAt) });
  if (endedAt === null) return started;
  const seconds = Math.max(1, Math.round((endedAt - startedAt) / 1_000));
  return `${started} · ${phrases.t('jobs.took', { time: durationText(seconds, 's', phrases.language) })}`;
};

/** The view that a job's rows are of; pressed, it is opened. */
const ViewLink = ({ query }: { query: Query }) => {
  const title = useViewTitle(query);
  return (
    <Anchor component="button" fz="xs" ta="left" onClick={() => openQuery(query)}>
      {title}
    </Anchor>
  );
};

/** Drawn anew when its own job is another: all jobs are told each time that one goes on. */
const Entry = memo(({ job, name }: { job: ShownJob; name: string }) => {
  const { t } = useTranslation();
  const profile = useProfile(job.profile);
  const info = useAppInfo();
  const running = job.state === 'running';
  const act = running
    ? t('common.cancel')
    : job.resumable && job.state !== 'done' && !kindOf(job).keepsAll
      ? t('exports.discard')
      : t('exports.dismiss');
  return (
    <article className={styles.job} data-state={job.state} data-testid="job-details" aria-label={name}>
      <header className={styles.head}>
        {!running && <JobMark state={job.state} bad={outcomeOfJob(job).bad} size={15} />}
        <h3 title={job.path || name}>{name}</h3>
        {running && job.isPausable && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlayerPause size={12} />}
            onClick={() => void api.jobs.pause.mutate({ id: job.id })}
          >
            {t('changing.pause')}
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="default"
          leftSection={running ? <IconPlayerStop size={12} /> : <IconX size={12} />}
          onClick={() =>
            void (running ? api.jobs.cancel.mutate({ id: job.id }) : api.jobs.dismiss.mutate({ id: job.id }))
          }
        >
          {act}
        </Button>
      </header>
      <p className={styles.about}>
        {profile && <TenantName profile={profile} />}
        <span>{timesOf(job)}</span>
        {profile && job.query && <ViewLink query={job.query} />}
      </p>
      <div className={styles.body}>
        {running ? (
          <RunningJob job={job} name={name} />
        ) : (
          <EndedJob job={job} reveals={info?.reveals ?? false} />
        )}
        {job.run !== '' && (
          <Anchor
            component="button"
            fz="xs"
            ta="left"
            onClick={() => openJournal(job.profile, { job: [job.run] })}
          >
            {t('jobs.journal')}
          </Anchor>
        )}
      </div>
    </article>
  );
});

/** Long work of all tenants: what is under way in detail, and what ended, the newest first, with what can be done about it. */
export const JobsView = () => {
  const { t } = useTranslation();
  const jobs = useJobs((state) => state.jobs).toReversed();
  const nameOf = useJobName();
  const running = jobs.filter(({ state }) => state === 'running');
  const ended = jobs
    .filter(({ state }) => state !== 'running')
    .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  return (
    <article className={styles.page} aria-label={t('jobs.title')} data-region="main" tabIndex={-1}>
      <h1 className={styles.title}>{t('jobs.title')}</h1>
      {jobs.length === 0 && <p className={styles.none}>{t('jobs.none')}</p>}
      {running.length > 0 && (
        <section>
          <h2 className={styles.heading}>{t('jobs.underWay')}</h2>
          {running.map((job) => (
            <Entry key={job.id} job={job} name={nameOf(job)} />
          ))}
        </section>
      )}
      {ended.length > 0 && (
        <section>
          <h2 className={styles.heading}>{t('jobs.ended')}</h2>
          {ended.map((job) => (
            <Entry key={job.id} job={job} name={nameOf(job)} />
          ))}
        </section>
      )}
      <p className={styles.none}>{t('jobs.kept')}</p>
    </article>
  );
};
