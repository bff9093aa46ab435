import { useQueries, useQuery } from '@tanstack/react-query';
import type { Found } from '../../core/router';
import type { Profile } from '../../shared/profile';
import { api } from '../link/api';

type Known = Pick<Profile, 'id' | 'kind' | 'endpoint'>;

const found = (profile: Known | undefined) => ({
  queryKey: ['capabilities', profile?.id, profile?.endpoint],
  queryFn: () => api.profiles.capabilities.query({ profile: profile?.id ?? '' }),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

/** What a tenant was found to have, learned in the background once it is in front; null while that is not known. */
export const useCapabilities = (profile: Known | undefined): Found | null =>
  useQuery({ ...found(profile), enabled: profile !== undefined && profile.kind !== 'snapshot' }).data ?? null;

/** The lists that tenants are known to lack, by tenant; nothing is asked for it. */
export const useLackedLists = (profiles: readonly Known[]): Map<string, Set<string>> => {
  const all = useQueries({ queries: profiles.map((profile) => ({ ...found(profile), enabled: false })) });
  return new Map(profiles.map(({ id }, at) => [id, new Set(all[at]?.data?.lacking?.lists)]));
};
