import { create } from 'zustand';
import { zoneName } from '../../shared/zone';

/** The IANA name of the zone that times are shown and read in; of the browser's computer where that is chosen. */
export const useZone = create(() => zoneName('local'));

export const chosenZone = (): string => useZone.getState();
