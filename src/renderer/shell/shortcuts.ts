import { type HotkeyItem, useHotkeys } from '@mantine/hooks';
import { useEffect } from 'react';
import { isAnswering, isModalOpen, watchEscape } from '../common/above';
import { isMac } from '../common/keys';
import { useProfiles } from '../state/profiles';
import { showTenant } from '../state/workspace';
import { commands, usePlace } from './commands';
import { goingThere } from './going-there';

/** The keys of the tenant at a place, as people read them; empty where it has none. */
export const tenantKey = (place: number): string => (place < 9 ? `Alt ${place + 1}` : '');

/** True for keys that nothing is typed with. */
const isNoCharacter = ([code]: HotkeyItem) => /mod\+|alt\+|F\d/.test(code);

/** Keys that work everywhere: those of commands, and a tenant's, Alt and its number. A character is one in a field. */
export const useShortcuts = () => {
  const { profiles } = useProfiles();
  const place = usePlace();
  const keys = commands.flatMap(({ key, also = [], when, do: act, isUrgent }) =>
    [...(key ? [key.code] : []), ...also].map((code): HotkeyItem => {
      const given = (event: KeyboardEvent) => {
        // Whether it can be given is seen when it is: the view in front may have come since this was drawn.
        if (isModalOpen() && !isUrgent) {
          // The browser has its own for some: a search, say.
          if (code.startsWith('mod+')) event.preventDefault();
          return;
        }
        if (!(when?.(place) ?? true) || (!isNoCharacter([code, given]) && isAnswering())) return;
        event.preventDefault();
        goingThere(() => act(place), 'lost');
      };
      // Option and a letter type something else on a Mac: there the key's place counts.
      return [code, given, { preventDefault: false, usePhysicalKeys: isMac && code.includes('alt+') }];
    }),
  );
  useHotkeys(keys.filter(isNoCharacter), [], true);
  useHotkeys(keys.filter((key) => !isNoCharacter(key)));
  useEffect(watchEscape, []);
  useEffect(() => {
    const toTenant = (event: KeyboardEvent) => {
      // The key's place, not its character: Option and a digit types something else on a Mac.
      const digit =
        event.altKey && !event.ctrlKey && !event.metaKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : undefined;
      const profile = digit && profiles[Number(digit) - 1];
      if (!profile || isModalOpen()) return;
      event.preventDefault();
      goingThere(() => showTenant(profile.id), 'lost');
    };
    window.addEventListener('keydown', toTenant);
    return () => window.removeEventListener('keydown', toTenant);
  }, [profiles]);
};
