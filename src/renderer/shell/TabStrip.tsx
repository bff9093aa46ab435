import { UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { CSSProperties, DragEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { resourceOf } from '../../shared/catalog';
import type { Query } from '../../shared/query';
import { meant } from '../common/meant';
import { ResourceIcon } from '../common/resource-icons';
import { useViewTitle } from '../common/view-title';
import { type KnownProfile, useProfiles } from '../state/profiles';
import { askAhead, closeTab, moveTab, showTab, type Tab, tabQuery, useWorkspace } from '../state/workspace';
import styles from './TabStrip.module.css';

const TabHandle = ({
  tab,
  query,
  profile,
  front,
}: {
  tab: Tab;
  query: Query;
  profile: KnownProfile | undefined;
  front: boolean;
}) => {
  const { t } = useTranslation();
  const title = useViewTitle(query);
  const name = profile ? `${profile.name} · ${title}` : title;
  return (
    <li
      className={styles.tab}
      data-front={front || undefined}
      style={{ '--tenant': `var(--mantine-color-${profile?.color ?? 'gray'}-filled)` } as CSSProperties}
    >
      <UnstyledButton
        aria-current={front || undefined}
        className={styles.name}
        title={name}
        draggable
        onClick={() => showTab(tab.id)}
        {...meant(() => askAhead(query))}
        onAuxClick={(event: MouseEvent) => event.button === 1 && closeTab(tab.id)}
        onDragStart={(event: DragEvent) => event.dataTransfer.setData('text/x-tab', tab.id)}
        onDragOver={(event: DragEvent) => event.preventDefault()}
        onDrop={(event: DragEvent) => moveTab(event.dataTransfer.getData('text/x-tab'), tab.id)}
      >
        <ResourceIcon resource={resourceOf(query.resource)} size={14} />
        <span className={styles.title}>{title}</span>
        {profile && <span className={styles.tenant}>{profile.label || profile.name}</span>}
      </UnstyledButton>
      <UnstyledButton
        className={styles.close}
        aria-label={t('tabs.close', { title: name })}
        onClick={() => closeTab(tab.id)}
      >
        <IconX size={12} />
      </UnstyledButton>
    </li>
  );
};

/** The open views, of all tenants side by side; the bar above each is its tenant's colour. */
export const TabStrip = () => {
  const { t } = useTranslation();
  const tabs = useWorkspace((state) => state.tabs);
  const active = useWorkspace((state) => state.active);
  const { profiles } = useProfiles();
  return (
    <nav className={styles.strip} aria-label={t('tabs.strip')}>
      <ul className={styles.tabs}>
        {tabs.map((tab) => {
          const query = tabQuery(tab);
          const profile = profiles.find(({ id }) => id === query?.profile);
          return (
            query && (
              <TabHandle key={tab.id} tab={tab} query={query} profile={profile} front={tab.id === active} />
            )
          );
        })}
      </ul>
    </nav>
  );
};
