import { useQuery } from '@tanstack/react-query';
import type { Preferences } from '../../core/router';
import { api } from '../link/api';
import { keepChoice } from './choices';

const queryKey = ['preferences'];

/** Chooses, wherever the choice is made. */
export const choosePreference = (changes: Partial<Preferences>) => {
  void keepChoice<Preferences>(queryKey, changes, () => api.preferences.save.mutate(changes)).catch(() => {});
};

/** What the operator chose, wherever the app is opened. */
export const usePreferences = () => {
  const { data: preferences } = useQuery({
    queryKey,
    queryFn: () => api.preferences.get.query(),
  });
  return { preferences, choose: choosePreference };
};
