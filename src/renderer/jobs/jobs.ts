import { replaceEqualDeep, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../link/api';
import { type ShownJob, useJobs } from '../state/jobs';
import { useProfiles } from '../state/profiles';
import { download } from './download';
import { kindOf } from './kind-of';

/** Follows the jobs as the core reports them; a lost connection to it is taken up again. */
export const useFollowedJobs = () => {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let subscription: { unsubscribe(): void } | undefined;
    const listen = () => {
      subscription = api.jobs.watch.subscribe(undefined, {
        // Jobs that are as they were stay the same objects: only what changed is drawn.
        onData: (next) => useJobs.setState(({ jobs }) => ({ jobs: replaceEqualDeep(jobs, next) })),
        onError: () => {
          timer = setTimeout(listen, 2_000);
        },
      });
    };
    listen();
    return () => {
      clearTimeout(timer);
      subscription?.unsubscribe();
      // Of a locked program nothing stays.
      useJobs.setState({ jobs: [] });
    };
  }, []);
};

/** Finished exports go to the browser's downloads by themselves, once each. */
export const useDownloads = (jobs: readonly ShownJob[]) => {
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
export const useFreshMirrors = (jobs: readonly ShownJob[]) => {
  const queries = useQueryClient();
  const copies = jobs.filter(({ kind, state }) => kind === 'copy' && state !== 'running');
  const ended = copies.map(({ id }) => id).join();
  useEffect(() => {
    if (ended) void queries.invalidateQueries({ queryKey: ['mirror'] });
  }, [ended, queries]);
};

/** What a job is called. */
export const useJobName = () => {
  const { t } = useTranslation();
  const { profiles } = useProfiles();
  return (job: ShownJob) => {
    const kind = kindOf(job);
    if (job.state === 'running') return kind.running(job, t);
    const tenant = profiles.find(({ id }) => id === job.profile)?.name ?? job.profile;
    return kind.ended?.(job, t, tenant) ?? job.fileName;
  };
};
