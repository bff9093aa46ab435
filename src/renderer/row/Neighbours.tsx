import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Neighbourhood, type Resource, resourceOf } from '../../shared/catalog';
import { failuresQuery, hasFailedOtherwise } from '../../shared/failures';
import { pageSize } from '../../shared/limits';
import type { Condition } from '../../shared/local';
import { neighbourTitle } from '../../shared/phrases/catalog-words';
import type { Query } from '../../shared/query';
import { type Row, rowIdOf, valueAt } from '../../shared/row';
import { anyText } from '../../shared/shown';
import { IconButton } from '../common/IconButton';
import { useRegionName } from '../common/view-side';
import { api } from '../link/api';
import type { ListSource } from '../rows/source';
import { useSourceState } from '../rows/source-state';
import { openQuery } from '../state/workspace';
import styles from './Neighbours.module.css';

type Found = { newer: string | null; older: string | null };
type Props = {
  query: Query;
  resource: Resource;
  row: Row;
  source: ListSource;
  onOpen: (id: string) => void;
  /** Narrows the view to rows with a value. */
  onNarrow: (condition: Condition) => void;
};

/** Ids next to a row among rows in the order newest first. */
const beside = (resource: Resource, rows: readonly Row[], id: string): Found => {
  const ids = rows.map((row) => rowIdOf(resource, row));
  const at = ids.indexOf(id);
  return at < 0 ? { newer: null, older: null } : { newer: ids[at - 1] ?? null, older: ids[at + 1] ?? null };
};

/** The neighbours that the API finds: those up to this row, and, from the far end, those since. */
const askNeighbours = async (
  { profile }: Query,
  resource: Resource,
  { filter, value }: { filter: string; value: string },
  row: Row,
): Promise<Found> => {
  const at = anyText(valueAt(row, resource.pin?.column ?? ''));
  const id = rowIdOf(resource, row);
  const page = (time: string[], index: number) =>
    api.list.page.query({
      query: { profile, resource: resource.id, filters: { [filter]: [value], time } },
      index,
    });
  const newest = await page([at, ''], 0);
  const lastPage = Math.max(0, Math.ceil((newest.total ?? 0) / pageSize) - 1);
  const [since, upTo] = await Promise.all([
    lastPage === 0 || newest.capped ? newest : page([at, ''], lastPage),
    page(['', at], 0),
  ]);
  const older = upTo.rows.map((one) => rowIdOf(resource, one));
  return {
    newer: newest.capped ? null : beside(resource, since.rows, id).newer,
    older: older[older.indexOf(id) + 1] ?? null,
  };
};

const Steps = ({ kin, query, resource, row, source, onOpen, onNarrow }: Props & { kin: Neighbourhood }) => {
  const { t } = useTranslation();
  const value = valueAt(row, kin.column);
  const id = rowIdOf(resource, row);
  const { filter } = kin;
  // Which rows are beside it among those that are here.
  useSourceState(source);
  const asked = useQuery({
    queryKey: ['neighbours', query.profile, resource.id, kin.column, id],
    queryFn: () => askNeighbours(query, resource, { filter: filter ?? '', value: anyText(value) }, row),
    enabled: filter !== undefined,
  });
  const found: Found = filter
    ? (asked.data ?? { newer: null, older: null })
    : beside(
        resource,
        source.all().filter((other) => valueAt(other, kin.column) === value),
        id,
      );
  const what = neighbourTitle(t, resource.id, kin.column);
  const isAny = hasFailedOtherwise(row);
  const failed = failuresQuery(query.profile, resource, kin, anyText(value), isAny);
  const failedLabel = t(isAny ? 'row.failuresAll' : 'row.failures', { what });
  const step = (way: 'newer' | 'older') => {
    const target = found[way];
    const label = t(`row.${way}`, { what });
    return (
      <IconButton
        label={label}
        data-hint={filter ? label : t('row.amongLoaded', { what: label })}
        size={20}
        disabled={target === null}
        onClick={() => target && onOpen(target)}
      >
        {way === 'newer' ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
      </IconButton>
    );
  };
  return (
    <span className={styles.kin} title={filter ? undefined : t('row.stepsLoaded')}>
      {what}
      {step('newer')}
      {step('older')}
      {!filter && (
        <IconButton
          label={t('row.narrow', { what })}
          size={20}
          onClick={() => onNarrow({ column: kin.column, mode: 'is', value: anyText(value) })}
        >
          <IconFilter size={13} />
        </IconButton>
      )}
      {failed && (
        <Button
          data-hint={failedLabel}
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={failedLabel}
          onClick={() => openQuery(failed)}
        >
          {t('row.failuresWord')}
        </Button>
      )}
    </span>
  );
};

/** Ways to the next newer and older row with the same value: of the same user, session or IP address. */
export const Neighbours = (props: Props) => {
  const { t } = useTranslation();
  const regionName = useRegionName();
  const kinds = (resourceOf(props.resource.id).adjacent ?? []).filter(({ column }) =>
    valueAt(props.row, column),
  );
  if (kinds.length === 0) return null;
  return (
    <nav className={styles.bar} aria-label={regionName(t('row.neighbours'))}>
      <span className={styles.title}>{t('row.neighbours')}</span>
      {kinds.map((kin) => (
        <Steps key={kin.column} kin={kin} {...props} />
      ))}
    </nav>
  );
};
