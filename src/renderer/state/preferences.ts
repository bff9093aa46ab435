import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Preferences } from '../../core/router';
import { api } from '../link/api';

/** What the operator chose, wherever the app is opened. */
export const usePreferences = () => {
  const queries = useQueryClient();
  const { data: preferences } = useQuery({
    queryKey: ['preferences'],
    queryFn: () => api.preferences.get.query(),
  });
  const { mutate: choose } = useMutation({
    mutationFn: (changes: Partial<Preferences>) => api.preferences.save.mutate(changes),
    onMutate: (changes) => queries.setQueryData(['preferences'], { ...preferences, ...changes }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['preferences'] }),
  });
  return { preferences, choose };
};
