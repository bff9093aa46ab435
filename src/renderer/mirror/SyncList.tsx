import { Button, Loader } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { explain } from '../../shared/phrases';
import type { Query } from '../../shared/query';
import { phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import { type ShownOf, useJobs } from '../state/jobs';
import { useProfile } from '../state/profiles';
import { type Synced, syncedBy } from './synced';

/** The jobs that were begun for a view, the last one of each: the line that tells of them comes and goes. */
const useBegun = create<{ jobs: Readonly<Record<string, string>> }>(() => ({ jobs: {} }));

/** What a sync that ended did not give of these lists, in words; null where it gave all. */
const lackOf = (job: ShownOf<'copy'>, { resources, nested }: Synced): string | null => {
  if (job.state === 'running' || job.state === 'cancelled') return null;
  if (job.error) return explain(phrases, job.error).title;
  const lists = job.result?.lists.filter(({ resource }) => [...resources, ...nested].includes(resource));
  return lists?.some(({ whole }) => !whole) ? phrases.t('mirror.syncLacks') : null;
};

type Props = {
  /** A view of lists that are whole in the copy, which answers it. */
  query: Query;
  /** From when on its rows are copied, unix ms; null: all of them. */
  since: number | null;
};

/** Reads the lists of a view from the server into the copy; nothing where the view is of what no sync reads alone. */
export const SyncList = ({ query, since }: Props) => {
  const { t } = useTranslation();
  const { profile } = query;
  const synced = syncedBy(query);
  const key = JSON.stringify([profile, synced]);
  const id = useBegun(({ jobs }) => jobs[key]);
  const job = useJobs(({ jobs }) =>
    jobs.find((one): one is ShownOf<'copy'> => one.kind === 'copy' && one.id === id),
  );
  const isRunning = useJobs(({ jobs }) =>
    jobs.some((one) => one.kind === 'copy' && one.profile === profile && one.state === 'running'),
  );
  const start = useMutation({
    mutationFn: ({ resources, nested }: Synced) =>
      api.mirror.start.mutate({
        profile,
        resources,
        ...(nested.length > 0 ? { nested } : { below: false }),
        ...(since === null ? {} : { logsSince: since }),
      }),
    onSuccess: (begun) => useBegun.setState(({ jobs }) => ({ jobs: { ...jobs, [key]: begun.id } })),
  });
  const isSnapshot = useProfile(profile)?.kind === 'snapshot';
  if (isSnapshot || !synced) return null;
  const isBusy = start.isPending || isRunning;
  const lack = start.error ? explain(phrases, errorOf(start.error)).title : job && lackOf(job, synced);
  return (
    <>
      {lack && !isBusy && <span role="alert">{lack}</span>}
      <Button
        size="compact-xs"
        variant="subtle"
        // Not disabled: that would take the focus away.
        aria-disabled={isBusy || undefined}
        leftSection={isBusy ? <Loader size={10} aria-hidden /> : undefined}
        onClick={() => !isBusy && start.mutate(synced)}
      >
        {t(isBusy ? 'mirror.syncing' : 'mirror.again')}
      </Button>
    </>
  );
};
