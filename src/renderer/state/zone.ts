import { useEffect } from 'react';
import { create } from 'zustand';
import { zoneName } from '../../shared/zone';
import { usePreferences } from './preferences';

/** The IANA name of the zone that times are shown and read in; of the browser's computer where that is chosen. */
export const useZone = create(() => zoneName('local'));

export const chosenZone = (): string => useZone.getState();

/** Follows the operator's choice. */
export const useZoneChoice = () => {
  const choice = usePreferences().preferences?.zone ?? 'local';
  useEffect(() => useZone.setState(zoneName(choice), true), [choice]);
};
