import { useQuery } from '@tanstack/react-query';
import type { Preferences } from '../../core/router';
import { api } from '../link/api';
import { queries } from './queries';

/** Chooses, wherever the choice is made. */
export const choosePreference = (changes: Partial<Preferences>) => {
  queries.setQueryData(['preferences'], (before: Preferences | undefined) =>
    before ? { ...before, ...changes } : before,
  );
  void api.preferences.save
    .mutate(changes)
    .catch(() => {})
    .finally(() => void queries.invalidateQueries({ queryKey: ['preferences'] }));
};

/** What the operator chose, wherever the app is opened. */
export const usePreferences = () => {
  const { data: preferences } = useQuery({
    queryKey: ['preferences'],
    queryFn: () => api.preferences.get.query(),
  });
  return { preferences, choose: choosePreference };
};
