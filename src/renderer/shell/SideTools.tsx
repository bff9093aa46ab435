import { ActionIcon, Menu } from '@mantine/core';
import { IconLock, type Icon as IconOf } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CommandButton } from '../commands/CommandButton';
import { CommandItem } from '../commands/CommandItem';
import type { Command } from '../commands/command';
import { commandOf } from '../commands/commands';
import { usePlace } from '../commands/place';
import { usePreferences } from '../state/preferences';
import { About } from './About';
import styles from './SideBar.module.css';

/** A button at the foot that opens the commands of a few choices, the present one in bold. */
const ChoiceMenu = ({
  label,
  icon: Icon,
  chosen,
  choices,
}: {
  label: string;
  icon: IconOf;
  chosen: Command;
  choices: readonly Command[];
}) => {
  const place = usePlace();
  return (
    <Menu position="top-start" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label}>
          <Icon size={16} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((choice) => (
          <CommandItem key={choice.id} of={choice} at={place} fw={choice === chosen ? 600 : 400} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

const ThemeMenu = () => {
  const { t } = useTranslation();
  const { preferences } = usePreferences();
  const themes = {
    system: commandOf('themeSystem'),
    light: commandOf('themeLight'),
    dark: commandOf('themeDark'),
  };
  const chosen = themes[preferences?.theme ?? 'system'];
  return (
    <ChoiceMenu label={t('nav.theme')} icon={chosen.icon} chosen={chosen} choices={Object.values(themes)} />
  );
};

const ZoneMenu = () => {
  const { t } = useTranslation();
  const { preferences } = usePreferences();
  const zones = { local: commandOf('zoneLocal'), utc: commandOf('zoneUtc') };
  const chosen = zones[preferences?.zone ?? 'local'];
  return (
    <ChoiceMenu label={t('nav.zone')} icon={chosen.icon} chosen={chosen} choices={Object.values(zones)} />
  );
};

const idleMinutes = [5, 15, 30, 60, 0];

const LockMenu = () => {
  const { t } = useTranslation();
  const place = usePlace();
  const { preferences, choose } = usePreferences();
  return (
    <Menu position="top-start" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('lock.menu')}>
          <IconLock size={16} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <CommandItem of={commandOf('lock')} at={place} />
        <Menu.Label>{t('lock.idle')}</Menu.Label>
        {idleMinutes.map((minutes) => (
          <Menu.Item
            key={minutes}
            fw={minutes === preferences?.lockAfterMinutes ? 600 : 400}
            onClick={() => choose({ lockAfterMinutes: minutes })}
          >
            {minutes === 0 ? t('lock.never') : t('lock.minutes', { count: minutes })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

/** What is chosen seldom, at the foot of the side bar. */
export const SideTools = () => (
  <div className={styles.tools}>
    <CommandButton of={commandOf('home')} />
    <About />
    <ZoneMenu />
    <ThemeMenu />
    <LockMenu />
    <CommandButton of={commandOf('sideBar')} />
  </div>
);
