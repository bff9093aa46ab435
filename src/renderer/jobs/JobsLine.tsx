import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangesEnding } from '../changes/applied';
import { runningInWords, useStandstill } from '../common/time-left';
import { number } from '../i18n';
import { ofNow, type ShownJob, showJobs, useJobs } from '../state/jobs';
import { useEndings } from './endings';
import { JobMark } from './JobMark';
import styles from './JobsLine.module.css';
import { useDownloads, useFollowedJobs, useFreshMirrors, useJobName } from './jobs';
import { outcomeOfJob, rowsInWords } from './outcome';
import { wholeProgress } from './progress';

/** The job that ended last. */
const lastEnded = (jobs: readonly ShownJob[]): ShownJob | undefined =>
  jobs.toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0)).at(-1);

const useLine = (jobs: readonly ShownJob[]) => {
  const { t } = useTranslation();
  const nameOf = useJobName();
  const running = jobs.filter(({ state }) => state === 'running');
  const rowsOfAll = running.reduce((sum, { rows }) => sum + rows, 0);
  // Some count nothing.
  const still = useStandstill(rowsOfAll, rowsOfAll > 0);
  if (running.length > 0) {
    const { share, secondsLeft } = wholeProgress(running, Date.now());
    const [only] = running;
    const rows =
      only === undefined || running.length > 1
        ? share === null
          ? null
          : t('jobs.share', { share: number(Math.floor(share * 100)) })
        : rowsInWords(only);
    const name = only && running.length === 1 ? nameOf(only) : t('jobs.running', { count: running.length });
    const [says = '', ...more] = [runningInWords(t, secondsLeft, still), rows].filter(Boolean);
    return { state: 'running' as const, name, says, more, share, bad: false };
  }
  const last = lastEnded(jobs);
  if (!last) return null;
  const { text, bad } = outcomeOfJob(last);
  return { state: last.state, name: nameOf(last), says: text, more: [], share: null, bad };
};

/**
 * Long work in one quiet line at the foot of the window: how far all of it is, or what the last of it came to. It takes no
 * room from any list; a press shows the page of jobs.
 */
export const JobsLine = () => {
  const { t } = useTranslation();
  useFollowedJobs();
  const all = useJobs((state) => state.jobs);
  const jobs = useMemo(() => ofNow(all), [all]);
  useDownloads(jobs);
  useFreshMirrors(jobs);
  useChangesEnding(jobs);
  useEndings(jobs);
  const line = useLine(jobs);
  const said = line && line.state !== 'running' ? `${line.name}: ${line.says}` : '';
  return (
    <>
      {/* It stands before there is anything to say, as only then it is read out. */}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {line && (
        <section className={styles.place} aria-label={t('jobs.title')}>
          <UnstyledButton
            className={styles.line}
            title={`${line.name}\n${[line.says, ...line.more].join(' · ')}`}
            data-testid="job"
            data-state={line.state}
            data-count={jobs.length}
            data-region="jobs"
            onClick={showJobs}
          >
            {line.state === 'running' ? (
              <span className={styles.track} data-unknown={line.share === null || undefined} aria-hidden>
                <span style={{ width: `${100 * (line.share ?? 1)}%` }} />
              </span>
            ) : (
              <JobMark state={line.state} bad={line.bad} size={13} />
            )}
            <span className={styles.text}>
              <span className={styles.name}>{line.name}</span>
              <span className={styles.says}>
                {line.says}
                {line.more.length > 0 && <span className={styles.more}> · {line.more.join(' · ')}</span>}
              </span>
            </span>
          </UnstyledButton>
        </section>
      )}
    </>
  );
};
