import { useQuery } from '@tanstack/react-query';
import type { Found } from '../../core/router';
import type { Profile } from '../../shared/profile';
import { api } from '../link/api';

/** What a tenant was found to have, learned in the background once it is in front; null while that is not known. */
export const useCapabilities = (
  profile: Pick<Profile, 'id' | 'kind' | 'endpoint'> | undefined,
): Found | null =>
  useQuery({
    queryKey: ['capabilities', profile?.id, profile?.endpoint],
    queryFn: () => api.profiles.capabilities.query({ profile: profile?.id ?? '' }),
    enabled: profile !== undefined && profile.kind !== 'snapshot',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  }).data ?? null;
