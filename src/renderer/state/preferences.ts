import { useQuery } from '@tanstack/react-query';
import type { Preferences } from '../../core/router';
import { api } from '../link/api';
import { queries } from './queries';

const queryKey = ['preferences'];

/** Choices that are on their way to be kept. */
let saving = 0;

/** Chooses, wherever the choice is made; it holds at once, whatever was asked before it. */
export const choosePreference = (changes: Partial<Preferences>) => {
  void queries.cancelQueries({ queryKey });
  queries.setQueryData(queryKey, (before: Preferences | undefined) =>
    before ? { ...before, ...changes } : before,
  );
  saving += 1;
  void api.preferences.save
    .mutate(changes)
    .catch(() => {})
    .finally(() => {
      saving -= 1;
      // An answer between two choices would take the later one back for a moment.
      if (saving === 0) void queries.invalidateQueries({ queryKey });
    });
};

/** What the operator chose, wherever the app is opened. */
export const usePreferences = () => {
  const { data: preferences } = useQuery({
    queryKey,
    queryFn: () => api.preferences.get.query(),
  });
  return { preferences, choose: choosePreference };
};
