import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Workspace } from '../../core/router';
import { demoProfileId, type Profile } from '../../shared/profile';
import { api } from '../link/api';
import { queries } from './queries';
import { useWorkspace } from './workspace';

export type KnownProfile = Profile & { secretPlace: 'keychain' | 'memory' };

type Profiles = readonly KnownProfile[];

/** The stored tenants, and the demo tenant behind them where it is listed. */
const withDemo = (stored: Profiles, demo: Profile | undefined): KnownProfile[] => [
  ...stored,
  ...(demo ? [{ ...demo, secretPlace: 'memory' as const }] : []),
];

const storedKey = ['profiles'];
const demoKey = ['profiles', 'demo'];

const isDemoOpen = ({ tabs }: Pick<Workspace, 'tabs'>): boolean =>
  tabs.some(({ url }) => url.startsWith(`/${demoProfileId}/`));

/** The stored tenants, the demo tenant behind them once a view of it was opened in this run. */
export const useProfiles = (): { profiles: KnownProfile[]; ready: boolean } => {
  const stored = useQuery({ queryKey: storedKey, queryFn: () => api.profiles.list.query() });
  const isListed = useWorkspace((state) => state.demo ?? false);
  const demoOpen = useWorkspace(isDemoOpen);
  const demo = useQuery({
    queryKey: demoKey,
    queryFn: () => api.profiles.demo.mutate(),
    enabled: demoOpen,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const known = demoOpen || isListed ? demo.data : undefined;
  // The same ones are the same array: who is given a tenant is drawn anew only for another one.
  const profiles = useMemo(() => withDemo(stored.data ?? [], known), [stored.data, known]);
  return { profiles, ready: !stored.isPending && !(demoOpen && demo.isPending) };
};

/** The tenants in the order in which they are listed now. */
export const profilesNow = (): Profiles => {
  const { demo = false, tabs } = useWorkspace.getState();
  const isListed = demo || isDemoOpen({ tabs });
  return withDemo(
    queries.getQueryData<KnownProfile[]>(storedKey) ?? [],
    isListed ? queries.getQueryData<Profile>(demoKey) : undefined,
  );
};

/** One tenant by its id; undefined while loading and when it is gone. */
export const useProfile = (id: string | undefined) =>
  useProfiles().profiles.find((profile) => profile.id === id);
