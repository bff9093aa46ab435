import { Anchor, Button, Loader, UnstyledButton } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Carrier } from '../../core/router';
import { type Column, pageResourceOf, type Related, type Resource, resourceOf } from '../../shared/catalog';
import { eventInWords } from '../../shared/event-words';
import type { Query } from '../../shared/query';
import { type Row, rowIdOf, rowLabelOf, valueAt } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { ErrorNotice } from '../common/ErrorNotice';
import { useName } from '../common/names';
import { isTime, textOf, Value } from '../common/values';
import { number } from '../i18n';
import { api, errorOf } from '../link/api';
import { openQuery } from '../state/workspace';
import { Fields, RowLink } from './Fields';
import styles from './RelatedList.module.css';

/** The query of a list that hangs below a row; below a row that itself hangs below another, both ids are needed. */
const relatedQuery = (from: Query, { resource, filter }: Related, id: string): Query => {
  const { profile } = from;
  if (filter) return { profile, resource, filters: { [filter]: [id] } };
  const below = resourceOf(resource).parent?.resource === from.resource && from.parent;
  return { profile, resource, parent: below ? `${from.parent}/${id}` : id, filters: {} };
};

/** The column that names a row, where it is a column. */
const labelColumn = (resource: Resource, row: Row): Column | undefined => {
  const id = resource.labels.find((path) => valueAt(row, path));
  return resource.columns.find((column) => column.id === id);
};

/** Two columns beside the name that say most about a row in little room. */
const sideColumns = (resource: Resource) =>
  resource.columns
    .filter(
      ({ id, hidden, kind, ref }) =>
        !hidden && (kind !== 'id' || ref) && !resource.labels.includes(id) && id !== resource.groupBy,
    )
    .slice(0, 2);

/** A side column's value; an id of another row is its name, and leads there. */
const Side = ({ profile, column, row }: { profile: string; column: Column; row: Row }) => {
  const value = valueAt(row, column.id);
  return column.ref && typeof value === 'string' && value !== '' ? (
    <RowLink profile={profile} resource={column.ref} id={value} />
  ) : (
    <Value column={column} row={row} />
  );
};

type RowProps = { profile: string; resource: Resource; row: Row; carriers: readonly Carrier[] | undefined };

const RelatedRow = ({ profile, resource, row, carriers }: RowProps) => {
  const { t } = useTranslation();
  const page = pageResourceOf(resource);
  const label = labelColumn(resource, row);
  const referred = label?.ref ? String(valueAt(row, label.id)) : '';
  const known = useName(profile, label?.ref, referred);
  const text = known ?? rowLabelOf(resource, row);
  const name = shownText(label?.kind === 'event' ? eventInWords(text) : text, 200);
  const rest = sideColumns(resource);
  const open = () => openQuery({ profile, resource: page.id, filters: {} }, rowIdOf(resource, row));
  return (
    <li className={styles.row}>
      {page.itemPath ? (
        <UnstyledButton
          className={styles.name}
          title={shownText(text, 500)}
          aria-label={t('row.openRow', { name })}
          onClick={open}
        >
          <Anchor component="span" fz="inherit">
            {name}
          </Anchor>
        </UnstyledButton>
      ) : (
        <span className={styles.name}>
          {label?.ref ? <RowLink profile={profile} resource={label.ref} id={referred} /> : name}
        </span>
      )}
      {rest.map((column) => (
        <span
          key={column.id}
          className={styles.side}
          data-time={isTime(column) || undefined}
          title={shownText(textOf(column, row), 500)}
        >
          <Side profile={profile} column={column} row={row} />
        </span>
      ))}
      {carriers && (
        <span className={styles.carriers}>
          {carriers.length === 0
            ? t('row.noCarriers')
            : carriers.map((role) => (
                <RowLink key={role.id} profile={profile} resource="roles" id={role.id} />
              ))}
        </span>
      )}
    </li>
  );
};

const groupOf = ({ groupBy }: Resource, row: Row): string => {
  const value = groupBy ? valueAt(row, groupBy) : '';
  return typeof value === 'string' ? value : '';
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
  // It costs a request a role, so it is asked for by hand.
  const carriers = useQuery({
    queryKey: ['carriers', profile],
    queryFn: ({ signal }) => api.list.carriers.query({ profile }, { signal }),
    enabled: false,
  });
  if (page.isPending) return <Loader size="xs" m="md" aria-label={t('app.loading')} />;
  if (page.error) {
    return (
      <div className={styles.error}>
        <ErrorNotice compact error={errorOf(page.error)} onRetry={() => void page.refetch()} />
      </div>
    );
  }
  const { rows, total, capped, mirror } = page.data;
  // What happens to be on this computer says nothing of what else there is.
  const partly = mirror !== undefined && !mirror.whole;
  const [only] = rows;
  if (resource.single && only)
    return <Fields profile={profile} list={resource.id} columns={resource.columns} row={only} />;
  const all = total === null ? number(rows.length) : capped ? `${number(total - 1)}+` : number(total);
  return (
    <div className={styles.list}>
      <div className={styles.head}>
        <span>
          {rows.length === 0
            ? t(partly ? 'row.nothingCopied' : 'row.nothing')
            : t(partly ? 'row.showingCopied' : 'row.showing', { shown: number(rows.length), total: all })}
        </span>
        {rows.length > 0 && resource.carried && !carriers.data && (
          <Button
            size="compact-xs"
            variant="default"
            loading={carriers.isFetching}
            onClick={() => void carriers.refetch()}
          >
            {t('row.carriers')}
          </Button>
        )}
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
      {[...Map.groupBy(rows, (row) => groupOf(resource, row))].map(([group, members]) => (
        <section key={group} aria-label={group || undefined}>
          {group && <h3 className={styles.group}>{shownText(group, 200)}</h3>}
          <ul className={styles.rows}>
            {members.map((row, at) => (
              <RelatedRow
                key={rowIdOf(resource, row) || at}
                profile={profile}
                resource={resource}
                row={row}
                carriers={carriers.data && (carriers.data[rowIdOf(resource, row)] ?? [])}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
};
