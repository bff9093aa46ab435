import { useTranslation } from 'react-i18next';
import { explain } from '../../shared/phrases';
import { UndoRun } from '../changes/ChangesResult';
import { number, phrases } from '../i18n';
import type { ShownJob } from '../state/jobs';
import { kindOf } from './kind-of';
import { cancelledText } from './outcome';
import { ResumeJob } from './ResumeJob';
import styles from './results.module.css';

/** What became of a job: that it was cancelled, what went wrong, or what it came to. */
export const EndedJob = ({ job, reveals }: { job: ShownJob; reveals: boolean }) => {
  const { t } = useTranslation();
  const goOn = job.resumable && <ResumeJob job={job} label={t('exports.resume')} />;
  // What was made before it ended can be taken back.
  const isBegun = job.run !== '' && job.rows > 0;
  const tried = isBegun && job.total !== null && (
    <small>{t('jobs.tried', { rows: number(job.rows), total: number(job.total) })}</small>
  );
  const undo = isBegun && <UndoRun profile={job.profile} run={job.run} />;
  if (job.state === 'cancelled')
    return (
      <>
        <small>{cancelledText(job)}</small>
        {tried}
        {goOn}
        {undo}
      </>
    );
  if (job.error) {
    const { title, remedy } = explain(phrases, job.error);
    return (
      <>
        <small className={styles.bad}>{title}</small>
        <small>{remedy}</small>
        {tried}
        {goOn}
        {undo}
      </>
    );
  }
  const { Result } = kindOf(job);
  return <Result job={job} reveals={reveals} />;
};
