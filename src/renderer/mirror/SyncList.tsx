import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { placedResources, resourceOf } from '../../shared/catalog';
import { explain } from '../../shared/phrases';
import { joinedColumns, type Query } from '../../shared/query';
import { phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import { useJobs } from '../state/jobs';
import { useProfile } from '../state/profiles';

type Props = {
  /** A view that the copy answers. */
  query: Query;
  /** From when on its rows are copied, unix ms; null: all of them. */
  since: number | null;
  /** The copy was brought up to date, as far as that went. */
  onSynced: () => void;
};

/** The lists that a view is answered from: its own, and those whose members its conditions ask for. */
const listsOf = (query: Query): string[] => [
  query.resource,
  ...joinedColumns(query).flatMap(({ joins }) => (joins ? (resourceOf(joins).parent?.resource ?? []) : [])),
];

/** Reads the lists of a view from the server into the copy; nothing where the view is of what no sync reads alone. */
export const SyncList = ({ query, since, onSynced }: Props) => {
  const { t } = useTranslation();
  const { profile, resource, parent } = query;
  const [started, setStarted] = useState<string | null>(null);
  const job = useJobs(({ jobs }) => jobs.find(({ id }) => id === started));
  const isSyncing = useJobs(({ jobs }) =>
    jobs.some((one) => one.kind === 'copy' && one.profile === profile && one.state === 'running'),
  );
  const start = useMutation({
    mutationFn: () =>
      api.mirror.start.mutate({
        profile,
        resources: [...new Set(listsOf(query))],
        below: joinedColumns(query).length > 0,
        ...(since === null ? {} : { logsSince: since }),
      }),
    onSuccess: ({ id }) => setStarted(id),
  });
  const hasEnded = job !== undefined && job.state !== 'running';
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when it ends
  useEffect(() => {
    if (hasEnded) onSynced();
  }, [hasEnded, started]);
  const isSnapshot = useProfile(profile)?.kind === 'snapshot';
  if (isSnapshot || parent || !placedResources.some(({ id }) => id === resource)) return null;
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        loading={start.isPending || isSyncing}
        onClick={() => start.mutate()}
      >
        {t('mirror.again')}
      </Button>
      {start.error && <span role="alert">{explain(phrases, errorOf(start.error)).title}</span>}
    </>
  );
};
