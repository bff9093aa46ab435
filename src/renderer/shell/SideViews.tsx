import { UnstyledButton } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { resourceOf } from '../../shared/catalog';
import { type Query, urlOf } from '../../shared/query';
import { queryOfView, type SavedView } from '../../shared/saved-view';
import { CommandButton } from '../commands/CommandButton';
import { commandOf } from '../commands/commands';
import { number } from '../i18n';
import { api } from '../link/api';
import type { KnownProfile } from '../state/profiles';
import { useViews } from '../state/views';
import { keepFront, openQuery } from '../state/workspace';
import { meansList } from './means-list';
import styles from './SideBar.module.css';

/** Views that are counted; each costs a request. */
const mostCounted = 20;
/** How long a count is believed, ms. */
const believedMs = 5 * 60_000;

/** True for a view that a server counts in one short request: no conditions of our own, and no list without end. */
const isCountable = ({ resource, where = [] }: Query): boolean =>
  where.length === 0 && !resourceOf(resource).capped && !resourceOf(resource).singleton;

const queriesOf = (views: readonly SavedView[], profile: string) =>
  views.flatMap((view) => {
    try {
      return [{ view, query: queryOfView(view, profile) }];
    } catch {
      // A view of a list that this version does not know.
      return [];
    }
  });

/** The saved views, each with how many rows it has on the tenant in front, where that is told at once. */
export const SideViews = ({ profile, query: front }: { profile: KnownProfile; query: Query | null }) => {
  const { t } = useTranslation();
  const { views } = useViews();
  const known = queriesOf(views, profile.id);
  const counts = useQueries({
    queries: known.map(({ query }, at) => ({
      queryKey: ['viewCount', profile.id, profile.endpoint, urlOf({ ...query, columns: undefined })],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.list.count.query({ query: { ...query, columns: undefined } }, { signal }),
      enabled: at < mostCounted && profile.kind !== 'snapshot' && isCountable(query),
      staleTime: believedMs,
      retry: false,
    })),
  });
  if (known.length === 0) return null;
  const shown = front && urlOf({ ...front, columns: undefined });
  return (
    <div>
      <div className={styles.heading}>
        <span>{t('views.title')}</span>
        <CommandButton of={commandOf('views')} size="xs" iconSize={14} />
      </div>
      {known.map(({ view, query }, at) => {
        const isCurrent = urlOf({ ...query, columns: undefined }) === shown;
        const count = counts[at]?.data;
        return (
          <UnstyledButton
            key={view.name}
            className={styles.list}
            title={view.name}
            data-current={isCurrent || undefined}
            aria-current={isCurrent || undefined}
            onClick={() => openQuery(query)}
            onDoubleClick={keepFront}
            {...meansList(query)}
          >
            <IconBookmark size={15} stroke={1.7} />
            <span className={styles.ellipsis}>{view.name}</span>
            {typeof count === 'number' && <span className={styles.count}>{number(count)}</span>}
          </UnstyledButton>
        );
      })}
    </div>
  );
};
