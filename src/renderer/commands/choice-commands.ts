import { IconClock, IconLineHeight, IconMoon, IconSun, IconSunMoon } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { zoneName } from '../../shared/zone';
import { choosePreference } from '../state/preferences';
import type { Command } from './command';

type Word = (t: TFunction) => string;
type Chosen = Parameters<typeof choosePreference>[0];

/** Choosing one of a kind. `word`: what it is called among its kind. */
const choosing = (kind: 'theme' | 'zone' | 'density', word: Word, chosen: Chosen) => ({
  label: (t: TFunction) => t(`commands.${kind}`, { choice: word(t) }),
  word,
  do: () => choosePreference(chosen),
});

/** What an operator chooses once: the look, the zone, the height of rows. */
export const choiceCommands = [
  { id: 'themeLight', icon: IconSun, ...choosing('theme', (t) => t('nav.themeLight'), { theme: 'light' }) },
  { id: 'themeDark', icon: IconMoon, ...choosing('theme', (t) => t('nav.themeDark'), { theme: 'dark' }) },
  {
    id: 'themeSystem',
    icon: IconSunMoon,
    ...choosing('theme', (t) => t('nav.themeSystem'), { theme: 'system' }),
  },
  {
    id: 'zoneLocal',
    icon: IconClock,
    ...choosing('zone', (t) => t('nav.zoneLocal', { zone: zoneName('local') }), { zone: 'local' }),
  },
  { id: 'zoneUtc', icon: IconClock, ...choosing('zone', (t) => t('nav.zoneUtc'), { zone: 'utc' }) },
  {
    id: 'rowsCompact',
    icon: IconLineHeight,
    ...choosing('density', (t) => t('list.densities.compact'), { density: 'compact' }),
  },
  {
    id: 'rowsNormal',
    icon: IconLineHeight,
    ...choosing('density', (t) => t('list.densities.normal'), { density: 'normal' }),
  },
  {
    id: 'rowsRelaxed',
    icon: IconLineHeight,
    ...choosing('density', (t) => t('list.densities.relaxed'), { density: 'relaxed' }),
  },
] as const satisfies readonly Command[];
