import { Anchor } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { explain } from '../../shared/phrases';
import { UndoRun } from '../changes/ChangesResult';
import { number, phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import type { ShownJob } from '../state/jobs';
import { results } from './results';
import styles from './results.module.css';

/** What became of a job: that it was cancelled, what went wrong, or what it came to. */
export const EndedJob = ({ job, reveals }: { job: ShownJob; reveals: boolean }) => {
  const { t } = useTranslation();
  const resume = useMutation({ mutationFn: () => api.jobs.resume.mutate({ id: job.id }) });
  const goOn = job.resumable && (
    <Anchor component="button" fz="xs" ta="left" disabled={resume.isPending} onClick={() => resume.mutate()}>
      {t('exports.resume')}
    </Anchor>
  );
  const refused = resume.error && (
    <small className={styles.bad}>{explain(phrases, errorOf(resume.error)).title}</small>
  );
  // What was made before it ended can be taken back.
  const isBegun = job.run !== '' && job.rows > 0;
  const tried = isBegun && job.total !== null && (
    <small>{t('jobs.tried', { rows: number(job.rows), total: number(job.total) })}</small>
  );
  const undo = isBegun && <UndoRun profile={job.profile} run={job.run} />;
  if (job.state === 'cancelled')
    return (
      <>
        <small>{t(`exports.cancelled.${job.kind}`)}</small>
        {tried}
        {goOn}
        {undo}
        {refused}
      </>
    );
  if (job.error) {
    const { title, next } = explain(phrases, job.error);
    return (
      <>
        <small className={styles.bad}>{title}</small>
        <small>{next}</small>
        {tried}
        {goOn}
        {undo}
        {refused}
      </>
    );
  }
  return results(job, reveals);
};
