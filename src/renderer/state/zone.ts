import { useEffect } from 'react';
import { zoneName } from '../../shared/zone';
import { useZone } from './chosen-zone';
import { usePreferences } from './preferences';

/** Follows the operator's choice. */
export const useZoneChoice = () => {
  const choice = usePreferences().preferences?.zone ?? 'local';
  useEffect(() => useZone.setState(zoneName(choice), true), [choice]);
};
