import { Menu, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Query } from '../../shared/query';
import { ViewIcon } from '../common/resource-icons';
import { TenantMark } from '../common/TenantMark';
import { useViewTitle } from '../common/view-title';
import { useProfiles } from '../state/profiles';
import { showTab, type Tab, tabQuery, useWorkspace } from '../state/workspace';
import styles from './TabStrip.module.css';

const Line = ({ tab, query, typed }: { tab: Tab; query: Query; typed: string }) => {
  const active = useWorkspace((state) => state.active);
  const profile = useProfiles().profiles.find(({ id }) => id === query.profile);
  const title = useViewTitle(query, tab.names);
  const text = `${title} ${profile?.name ?? ''}`.toLowerCase();
  if (!typed.split(/\s+/).every((word) => text.includes(word))) return null;
  return (
    <Menu.Item
      className={styles.line}
      fw={tab.id === active ? 600 : 400}
      fs={tab.preview ? 'italic' : 'normal'}
      leftSection={<ViewIcon query={query} size={14} />}
      rightSection={profile && <TenantMark profile={profile} size={14} />}
      onClick={() => showTab(tab.id)}
    >
      {title}
    </Menu.Item>
  );
};

/** All open views by their names, however few of their tabs there is room for. */
export const OpenViews = () => {
  const { t } = useTranslation();
  const tabs = useWorkspace((state) => state.tabs);
  const [typed, setTyped] = useState('');
  const label = t('tabs.all', { count: tabs.length });
  return (
    <Menu position="bottom-end" shadow="md" width={320} onClose={() => setTyped('')}>
      <Menu.Target>
        <UnstyledButton className={styles.overflow} aria-label={label} title={label}>
          {tabs.length}
          <IconChevronDown size={13} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Search
          size="xs"
          aria-label={t('tabs.find')}
          placeholder={t('tabs.find')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value.toLowerCase())}
        />
        <div className={styles.lines}>
          {tabs.map((tab) => {
            const query = tabQuery(tab);
            return query && <Line key={tab.id} tab={tab} query={query} typed={typed} />;
          })}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
};
