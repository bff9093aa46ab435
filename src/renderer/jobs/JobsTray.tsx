import { ActionIcon, Anchor, Progress } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HarvestReport, Job, Lack } from '../../core/router';
import { isComplete } from '../../shared/complete';
import { explain } from '../../shared/phrases';
import { fullTitleInText, fullTitleOf } from '../../shared/phrases/catalog-words';
import { shownText } from '../../shared/shown';
import { useTimeLeft } from '../common/time-left';
import { moment, number, phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import { useProfiles } from '../state/profiles';
import styles from './JobsTray.module.css';

type ShownJob = Job & { downloads: boolean };

/** The jobs as the core reports them; a lost connection to it is taken up again. */
const useJobs = (): ShownJob[] => {
  const [jobs, setJobs] = useState<ShownJob[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let subscription: { unsubscribe(): void } | undefined;
    const listen = () => {
      subscription = api.jobs.watch.subscribe(undefined, {
        onData: setJobs,
        onError: () => {
          timer = setTimeout(listen, 2_000);
        },
      });
    };
    listen();
    return () => {
      clearTimeout(timer);
      subscription?.unsubscribe();
    };
  }, []);
  return jobs;
};

/** A folder comes as one file. */
const downloadName = ({ kind, fileName }: Job) => (kind === 'folder' ? `${fileName}.zip` : fileName);

/** Starts a download without leaving the page. */
const download = async (job: Job, what: 'file' | 'manifest' = 'file') => {
  const url = await api.jobs.download.mutate({ id: job.id, what });
  if (!url) return;
  const link = document.createElement('a');
  link.href = url;
  link.download = what === 'file' ? downloadName(job) : `${job.fileName}.manifest.json`;
  link.click();
};

/** Finished exports go to the browser's downloads by themselves, once each. */
const useDownloads = (jobs: readonly ShownJob[]) => {
  const seen = useRef(new Set<string>());
  const watched = useRef(new Set<string>());
  useEffect(() => {
    // Jobs that are no longer listed need not be known.
    const listed = new Set(jobs.map(({ id }) => id));
    for (const known of [seen.current, watched.current])
      for (const id of known) if (!listed.has(id)) known.delete(id);
    for (const job of jobs) {
      if (job.state === 'running') watched.current.add(job.id);
      if (!job.downloads || seen.current.has(job.id)) continue;
      seen.current.add(job.id);
      // One that ended before this page was opened waits for its link to be pressed.
      if (watched.current.has(job.id) || Date.now() - (job.endedAt ?? 0) < 3_000) void download(job);
    }
  }, [jobs]);
};

/** Whoever shows a mirror learns when it was filled. */
const useFreshMirrors = (jobs: readonly ShownJob[]) => {
  const queries = useQueryClient();
  const copies = jobs.filter(({ kind, state }) => kind === 'copy' && state !== 'running');
  const ended = copies.map(({ id }) => id).join();
  useEffect(() => {
    if (ended) void queries.invalidateQueries({ queryKey: ['mirror'] });
  }, [ended, queries]);
};

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
          : t('exports.progress', { rows: number(job.rows), total: number(job.total) })}
      </small>
      <small>
        {t('exports.rate', { rate: number(Math.round(rate)) })}
        {left !== null && ` · ${left}`}
      </small>
    </>
  );
};

/** Ways to a finished file. */
const FileLinks = ({ job, reveals }: { job: ShownJob; reveals: boolean }) => {
  const { t } = useTranslation();
  return (
    <>
      {job.downloads && (
        <Anchor component="button" fz="xs" ta="left" onClick={() => void download(job)}>
          {t(job.kind === 'folder' ? 'folder.download' : 'exports.download')}
        </Anchor>
      )}
      {reveals && (
        <Anchor
          component="button"
          fz="xs"
          ta="left"
          onClick={() => void api.jobs.reveal.mutate({ id: job.id })}
        >
          {t('exports.show')}
        </Anchor>
      )}
    </>
  );
};

/** Places of lacking rows that a job names; the manifest has all. */
const shownLacks = 4;

