import { Anchor, Button, Skeleton, UnstyledButton } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Carrier } from '../../core/router';
import { type Column, pageResourceOf, type Related, type Resource, resourceOf } from '../../shared/catalog';
import { columnTitle, purposeOf, singularOf } from '../../shared/phrases/catalog-words';
import { eventInWords } from '../../shared/phrases/event-words';
import type { Query } from '../../shared/query';
import { isoMoment, isSet } from '../../shared/readable-value';
import { type Row, rowIdOf, rowLabelOf, valueAt } from '../../shared/row';
import { anyText, shownText } from '../../shared/shown';
import { useName } from '../common/names';
import { isTime, textOf, titleWithZone, Value } from '../common/values';
import { useRegionName } from '../common/view-side';
import { number } from '../i18n';
import { api, errorOf } from '../link/api';
import { openQuery } from '../state/workspace';
import { AsOf } from './AsOf';
import { Fields } from './Fields';
import { Moment, RowLink } from './FieldValue';
import { PartError } from './PartError';
import styles from './RelatedList.module.css';
import { relatedPage, relatedQuery } from './related';

/** The column that names a row, where it is a column. */
const labelColumn = (resource: Resource, row: Row): Column | undefined => {
  const id = resource.labels.find((path) => valueAt(row, path));
  return resource.columns.find((column) => column.id === id);
};

/** Columns beside the name that say most about a row in little room; where there is only a little, the first two. */
const sideColumns = (resource: Resource) =>
  resource.columns
    .filter(
      ({ id, hidden, kind, ref }) =>
        !hidden && (kind !== 'id' || ref) && !resource.labels.includes(id) && id !== resource.groupBy,
    )
    .slice(0, 4);

/** A side column's value; an id of another row is its name, and leads there. */
const Side = ({ profile, column, row }: { profile: string; column: Column; row: Row }) => {
  const value = valueAt(row, column.id);
  if (column.ref && typeof value === 'string' && value !== '')
    return <RowLink profile={profile} resource={column.ref} id={value} />;
  if (typeof value === 'number' && isTime(column))
    return <Moment ms={column.kind === 'seconds' ? value * 1_000 : value} raw={value} zoneAbove />;
  const iso = typeof value === 'string' ? isoMoment(value) : null;
  if (iso !== null) return <Moment ms={iso} raw={String(value)} />;
  return <Value column={column} row={row} />;
};

type RowProps = {
  profile: string;
  resource: Resource;
  row: Row;
  sides: readonly Column[];
  carriers: readonly Carrier[] | undefined;
};

const RelatedRow = ({ profile, resource, row, sides, carriers }: RowProps) => {
  const { t } = useTranslation();
  const page = pageResourceOf(resource);
  const label = labelColumn(resource, row);
  const referred = label?.ref ? anyText(valueAt(row, label.id)) : '';
  const known = useName(profile, label?.ref, referred);
  const text = known ?? rowLabelOf(resource, row);
  const name = shownText(label?.kind === 'event' ? eventInWords(t, text) : text, 200);
  const open = () => openQuery({ profile, resource: page.id, filters: {} }, rowIdOf(resource, row));
  return (
    <>
      <tr>
        <th scope="row">
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
        </th>
        {sides.map((column) => (
          <td
            key={column.id}
            data-time={isTime(column) || undefined}
            data-short={column.kind === 'outcome' || undefined}
            title={isTime(column) ? undefined : shownText(textOf(column, row), 500)}
          >
            <Side profile={profile} column={column} row={row} />
          </td>
        ))}
      </tr>
      {carriers && (
        <tr className={styles.carried}>
          <td colSpan={sides.length + 1}>
            <span className={styles.carriers}>
              {carriers.length === 0
                ? t('row.noCarriers')
                : carriers.map((role) => (
                    <RowLink key={role.id} profile={profile} resource="roles" id={role.id} />
                  ))}
            </span>
          </td>
        </tr>
      )}
    </>
  );
};

const groupOf = ({ groupBy }: Resource, row: Row): string => {
  const value = groupBy ? valueAt(row, groupBy) : '';
  return typeof value === 'string' ? value : '';
};

/** The first rows of a list below a row, and the way to all of them. */
export const RelatedList = ({ from, related, id }: { from: Query; related: Related; id: string }) => {
  const { t } = useTranslation();
  const regionName = useRegionName();
  const resource = resourceOf(related.resource);
  const query = relatedQuery(from, related, id);
  const { profile } = from;
  const page = useQuery(relatedPage(query));
  // It costs a request a role, so it is asked for by hand.
  const carriers = useQuery({
    queryKey: ['carriers', profile],
    queryFn: ({ signal }) => api.list.carriers.query({ profile }, { signal }),
    enabled: false,
  });
  if (page.isPending)
    return (
      <div className={styles.list} role="status" aria-label={t('app.loading')}>
        {[80, 65, 72].map((width) => (
          <Skeleton key={width} height={12} width={`${width}%`} my="2xs" />
        ))}
      </div>
    );
  if (page.error) {
    return (
      <div className={styles.error}>
        <PartError error={errorOf(page.error)} onRetry={() => void page.refetch()} />
      </div>
    );
  }
  const { rows, total, capped, mirror } = page.data;
  // What happens to be on this computer says nothing of what else there is.
  const partly = mirror !== undefined && !mirror.whole;
  const [only] = rows;
  if (resource.singleton && only)
    return <Fields profile={profile} list={resource.id} columns={resource.columns} row={only} />;
  // What no row of this answer has would only take room from what they have.
  const sides = sideColumns(resource).filter(({ id }) => rows.some((row) => isSet(valueAt(row, id))));
  const [label] = resource.labels.flatMap((id) => resource.columns.find((column) => column.id === id) ?? []);
  const nameTitle = label ? columnTitle(t, resource.id, label.id) : singularOf(t, resource.id);
  const purpose = purposeOf(t, resource.id);
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
      {rows.length === 0 && !partly && purpose && (
        <p className={styles.purpose}>
          {purpose.is} {purpose.next}
        </p>
      )}
      {[...Map.groupBy(rows, (row) => groupOf(resource, row))].map(([group, members]) => (
        <section key={group} aria-label={group ? regionName(group) : undefined}>
          {group && <h3 className={styles.group}>{shownText(group, 200)}</h3>}
          <table className={styles.rows}>
            <thead>
              <tr>
                <th scope="col">{nameTitle}</th>
                {sides.map((column) => (
                  <th key={column.id} scope="col">
                    {titleWithZone(resource, column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {members.map((row, at) => (
                <RelatedRow
                  key={rowIdOf(resource, row) || at}
                  profile={profile}
                  resource={resource}
                  row={row}
                  sides={sides}
                  carriers={carriers.data && (carriers.data[rowIdOf(resource, row)] ?? [])}
                />
              ))}
            </tbody>
          </table>
        </section>
      ))}
      {mirror === undefined && <AsOf at={page.dataUpdatedAt} isUpdating={page.isFetching} />}
    </div>
  );
};
