import { IconClock, IconLineHeight, IconMoon, IconSun, IconSunMoon } from '@tabler/icons-react';
import { zoneName } from '../../shared/zone';
import { choosePreference } from '../state/preferences';
import type { Command } from './command';

/** What an operator chooses once: the look, the zone, the height of rows. */
export const choiceCommands = [
  {
    id: 'themeLight',
    label: (t) => t('commands.theme', { choice: t('nav.themeLight') }),
    icon: IconSun,
    do: () => choosePreference({ theme: 'light' }),
  },
  {
    id: 'themeDark',
    label: (t) => t('commands.theme', { choice: t('nav.themeDark') }),
    icon: IconMoon,
    do: () => choosePreference({ theme: 'dark' }),
  },
  {
    id: 'themeSystem',
    label: (t) => t('commands.theme', { choice: t('nav.themeSystem') }),
    icon: IconSunMoon,
    do: () => choosePreference({ theme: 'system' }),
  },
  {
    id: 'zoneLocal',
    label: (t) => t('commands.zone', { choice: t('nav.zoneLocal', { zone: zoneName('local') }) }),
    icon: IconClock,
    do: () => choosePreference({ zone: 'local' }),
  },
  {
    id: 'zoneUtc',
    label: (t) => t('commands.zone', { choice: t('nav.zoneUtc') }),
    icon: IconClock,
    do: () => choosePreference({ zone: 'utc' }),
  },
  {
    id: 'rowsCompact',
    label: (t) => t('commands.density', { choice: t('list.densities.compact') }),
    icon: IconLineHeight,
    do: () => choosePreference({ density: 'compact' }),
  },
  {
    id: 'rowsNormal',
    label: (t) => t('commands.density', { choice: t('list.densities.normal') }),
    icon: IconLineHeight,
    do: () => choosePreference({ density: 'normal' }),
  },
  {
    id: 'rowsRelaxed',
    label: (t) => t('commands.density', { choice: t('list.densities.relaxed') }),
    icon: IconLineHeight,
    do: () => choosePreference({ density: 'relaxed' }),
  },
] as const satisfies readonly Command[];
