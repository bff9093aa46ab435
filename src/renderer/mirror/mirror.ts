import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MirrorAbout } from '../../core/router';
import { asAsked, coversTime, type Query } from '../../shared/query';
import { api } from '../api';

/** How long what is known of a mirror is believed, ms. */
const staleMs = 20_000;

/** What is kept of a tenant on this computer, and the ways to change that. */
export const useMirror = (profile: string) => {
  const queries = useQueryClient();
  const key = ['mirror', profile];
  const about = useQuery({
    queryKey: key,
    queryFn: () => api.mirror.about.query({ profile }),
    staleTime: staleMs,
    retry: false,
  });
  const start = useMutation({
    mutationFn: (logsSince: number | null) =>
      api.mirror.start.mutate({ profile, ...(logsSince === null ? {} : { logsSince }) }),
  });
  const remove = useMutation({
    mutationFn: () => api.mirror.remove.mutate({ profile }),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
  return { about, start, remove };
};

/** The mirrored list of a query, when all that the query could find was read once. */
export const wholeListOf = (
  about: MirrorAbout | undefined,
  query: Query,
): MirrorAbout['lists'][number] | null => {
  const { resource, parent = '' } = asAsked(query);
  const list = about?.lists.find((one) => one.resource === resource && one.parent === parent);
  return list?.wholeAt && coversTime(list.since, query, Date.now()) ? list : null;
};
