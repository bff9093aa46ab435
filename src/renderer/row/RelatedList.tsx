import { Anchor, Button, Loader, UnstyledButton } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { pageResourceOf, type Related, type Resource, resourceOf } from '../../shared/catalog';
import type { Query } from '../../shared/query';
import { type Row, rowIdOf, rowLabelOf } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { api, errorOf } from '../api';
import { openQuery } from '../app/workspace';
import { ErrorNotice } from '../errors/ErrorNotice';
import { number } from '../i18n';
import { textOf, Value } from '../list/values';
import { Fields } from './Fields';
import styles from './RelatedList.module.css';

/** The query of a list that hangs below a row; below a row that itself hangs below another, both ids are needed. */
const relatedQuery = (from: Query, { resource, filter }: Related, id: string): Query => {
  const { profile } = from;
  if (filter) return { profile, resource, filters: { [filter]: [id] } };
  const below = resourceOf(resource).parent?.resource === from.resource && from.parent;
  return { profile, resource, parent: below ? `${from.parent}/${id}` : id, filters: {} };
};

/** Two columns beside the name that say most about a row in little room. */
const sideColumns = (resource: Resource) =>
  resource.columns
    .filter(({ id, hidden, kind }) => !hidden && kind !== 'id' && !resource.labels.includes(id))
    .slice(0, 2);

const RelatedRow = ({ profile, resource, row }: { profile: string; resource: Resource; row: Row }) => {
  const { t } = useTranslation();
  const page = pageResourceOf(resource);
  const name = shownText(rowLabelOf(resource, row), 200);
  const rest = sideColumns(resource);
  const open = () => openQuery({ profile, resource: page.id, filters: {} }, rowIdOf(resource, row));
  return (
    <li className={styles.row}>
      {page.itemPath ? (
        <UnstyledButton className={styles.name} aria-label={t('row.openRow', { name })} onClick={open}>
          <Anchor component="span" fz="inherit">
            {name}
          </Anchor>
        </UnstyledButton>
      ) : (
        <span className={styles.name}>{name}</span>
      )}
      {rest.map((column) => (
        <span key={column.id} className={styles.side} title={shownText(textOf(column, row), 500)}>
          <Value column={column} row={row} />
        </span>
      ))}
    </li>
  );
};

/** The first rows of a list below a row, and the way to all of them. */
export const RelatedList = ({ from, related, id }: { from: Query; related: Related; id: string }) => {
  const { t } = useTranslation();
  const resource = resourceOf(related.resource);
  const query = relatedQuery(from, related, id);
  const { profile } = from;
  const page = useQuery({
    queryKey: ['related', query],
    queryFn: ({ signal }) => api.list.page.query({ query, index: 0 }, { signal }),
  });
  if (page.isPending) return <Loader size="xs" m="md" aria-label={t('app.loading')} />;
  if (page.error) {
    return (
      <div className={styles.error}>
        <ErrorNotice compact error={errorOf(page.error)} onRetry={() => void page.refetch()} />
      </div>
    );
  }
  const { rows, total, capped } = page.data;
  const [only] = rows;
  if (resource.single && only) return <Fields profile={profile} columns={resource.columns} row={only} />;
  const all = total === null ? number(rows.length) : capped ? `${number(total - 1)}+` : number(total);
  return (
    <div className={styles.list}>
      <div className={styles.head}>
        <span>
          {rows.length === 0
            ? t('row.nothing')
            : t('row.showing', { shown: number(rows.length), total: all })}
        </span>
        {rows.length > 0 && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconTable size={12} />}
            onClick={() => openQuery(query)}
          >
            {t('row.openList')}
          </Button>
        )}
      </div>
      <ul className={styles.rows}>
        {rows.map((row, at) => (
          <RelatedRow key={rowIdOf(resource, row) || at} profile={profile} resource={resource} row={row} />
        ))}
      </ul>
    </div>
  );
};
