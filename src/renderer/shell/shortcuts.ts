import { useHotkeys } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { useEffect } from 'react';
import { addTenant } from '../state/dialogs';
import { lock } from '../state/lock';
import { useProfiles } from '../state/profiles';
import { closeTab, showTab, showTenant, useWorkspace } from '../state/workspace';

/** What the keys do, as people read it. */
export const shortcuts = {
  palette: 'Ctrl K',
  tenant: (place: number) => (place < 9 ? `Alt ${place + 1}` : ''),
  closeTab: 'Alt W',
  nextTab: 'Alt →',
  lock: 'Alt L',
} as const;

const step = (by: number) => {
  const { tabs, active } = useWorkspace.getState();
  const at = tabs.findIndex(({ id }) => id === active);
  const next = tabs[(at + by + tabs.length) % tabs.length];
  if (next) showTab(next.id);
};

/** Keys that work everywhere. A tenant is two keys away: Alt and its number. */
export const useShortcuts = () => {
  const { profiles } = useProfiles();
  useHotkeys(
    [
      ['mod+K', () => spotlight.open()],
      ['alt+W', () => closeActive()],
      ['alt+ArrowRight', () => step(1)],
      ['alt+ArrowLeft', () => step(-1)],
      ['alt+N', () => addTenant()],
      ['alt+L', () => lock()],
    ],
    [],
    true,
  );
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

const closeActive = () => {
  const { active } = useWorkspace.getState();
  if (active) closeTab(active);
};
