import { Skeleton, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { resourceOf } from '../../shared/catalog';
import { titleOf } from '../../shared/phrases/catalog-words';
import type { Query } from '../../shared/query';
import { rowIdOf } from '../../shared/row';
import { RowChanges } from '../changes/RowChanges';
import { UnlockChip } from '../changes/UnlockChip';
import { RefreshButton } from '../commands/RefreshButton';
import { ErrorNotice } from '../common/ErrorNotice';
import { OfflineNotice } from '../common/OfflineNotice';
import { StatusBar } from '../common/StatusBar';
import { chooseEnd } from '../common/tabbing';
import { api, errorOf } from '../link/api';
import type { KnownProfile } from '../state/profiles';
import { noteLoad } from '../state/workspace';
import { Json } from './Json';
import { SettingsFields } from './SettingsFields';
import styles from './SingleView.module.css';

type Props = { tabId: string; query: Query; profile: KnownProfile; front: boolean };

/** A part of a tenant that is one object, not a list: its readable fields and its JSON. */
export const SingleView = ({ tabId, query, profile, front }: Props) => {
  const { t } = useTranslation();
  const resource = resourceOf(query.resource);
  const page = useQuery({
    queryKey: ['single', query],
    queryFn: async ({ signal }) => {
      const ended = await noteLoad(tabId);
      return api.list.page.query({ query, index: 0 }, { signal }).finally(ended);
    },
  });
  const [row] = page.data?.rows ?? [];
  return (
    <div className={styles.view}>
      <article className={styles.page} aria-label={titleOf(t, resource.id)} data-region="main" tabIndex={-1}>
        <header className={styles.head}>
          <h1 className={styles.title}>{titleOf(t, resource.id)}</h1>
          <RefreshButton loading={page.isFetching} onRefresh={() => void page.refetch()} />
        </header>
        {page.isPending && (
          <div className={styles.loading} role="status" aria-label={t('app.loading')}>
            {[38, 52, 45, 60, 41].map((width) => (
              <Skeleton key={width} height={13} width={`${width}%`} my="xs" />
            ))}
          </div>
        )}
        {page.error && (
          <ErrorNotice
            error={errorOf(page.error)}
            onRetry={() => void page.refetch()}
            profileId={query.profile}
          />
        )}
        {page.data?.mirror && (
          <OfflineNotice
            mirror={page.data.mirror}
            isSnapshot={profile.kind === 'snapshot'}
            onRetry={() => void page.refetch()}
          />
        )}
        {page.data && !row && (
          <p className={styles.none}>{t(page.data.mirror ? 'row.notCopiedYet' : 'row.notSetUp')}</p>
        )}
        {row && (
          <RowChanges
            profile={query.profile}
            listed={resource}
            parent={query.parent}
            page={resource}
            id={rowIdOf(resource, row) || resource.id}
            row={row}
            isWhole={!page.data?.mirror}
          >
            <Tabs defaultValue="fields" keepMounted={false}>
              <Tabs.List onKeyDownCapture={chooseEnd}>
                <Tabs.Tab value="fields">{t('row.fields')}</Tabs.Tab>
                <Tabs.Tab value="json">{t('row.json')}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="fields">
                <SettingsFields profile={query.profile} resource={resource} row={row} />
              </Tabs.Panel>
              <Tabs.Panel value="json">
                <Json resource={resource} row={row} />
              </Tabs.Panel>
            </Tabs>
          </RowChanges>
        )}
      </article>
      <StatusBar profile={profile} front={front} readAt={page.data?.fetchedAt ?? null}>
        <UnlockChip profile={profile} />
      </StatusBar>
    </div>
  );
};
