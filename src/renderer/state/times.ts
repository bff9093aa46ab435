import { useEffect } from 'react';
import { create } from 'zustand';
import type { Preferences } from '../../core/router';
import { usePreferences } from './preferences';

/** How lists show times: as dates, or as they are from now. */
export type Times = Preferences['times'];

export const useTimes = create<{ times: Times }>(() => ({ times: 'dates' }));

export const chosenTimes = (): Times => useTimes.getState().times;

/** Follows the operator's choice. */
export const useTimesChoice = () => {
  const times = usePreferences().preferences?.times ?? 'dates';
  useEffect(() => useTimes.setState({ times }), [times]);
};
