import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MirroredList, MirrorPlan } from '../../core/router';
import type { Along } from '../../shared/catalog';
import { coversTime, type Query, toServerQuery } from '../../shared/query';
import { api } from '../link/api';
import { keepChoice } from '../state/choices';

/** How long what is known of a mirror is believed, ms. */
const staleMs = 20_000;

const keyOf = (profile: string) => ['mirror', profile];

/** What is kept of a tenant on this computer. */
const useMirrorAbout = (profile: string, enabled = true) =>
  useQuery({
    enabled,
    queryKey: keyOf(profile),
    queryFn: () => api.mirror.about.query({ profile }),
    refetchInterval: ({ state }) => (state.data?.upgrading ? 2_000 : false),
    staleTime: staleMs,
    retry: false,
  });

/** Whether the copy knows of each row of a list what it belongs to, by the column that tells of it (`Column.joins`). */
export const useKnownJoins = (profile: string, isAsked: boolean) => {
  const { data } = useMirrorAbout(profile, isAsked);
  return ({ joins }: { joins?: string }): boolean =>
    data?.below.some(({ resource, wholeAt }) => resource === joins && wholeAt !== null) ?? false;
};

/** The same, and the ways to change it. */
export const useMirror = (profile: string) => {
  const queries = useQueryClient();
  const about = useMirrorAbout(profile);
  const start = useMutation({
    mutationFn: ({
      logsSince,
      along,
      resources,
    }: {
      logsSince: number | null;
      along: Along;
      resources: string[];
    }) =>
      api.mirror.start.mutate({
        profile,
        ...along,
        ...(resources.length > 0 ? { resources } : {}),
        ...(logsSince === null ? {} : { logsSince }),
      }),
  });
  const planKey = [...keyOf(profile), 'plan'];
  const plan = useQuery({
    queryKey: planKey,
    queryFn: () => api.mirror.plan.query({ profile }),
  });
  const setPlan = useMutation({
    mutationFn: (changes: Partial<MirrorPlan>) =>
      keepChoice<MirrorPlan>(
        planKey,
        changes,
        async (chosen) => {
          if (chosen) await api.mirror.setPlan.mutate({ profile, plan: chosen });
        },
        keyOf(profile),
      ),
  });
  const remove = useMutation({
    mutationFn: () => api.mirror.remove.mutate({ profile }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(profile) }),
  });
  return { about, start, remove, plan, setPlan };
};

/** The mirrored list of a query, when all that the query could find was read once; null when not, or not known yet. */
export const useWholeList = (query: Query): MirroredList | null => {
  const { profile, resource, parent } = toServerQuery(query);
  const bare = { profile, resource, ...(parent ? { parent } : {}), filters: {} };
  // A search may name what its users are in: the core knows by which id.
  const { search = [] } = query.filters;
  const asked =
    resource === query.resource ? bare : { profile, resource: query.resource, filters: { search } };
  const { data: list } = useQuery({
    queryKey: [...keyOf(profile), 'list', resource, parent],
    queryFn: () => api.mirror.list.query({ query: asked }),
    staleTime: staleMs,
    retry: false,
  });
  return list?.wholeAt && coversTime(list.since, query, Date.now()) ? list : null;
};
