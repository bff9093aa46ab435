import { VisuallyHidden } from '@mantine/core';
import { IconList } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { singularOf, titleOf } from '../../shared/phrases/catalog-words';
import type { Query } from '../../shared/query';
import { UnlockChip } from '../changes/UnlockChip';
import { commandOf } from '../commands/commands';
import { useAct } from '../commands/place';
import { ViewIconButton } from '../commands/ViewButton';
import { IconButton } from '../common/IconButton';
import { StatusBar } from '../common/StatusBar';
import type { KnownProfile } from '../state/profiles';
import { askObjectAnew, rowQuery } from '../state/row-query';
import { keepNames, openQuery } from '../state/workspace';
import { ObjectBody } from './ObjectBody';
import { ObjectHead } from './ObjectHead';
import styles from './SingleView.module.css';
import { useObject } from './use-object';

type Props = { tabId: string; query: Query; profile: KnownProfile; front: boolean };

/** One row on a page of its own. */
export const ObjectView = ({ tabId, query, profile, front }: Props) => {
  const { t } = useTranslation();
  const { object: id = '', resource: list } = query;
  const shown = useObject(query, id, null);
  const { resource, row, name } = shown;
  const { isFetching, dataUpdatedAt } = useQuery({
    ...rowQuery(query.profile, resource.id, id),
    enabled: false,
  });
  useAct('refresh', isFetching ? null : () => askObjectAnew(profile.id, id));
  const isNamed = row !== undefined;
  // The tab's title is the object's name, also after a restart, before the tenant is asked.
  useEffect(() => {
    if (isNamed && name) keepNames(tabId, { [id]: name.slice(0, 300) });
  }, [tabId, id, name, isNamed]);
  return (
    <div className={styles.view}>
      <article
        className={styles.object}
        aria-label={t('row.panel', { singular: singularOf(t, resource.id) })}
        data-region="main"
        tabIndex={-1}
      >
        <ObjectHead shown={shown} level="h1" onClose={null}>
          <IconButton
            label={t('row.showList', { list: titleOf(t, list) })}
            onClick={() => openQuery({ profile: profile.id, resource: list, filters: {} }, id)}
          >
            <IconList size={16} />
          </IconButton>
          <ViewIconButton of={commandOf('link')} />
          <ViewIconButton of={commandOf('refresh')} loading={isFetching} />
        </ObjectHead>
        {/* Titles within a section are of the third order, as below the panel's name. */}
        <VisuallyHidden component="h2">{t('row.sections')}</VisuallyHidden>
        <ObjectBody shown={shown} />
      </article>
      <StatusBar profile={profile} front={front} readAt={dataUpdatedAt || null}>
        <UnlockChip profile={profile} />
      </StatusBar>
    </div>
  );
};
