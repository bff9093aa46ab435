import { ActionIcon, Kbd, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { IconClock, IconLock, IconMoon, IconPencil, IconSun, IconSunMoon } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { families, placedResources } from '../../shared/catalog';
import { titleOf } from '../../shared/phrases/catalog-words';
import { demoProfileId } from '../../shared/profile';
import { zoneName } from '../../shared/zone';
import { JournalLink } from '../changes/JournalLink';
import { meant } from '../common/meant';
import { ResourceIcon } from '../common/resource-icons';
import { TenantLabel, TenantMark } from '../common/TenantMark';
import { oneStop } from '../common/tabbing';
import { useCapabilities } from '../state/capabilities';
import { editTenant } from '../state/dialogs';
import { usePreferences } from '../state/preferences';
import { useProfiles } from '../state/profiles';
import { askAhead, keepFront, openQuery, showTenant, tabQuery, useWorkspace } from '../state/workspace';
import { About } from './About';
import { commandOf, usePlace } from './commands';
import styles from './SideBar.module.css';
import { tenantKey } from './shortcuts';

const JobsTray = lazy(async () => ({ default: (await import('../jobs/JobsTray')).JobsTray }));

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
  const lock = commandOf('lock');
  const { preferences, choose } = usePreferences();
  return (
    <Menu position="top-start" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('lock.menu')}>
          <IconLock size={16} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<lock.icon size={14} />}
          rightSection={<Kbd size="xs">{lock.key?.shown}</Kbd>}
          onClick={() => lock.do(place)}
        >
          {lock.label(t, place)}
        </Menu.Item>
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

/** The button of a command. */
const CommandButton = ({
  id,
  size,
  iconSize = 16,
}: {
  id: Parameters<typeof commandOf>[0];
  size?: string;
  iconSize?: number;
}) => {
  const { t } = useTranslation();
  const place = usePlace();
  const { label, icon: Icon, do: act } = commandOf(id);
  return (
    <Tooltip label={label(t, place)}>
      <ActionIcon
        {...(size ? { size } : {})}
        variant="subtle"
        color="gray"
        aria-label={label(t, place)}
        onClick={() => act(place)}
      >
        <Icon size={iconSize} stroke={size ? 2 : 1.7} />
      </ActionIcon>
    </Tooltip>
  );
};

/** Tenants above, the lists of the one in front below. */
export const SideBar = () => {
  const { t } = useTranslation();
  const { profiles } = useProfiles();
  const tabs = useWorkspace((state) => state.tabs);
  const active = useWorkspace((state) => state.active);
  const tab = tabs.find(({ id }) => id === active);
  const query = tab ? tabQuery(tab) : null;
  const current = profiles.find(({ id }) => id === query?.profile);
  const bar = useRef<HTMLElement>(null);
  useEffect(() => (bar.current ? oneStop(bar.current) : undefined), []);
  const palette = commandOf('palette');
  const place = usePlace();
  const lacking = new Set(useCapabilities(current)?.lacking?.lists);
  return (
    <aside ref={bar} className={styles.bar} aria-label={t('app.name')} data-region="side">
      <UnstyledButton className={styles.search} onClick={() => palette.do(place)}>
        <palette.icon size={14} />
        <span>{palette.label(t, place)}</span>
        <Kbd size="xs">{palette.key?.shown}</Kbd>
      </UnstyledButton>

      <div className={styles.heading}>
        <span>{t('tenant.switch')}</span>
        <CommandButton id="add" size="xs" iconSize={14} />
      </div>
      <nav className={styles.tenants} aria-label={t('tenant.switch')}>
        {profiles.map((profile, at) => (
          <div
            key={profile.id}
            className={styles.tenant}
            data-current={profile.id === current?.id || undefined}
          >
            <UnstyledButton
              className={styles.tenantName}
              aria-current={profile.id === current?.id || undefined}
              onClick={() => showTenant(profile.id)}
            >
              <TenantMark profile={profile} />
              <span className={styles.ellipsis} title={profile.name}>
                {profile.name}
              </span>
              <TenantLabel profile={profile} />
            </UnstyledButton>
            <span className={styles.keys}>{tenantKey(at)}</span>
            {profile.id !== demoProfileId && (
              <ActionIcon
                className={styles.edit}
                size="xs"
                variant="subtle"
                color="gray"
                aria-label={t('tenant.edit', { name: profile.name })}
                onClick={() => editTenant(profile.id)}
              >
                <IconPencil size={13} />
              </ActionIcon>
            )}
          </div>
        ))}
      </nav>

      {current && (
        <nav className={styles.lists} aria-label={t('nav.lists')}>
          {families.map((family) => (
            <div key={family}>
              <div className={styles.heading}>{t(`nav.families.${family}`)}</div>
              {placedResources
                .filter(({ place }) => place?.family === family)
                .map((resource) => (
                  <UnstyledButton
                    key={resource.id}
                    className={styles.list}
                    data-current={query?.resource === resource.id || undefined}
                    data-lacking={lacking.has(resource.id) || undefined}
                    title={lacking.has(resource.id) ? t('errors.http.not_offered.title') : undefined}
                    aria-current={query?.resource === resource.id || undefined}
                    onClick={() => openQuery({ profile: current.id, resource: resource.id, filters: {} })}
                    onDoubleClick={keepFront}
                    {...meant(() => askAhead({ profile: current.id, resource: resource.id, filters: {} }))}
                  >
                    <ResourceIcon resource={resource} />
                    <span className={styles.ellipsis}>{titleOf(t, resource.id)}</span>
                  </UnstyledButton>
                ))}
            </div>
          ))}
          <JournalLink profile={current} isFront={query?.resource === 'journal'} className={styles.list} />
        </nav>
      )}

      <div className={styles.foot}>
        <Suspense fallback={null}>
          <JobsTray />
        </Suspense>
        <div className={styles.tools}>
          <CommandButton id="home" />
          <About />
          <ZoneMenu />
          <ThemeMenu />
          <LockMenu />
        </div>
      </div>
    </aside>
  );
};
