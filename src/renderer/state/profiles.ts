import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { demoProfileId, type Profile } from '../../shared/profile';
import { api } from '../link/api';
import { useWorkspace } from './workspace';

export type KnownProfile = Profile & { secretPlace: 'keychain' | 'memory' };

/** The stored tenants, the demo tenant behind them once a view of it was opened in this run. */
export const useProfiles = (): { profiles: KnownProfile[]; ready: boolean } => {
  const stored = useQuery({ queryKey: ['profiles'], queryFn: () => api.profiles.list.query() });
  const isListed = useWorkspace((state) => state.demo ?? false);
  const demoOpen = useWorkspace(({ tabs }) => tabs.some(({ url }) => url.startsWith(`/${demoProfileId}/`)));
  const demo = useQuery({
    queryKey: ['profiles', 'demo'],
    queryFn: () => api.profiles.demo.mutate(),
    enabled: demoOpen,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const known = demoOpen || isListed ? demo.data : undefined;
  // The same ones are the same array: who is given a tenant is drawn anew only for another one.
  const profiles = useMemo(
    (): KnownProfile[] => [
      ...(stored.data ?? []),
      ...(known ? [{ ...known, secretPlace: 'memory' as const }] : []),
    ],
    [stored.data, known],
  );
  return { profiles, ready: !stored.isPending && !(demoOpen && demo.isPending) };
};

/** One tenant by its id; undefined while loading and when it is gone. */
export const useProfile = (id: string | undefined) =>
  useProfiles().profiles.find((profile) => profile.id === id);