/** Where rows lack: below which row, of which time, how many. */
const Lacks = ({ lacks }: { lacks: Lack[] }) => {
  const { t } = useTranslation();
  return (
    <>
      {lacks.slice(0, shownLacks).map(({ kind, rows, parent, time, place }) => {
        const { from = null, to = null } = time ?? {};
        const where = [
          ...(parent ? [t('exports.lackOf', { parent: shownText(parent.name || parent.id, 40) })] : []),
          ...(place === undefined ? [] : [t('exports.lackAt', { place: number(place + 1) })]),
          ...(from === null && to === null
            ? []
            : [`${from === null ? '…' : moment(from)} – ${to === null ? '…' : moment(to)}`]),
        ];
        // Without a place the sum above has said it.
        if (where.length === 0) return null;
        const key = [kind, parent?.id, place, from, to].join('/');
        return (
          <small key={key}>
            {[...(rows === null ? [] : [t('exports.lackRows', { count: rows })]), ...where].join(' · ')}
          </small>
        );
      })}
      {lacks.length > shownLacks && (
        <small>{t('exports.lackMore', { count: lacks.length - shownLacks })}</small>
      )}
    </>
  );
};

/** Asks again for the rows that an ended job lacks, where that can be done. */
const TryAgain = ({ job }: { job: ShownJob }) => {
  const { t } = useTranslation();
  const again = useMutation({ mutationFn: () => api.jobs.resume.mutate({ id: job.id }) });
  if (!job.resumable || job.state !== 'done') return null;
  return (
    <>
      <Anchor component="button" fz="xs" ta="left" disabled={again.isPending} onClick={() => again.mutate()}>
        {t('exports.again')}
      </Anchor>
      {again.error && <small className={styles.bad}>{explain(phrases, errorOf(again.error)).title}</small>}
    </>
  );
};

/** What a report says of rows that it lacks: how many, why and where. */
const Lacking = ({ report, picked = false }: { report: HarvestReport; picked?: boolean }) => {
  const { t } = useTranslation();
  const missing = picked
    ? t('exports.missingPicked', { count: report.missing })
    : t('exports.missing', { count: report.missing, expected: number(report.expected ?? report.rows) });
  return (
    <>
      {report.missing > 0 && <small className={styles.bad}>{missing}</small>}
      {report.unproven > 0 && (
        <small className={styles.bad}>{t('exports.unproven', { count: report.unproven })}</small>
      )}
      {report.unreadable > 0 && (
        <>
          <small className={styles.bad}>{t('exports.unreadable', { count: report.unreadable })}</small>
          <small>{t('exports.unreadableCure')}</small>
        </>
      )}
      {report.uncounted > 0 && <small className={styles.bad}>{t('exports.uncounted')}</small>}
      <Lacks lacks={report.lacks} />
    </>
  );
};

const EndedJob = ({ job, reveals }: { job: ShownJob; reveals: boolean }) => {
  const { t } = useTranslation();
  const { result } = job;
  const resume = useMutation({ mutationFn: () => api.jobs.resume.mutate({ id: job.id }) });
  if (job.state === 'cancelled') return <small>{t(`exports.cancelled.${job.kind}`)}</small>;
  if (job.error) {
    const { title, next } = explain(phrases, job.error);
    return (
      <>
        <small className={styles.bad}>{title}</small>
        <small>{next}</small>
        {job.resumable && (
          <Anchor component="button" fz="xs" ta="left" onClick={() => resume.mutate()}>
            {t('exports.resume')}
          </Anchor>
        )}
        {resume.error && (
          <small className={styles.bad}>{explain(phrases, errorOf(resume.error)).title}</small>
        )}
      </>
    );
  }
  if (!result) return null;
  const picked = job.picked;
  return (
    <>
      <small>{t('exports.done', { rows: number(result.rows) })}</small>
      <Lacking report={result} picked={picked} />
      <TryAgain job={job} />
      {result.joined?.whole === false && <small className={styles.bad}>{t('exports.notJoined')}</small>}
      {result.mended > 0 && <small>{t('exports.mended', { count: result.mended })}</small>}
      {Boolean(result.added) && <small>{t('exports.added', { count: result.added ?? 0 })}</small>}
      {Boolean(result.removed) && <small>{t('exports.removed', { count: result.removed ?? 0 })}</small>}
      {isComplete(result) && !picked && result.expected !== null && (
        <small className={styles.good}>{t('exports.complete')}</small>
      )}
      <FileLinks job={job} reveals={reveals} />
      {job.downloads && (
        <Anchor component="button" fz="xs" ta="left" onClick={() => void download(job, 'manifest')}>
          {t('exports.manifest')}
        </Anchor>
      )}
    </>
  );
};

