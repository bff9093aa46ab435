import { UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { CSSProperties, DragEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { resourceOf } from '../../shared/catalog';
import { titleOf } from '../../shared/phrases/catalog-words';
import { type Query, timeSpanNames } from '../../shared/query';
import { type Row, rowLabelOf } from '../../shared/row';
import { ResourceIcon } from '../common/resource-icons';
import { type KnownProfile, useProfiles } from '../state/profiles';
import { closeTab, moveTab, showTab, type Tab, tabQuery, useWorkspace } from '../state/workspace';
import styles from './TabStrip.module.css';

/** What a view is called: its list, below which row, and what it is filtered by. */
export const useViewTitle = (query: Query): string => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const resource = resourceOf(query.resource);
  const span = timeSpanNames.find((id) => query.filters.time?.length === 1 && query.filters.time[0] === id);
  const values = Object.entries(query.filters)
    .flatMap(([id, chosen]) => (id === 'time' && span ? [t(`list.time.${span}`)] : chosen))
    .filter(Boolean);
  const title = titleOf(t, resource.id);
  const filtered = values.length > 0 ? `${title}: ${values.join(', ')}` : title;
  if (!resource.parent || !query.parent) return filtered;
  const parent = queries.getQueryData<Row>(['row', query.profile, resource.parent.resource, query.parent]);
  const name = parent ? rowLabelOf(resourceOf(resource.parent.resource), parent) : query.parent;
  return t('list.below', { list: filtered, parent: name });
};

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
