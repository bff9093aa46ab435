import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SavedView } from '../../shared/saved-view';
import { api } from '../link/api';

/** The operator's saved views, and what changes them. */
export const useViews = () => {
  const queries = useQueryClient();
  const { data: views = [] } = useQuery({ queryKey: ['views'], queryFn: () => api.views.list.query() });
  const refresh = { onSettled: () => queries.invalidateQueries({ queryKey: ['views'] }) };
  const save = useMutation({
    mutationFn: (added: SavedView[]) => api.views.save.mutate({ added }),
    ...refresh,
  });
  const remove = useMutation({ mutationFn: (name: string) => api.views.remove.mutate({ name }), ...refresh });
  return { views, save, remove };
};