/** What a snapshot came to: its file waits where the browser, or the system's file manager, finds it. */
const EndedSnapshot = ({ job, reveals }: { job: ShownJob; reveals: boolean }) => {
  const { t } = useTranslation();
  if (!job.snapshot) return <EndedJob job={job} reveals={false} />;
  return (
    <>
      <small>{t('snapshot.written', { count: job.rows })}</small>
      <FileLinks job={job} reveals={reveals} />
    </>
  );
};

/** What an export of several lists came to. */
const EndedFolder = ({ job, reveals }: { job: ShownJob; reveals: boolean }) => {
  const { t } = useTranslation();
  if (!job.files) return <EndedJob job={job} reveals={false} />;
  const titles = (state: string) =>
    job.files
      ?.filter((file) => file.state === state)
      .map(({ name }) => fullTitleOf(t, name))
      .join(', ') ?? '';
  const written = job.files.filter(({ state }) => state !== 'absent').length;
  return (
    <>
      <small>{t('folder.done', { count: written, rows: number(job.rows) })}</small>
      {titles('incomplete') && (
        <small className={styles.bad}>{t('mirror.notWhole', { lists: titles('incomplete') })}</small>
      )}
      {job.files.map(({ name, report }) => report && <Lacking key={name} report={report} />)}
      <TryAgain job={job} />
      {titles('absent') && <small>{t('folder.absent', { lists: titles('absent') })}</small>}
      <FileLinks job={job} reveals={reveals} />
    </>
  );
};

/** What a copy into the mirror came to. */
const EndedCopy = ({ job }: { job: ShownJob }) => {
  const { t } = useTranslation();
  if (!job.copied) return <EndedJob job={job} reveals={false} />;
  const { rows, gone, lists } = job.copied;
  const parts = lists.filter(({ whole, absent }) => !whole && !absent);
  return (
    <>
      <small>{t('mirror.copied', { count: rows })}</small>
      {gone > 0 && <small>{t('mirror.gone', { count: gone })}</small>}
      {parts.length > 0 && (
        <small className={styles.bad}>
          {t('mirror.notWhole', {
            lists: parts.map(({ resource }) => fullTitleOf(t, resource)).join(', '),
          })}
        </small>
      )}
      {parts.map(({ resource, report }) => report && <Lacking key={resource} report={report} />)}
      <TryAgain job={job} />
    </>
  );
};

/** What a job is called: an ended export by its file. */
const useJobName = () => {
  const { t } = useTranslation();
  const { profiles } = useProfiles();
  return (job: ShownJob) => {
    if (job.kind === 'snapshot')
      return job.state === 'running' ? t('snapshot.running', { tenant: job.title }) : job.fileName;
    const list = fullTitleInText(t, job.title);
    if (job.kind === 'folder') return job.state === 'running' ? t('folder.running', { list }) : job.fileName;
    if (job.kind === 'copy')
      return job.state === 'running'
        ? t('mirror.copying', { list })
        : `${t('mirror.of')}: ${profiles.find(({ id }) => id === job.profile)?.name ?? job.profile}`;
    return job.state === 'running' ? t('exports.running', { list }) : job.fileName;
  };
};

const icons = { done: IconCircleCheck, failed: IconAlertTriangle, cancelled: IconX } as const;

/** Exports under way and ended, at the foot of the side bar, out of the way. */
export const JobsTray = () => {
  const { t } = useTranslation();
  const jobs = useJobs();
  const nameOf = useJobName();
  useDownloads(jobs);
  useFreshMirrors(jobs);
  const info = useQuery({
    queryKey: ['app'],
    queryFn: () => api.app.info.query(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (jobs.length === 0) return null;
  return (
    <section className={styles.tray} aria-label={t('exports.jobs')}>
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
            ) : job.kind === 'folder' ? (
              <EndedFolder job={job} reveals={info.data?.reveals ?? false} />
            ) : job.kind === 'snapshot' ? (
              <EndedSnapshot job={job} reveals={info.data?.reveals ?? false} />
            ) : job.kind === 'copy' ? (
              <EndedCopy job={job} />
            ) : (
              <EndedJob job={job} reveals={info.data?.reveals ?? false} />
            )}
          </article>
        );
      })}
    </section>
  );
};
