import { ActionIcon, Button, Tabs, Tooltip } from '@mantine/core';
import { IconCopy, IconFileText, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pageResourceOf, type Related, resourceOf } from '../../shared/catalog';
import type { Condition } from '../../shared/local';
import { relatedTitle, singularOf } from '../../shared/phrases/catalog-words';
import type { Query } from '../../shared/query';
import { type Row, rowIdOf, rowLabelOf, valueAt } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { History } from '../changes/History';
import { RowChanges } from '../changes/RowChanges';
import { useChangesState } from '../changes/state';
import { useCopy } from '../common/clipboard';
import { ErrorNotice } from '../common/ErrorNotice';
import { errorOf } from '../link/api';
import { useJoining } from '../rows/joins';
import type { ListSource } from '../rows/source';
import { askDossier } from '../state/dialogs';
import { rowQuery } from '../state/row-query';
import { noteRecent } from '../state/workspace';
import { Fields } from './Fields';
import { Json } from './Json';
import { Neighbours } from './Neighbours';
import { Picture } from './Picture';
import { RelatedList } from './RelatedList';
import styles from './RowPanel.module.css';

/** A related list's own name in the panel. */
const tabOf = ({ resource, filter = '' }: Related) => `${resource}/${filter}`;

type Props = {
  query: Query;
  id: string;
  source: ListSource;
  onOpen: (id: string) => void;
  onNarrow: (condition: Condition) => void;
  onClose: () => void;
};

/** One row: its readable fields, what hangs below it, and its JSON. */
export const RowPanel = ({ query, id, source, onOpen, onNarrow, onClose }: Props) => {
  const { t } = useTranslation();
  const listed = resourceOf(query.resource);
  const resource = pageResourceOf(listed);
  // The row as the grid already has it, so that the panel has something to show at once.
  const idCopy = useCopy();
  const canChange = useChangesState(query.profile)?.access === 'read-write';
  const [known] = useState(() => source.find((row) => rowIdOf(listed, row) === id));
  const detail = useQuery({
    ...rowQuery(query.profile, resource.id, id),
    enabled: resource.itemPath !== undefined,
    ...(known ? { placeholderData: known } : {}),
  });
  // What only the list carries (counts, roles in an organization) stays beside what only the page carries.
  const row: Row | undefined = detail.data ? { ...known, ...detail.data } : known;
  // What happens by the thousand is looked at once.
  const name = row && !resource.pin ? rowLabelOf(resource, row) : null;
  useEffect(() => {
    if (name !== null) noteRecent({ profile: query.profile, resource: resource.id, id, name });
  }, [query.profile, resource.id, id, name]);
  const error = detail.error ? errorOf(detail.error) : null;

  useEffect(() => {
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('[role="dialog"]'))
        onClose();
    };
    window.addEventListener('keydown', closeOnEscape);
    return () => window.removeEventListener('keydown', closeOnEscape);
  }, [onClose]);

  // Of what is being asked, nothing is said yet.
  const isJoining = useJoining(known);
  const columns = (listed.id === resource.id ? resource.columns : listed.columns).filter(
    ({ joins }) => !(isJoining && joins),
  );
  // What hangs below this row here (roles in this organization) comes before what hangs below it anywhere.
  const related = [
    ...new Map([...listed.related, ...resource.related].map((one) => [tabOf(one), one])).values(),
  ];
  const pictured = columns.find(({ kind }) => kind === 'picture');
  const picture = row && pictured ? valueAt(row, pictured.id) : null;
  return (
    <aside
      className={styles.panel}
      aria-label={t('row.panel', { singular: singularOf(t, resource.id) })}
      data-region="panel"
      tabIndex={-1}
    >
      <header className={styles.head}>
        {typeof picture === 'string' && picture !== '' && row && (
          <Picture profile={query.profile} address={picture} name={rowLabelOf(resource, row)} />
        )}
        <div className={styles.titles}>
          <small>{singularOf(t, resource.id)}</small>
          <h2 className={styles.title}>{shownText(row ? rowLabelOf(resource, row) : id, 300)}</h2>
          <button
            type="button"
            className={styles.id}
            onClick={() => void idCopy.copy(id, false)}
            aria-label={t('row.copyId')}
          >
            {idCopy.copied ? t('common.copied') : id}
            <IconCopy size={11} />
          </button>
        </div>
        {resource.id === 'users' && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconFileText size={12} />}
            onClick={() => askDossier(query.profile, { id, name: row ? rowLabelOf(resource, row) : id })}
          >
            {t('dossier.button')}
          </Button>
        )}
        <Tooltip label={t('row.close')}>
          <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label={t('row.close')}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </header>
      {error && error.code === 'http.not_found' && <p className={styles.gone}>{t('row.gone')}</p>}
      {error && error.code !== 'http.not_found' && (
        <div className={styles.error}>
          <ErrorNotice
            compact
            error={error}
            onRetry={() => void detail.refetch()}
            profileId={query.profile}
          />
        </div>
      )}
      {row && (
        <Neighbours
          query={query}
          resource={resource}
          row={row}
          source={source}
          onOpen={onOpen}
          onNarrow={onNarrow}
        />
      )}
      {row && (
        <RowChanges
          profile={query.profile}
          listed={listed}
          parent={query.parent}
          page={resource}
          id={id}
          row={row}
          isWhole={resource.itemPath === undefined || (detail.isSuccess && !detail.isPlaceholderData)}
        >
          <Tabs
            defaultValue="fields"
            keepMounted={false}
            className={styles.tabs}
            classNames={{ panel: styles.body, tab: styles.tab }}
          >
            <Tabs.List>
              <Tabs.Tab value="fields">{t('row.fields')}</Tabs.Tab>
              {related.map((one) => (
                <Tabs.Tab key={tabOf(one)} value={tabOf(one)}>
                  {relatedTitle(t, resource.id, one)}
                </Tabs.Tab>
              ))}
              <Tabs.Tab value="json">{t('row.json')}</Tabs.Tab>
              {canChange && <Tabs.Tab value="history">{t('changing.history')}</Tabs.Tab>}
            </Tabs.List>
            <Tabs.Panel value="fields" tabIndex={0}>
              <Fields profile={query.profile} list={resource.id} columns={columns} row={row} />
            </Tabs.Panel>
            {related.map((one) => (
              <Tabs.Panel key={tabOf(one)} value={tabOf(one)} tabIndex={0}>
                <RelatedList
                  from={query}
                  related={one}
                  id={one.value ? String(valueAt(row, one.value)) : id}
                />
              </Tabs.Panel>
            ))}
            <Tabs.Panel value="json">
              <Json resource={listed} row={row} />
            </Tabs.Panel>
            <Tabs.Panel value="history" tabIndex={0}>
              <History profile={query.profile} resource={resource.id} id={id} />
            </Tabs.Panel>
          </Tabs>
        </RowChanges>
      )}
    </aside>
  );
};
