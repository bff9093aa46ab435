import { type HotkeyItem, useHotkeys } from '@mantine/hooks';
import { useEffect } from 'react';
import { useProfiles } from '../state/profiles';
import { showTenant, useWorkspace } from '../state/workspace';
import { commandsFor, usePlace } from './commands';

/** The keys of the tenant at a place, as people read them; empty where it has none. */
export const tenantKey = (place: number): string => (place < 9 ? `Alt ${place + 1}` : '');

/** Keys that work everywhere: those of commands, and a tenant's, Alt and its number. */
export const useShortcuts = () => {
  const { profiles } = useProfiles();
  const place = usePlace();
  // What is closed can be opened again by its key, whichever tab was in front.
  useWorkspace(({ gone }) => gone.length);
  const keys = commandsFor(place).flatMap(({ key, also = [], do: act }) =>
    [...(key ? [key.code] : []), ...also].map((code): HotkeyItem => [code, () => act(place)]),
  );
  useHotkeys(keys, [], true);
  useEffect(() => {
    const toTenant = (event: KeyboardEvent) => {
      // The key's place, not its character: Option and a digit types something else on a Mac.
      const digit =
        event.altKey && !event.ctrlKey && !event.metaKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : undefined;
      const profile = digit && profiles[Number(digit) - 1];
      if (!profile) return;
      event.preventDefault();
      showTenant(profile.id);
    };
    window.addEventListener('keydown', toTenant);
    return () => window.removeEventListener('keydown', toTenant);
  }, [profiles]);
};
