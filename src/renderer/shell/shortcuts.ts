import { type HotkeyItem, useHotkeys } from '@mantine/hooks';
import { useEffect } from 'react';
import { type Command, canGive, type Place } from '../commands/command';
import { commands } from '../commands/commands';
import { usePlace } from '../commands/place';
import { isAnswering, isModalOpen, watchEscape } from '../common/above';
import { isMac } from '../common/keys';
import { goingThere } from './going-there';

/** True for keys that nothing is typed with. */
const isNoCharacter = (code: string) => /mod\+|alt\+|F\d/.test(code);

/** Option and a letter type something else on a Mac, a digit on many keyboards: there the key's place counts. */
const isPhysical = (code: string) => code.includes('Digit') || (isMac && code.includes('alt+'));

/** What the keys of commands do in a place. */
export const hotkeysOf = (all: readonly Command[], place: Place): HotkeyItem[] =>
  all.flatMap((command) =>
    [...(command.key ? [command.key.code] : []), ...(command.also ?? [])].map((code): HotkeyItem => {
      const at = { ...place, code };
      const given = (event: KeyboardEvent) => {
        // Whether it can be given is seen when it is: the view in front may have come since this was drawn.
        if (isModalOpen() && !command.isUrgent) {
          // The browser has its own for some: a search, say.
          if (code.startsWith('mod+')) event.preventDefault();
          return;
        }
        if (!canGive(command, at) || (!isNoCharacter(code) && isAnswering())) return;
        event.preventDefault();
        goingThere(() => command.do(at), 'lost');
      };
      return [code, given, { preventDefault: false, usePhysicalKeys: isPhysical(code) }];
    }),
  );

/** Keys that work everywhere. A character is one in a field. */
export const useShortcuts = () => {
  const keys = hotkeysOf(commands, usePlace());
  useHotkeys(
    keys.filter(([code]) => isNoCharacter(code)),
    [],
    true,
  );
  useHotkeys(keys.filter(([code]) => !isNoCharacter(code)));
  useEffect(watchEscape, []);
};
