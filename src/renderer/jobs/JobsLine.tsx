import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangesEnding } from '../changes/applied';
import { runningInWords, useStandstill } from '../common/time-left';
import { number, percent } from '../i18n';
import { areJobsInFront, ofNow, type ShownJob, showJobs, useJobs } from '../state/jobs';
import { useWorkspace } from '../state/workspace';
import { useEndings } from './endings';
import { JobMark } from './JobMark';
import styles from './JobsLine.module.css';
import { useDownloads, useFollowedJobs, useFreshMirrors, useJobName } from './jobs';
import { outcomeOfJob, rowsInWords, toldOf } from './outcome';
import { wholeProgress } from './progress';

/** When the jobs were looked at, unix ms: while their page is in front, each that ends is looked at. */
const useLookedAt = (jobs: readonly ShownJob[]): number => {
  const isInFront = useWorkspace(areJobsInFront);
  useEffect(() => {
    const last = Math.max(...jobs.map(({ endedAt }) => endedAt ?? 0));
    if (isInFront && last > useJobs.getState().lookedAt) useJobs.setState({ lookedAt: last });
  }, [jobs, isInFront]);
  return useJobs((state) => state.lookedAt);
};

const useLine = (jobs: readonly ShownJob[]) => {
  const { t } = useTranslation();
  const nameOf = useJobName();
  const lookedAt = useLookedAt(jobs);
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
          : percent(Math.floor(share * 100) / 100, 0)
        : rowsInWords(only);
    const name = only && running.length === 1 ? nameOf(only) : t('jobs.running', { count: running.length });
    const [says = '', ...more] = [runningInWords(t, secondsLeft, still), rows].filter(Boolean);
    return { state: 'running' as const, name, says, more, others: 0, share, bad: false, said: '' };
  }
  const told = toldOf(jobs, lookedAt);
  if (!told) return null;
  const { job, last, others } = told;
  const { text, bad } = outcomeOfJob(job);
  // Read out is what ended now, whatever is still to be looked at.
  const said = `${nameOf(last)}: ${outcomeOfJob(last).text}`;
  return { state: job.state, name: nameOf(job), says: text, more: [], others, share: null, bad, said };
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
  const others = line && line.others > 0 ? t('jobs.alsoEnded', { count: line.others }) : null;
  return (
    <>
      {/* It stands before there is anything to say, as only then it is read out. */}
      <VisuallyHidden role="status">{line?.said}</VisuallyHidden>
      {line && (
        <section className={styles.place} aria-label={t('jobs.title')}>
          <UnstyledButton
            className={styles.line}
            title={[line.name, [line.says, ...line.more].join(' · '), others].filter(Boolean).join('\n')}
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
            <span className={styles.text} data-others={others !== null || undefined}>
              <span className={styles.name}>{line.name}</span>
              <span className={styles.says}>
                {line.says}
                {line.more.length > 0 && <span className={styles.more}> · {line.more.join(' · ')}</span>}
              </span>
            </span>
            {others !== null && (
              <span className={styles.others}>
                <span aria-hidden>{`+${number(line.others)}`}</span>
                <VisuallyHidden>{others}</VisuallyHidden>
              </span>
            )}
          </UnstyledButton>
        </section>
      )}
    </>
  );
};
