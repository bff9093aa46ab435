import { ActionIcon, Menu } from '@mantine/core';
import { IconClock, IconLock, IconMoon, IconSun, IconSunMoon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { zoneName } from '../../shared/zone';
import { CommandButton } from '../commands/CommandButton';
import { CommandItem } from '../commands/CommandItem';
import { commandOf } from '../commands/commands';
import { usePlace } from '../commands/place';
import { usePreferences } from '../state/preferences';
import { About } from './About';
import styles from './SideBar.module.css';

const themes = { light: IconSun, dark: IconMoon, system: IconSunMoon } as const;

/** A button at the foot that opens a few choices, the present one in bold. */
const ChoiceMenu = <Choice extends string>({
  label,
  icon: Icon,
  chosen,
  choices,
  onChoose,
}: {
  label: string;
  icon: typeof IconClock;
  chosen: Choice;
  choices: readonly { id: Choice; label: string; icon?: typeof IconClock }[];
  onChoose: (choice: Choice) => void;
}) => (
  <Menu position="top-start" shadow="md">
    <Menu.Target>
      <ActionIcon variant="subtle" color="gray" aria-label={label}>
        <Icon size={16} stroke={1.7} />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      {choices.map((choice) => (
        <Menu.Item
          key={choice.id}
          leftSection={choice.icon && <choice.icon size={14} />}
          fw={choice.id === chosen ? 600 : 400}
          onClick={() => onChoose(choice.id)}
        >
          {choice.label}
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  </Menu>
);

const ThemeMenu = () => {
  const { t } = useTranslation();
  const { preferences, choose } = usePreferences();
  const theme = preferences?.theme ?? 'system';
  return (
    <ChoiceMenu
      label={t('nav.theme')}
      icon={themes[theme]}
      chosen={theme}
      choices={[
        { id: 'system', label: t('nav.themeSystem'), icon: themes.system },
        { id: 'light', label: t('nav.themeLight'), icon: themes.light },
        { id: 'dark', label: t('nav.themeDark'), icon: themes.dark },
      ]}
      onChoose={(choice) => choose({ theme: choice })}
    />
  );
};

const ZoneMenu = () => {
  const { t } = useTranslation();
  const { preferences, choose } = usePreferences();
  return (
    <ChoiceMenu
      label={t('nav.zone')}
      icon={IconClock}
      chosen={preferences?.zone ?? 'local'}
      choices={[
        { id: 'local', label: t('nav.zoneLocal', { zone: zoneName('local') }) },
        { id: 'utc', label: t('nav.zoneUtc') },
      ]}
      onChoose={(choice) => choose({ zone: choice })}
    />
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
