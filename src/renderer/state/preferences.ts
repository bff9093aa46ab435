import { useQuery } from '@tanstack/react-query';
import type { Preferences } from '../../core/router';
import type { ErrorValue } from '../../shared/errors';
import { api, errorOf } from '../link/api';
import { keepChoice } from './choices';

const queryKey = ['preferences'];

/** Whoever says that a choice could not be kept. */
let tellFault: (error: ErrorValue) => void = () => {};

/** Has choices that could not be kept said: they are made in many places. Returns what ends it. */
export const hearFaults = (tell: (error: ErrorValue) => void): (() => void) => {
  tellFault = tell;
  return () => {
    if (tellFault === tell) tellFault = () => {};
  };
};

/** Chooses, wherever the choice is made. */
export const choosePreference = (changes: Partial<Preferences>) => {
  void keepChoice<Preferences>(queryKey, changes, () => api.preferences.save.mutate(changes)).catch(
    (error: unknown) => tellFault(errorOf(error)),
  );
};

/** What the operator chose, wherever the app is opened. */
export const usePreferences = () => {
  const { data: preferences } = useQuery({
    queryKey,
    queryFn: () => api.preferences.get.query(),
  });
  return { preferences, choose: choosePreference };
};
