import type { TFunction } from 'i18next';
import type { ExportFormat } from '../../shared/export-formats';

/** Rows that the operator picked, or those of a view: how many it has (as text), how many of them match (null: not known). */
type Rows =
  | { picked: number }
  | { total: string | null; matching: number | null; isPart: boolean; isFiltered: boolean };

type Content = {
  rows: Rows;
  /** Columns that are visible and asked for; null: all fields. */
  columns: number | null;
  /** Names stand beside the ids of other rows. */
  isNamed: boolean;
  /** What each user's row is joined with, in words. */
  joined: readonly string[];
  format: ExportFormat;
  /** IANA name of the zone that times are shown in. */
  zone: string;
};

const rowsInWords = (t: TFunction, rows: Rows): string => {
  if ('picked' in rows) return t('exports.containsRows.picked', { count: rows.picked });
  const { total, matching, isPart, isFiltered } = rows;
  if (isFiltered && matching !== null) return t('exports.containsRows.matching', { count: matching });
  // Nobody said how many there are.
  if (total === null) return t(`exports.containsRows.${isFiltered ? 'matchingUncounted' : 'uncounted'}`);
  if (isFiltered) return t('exports.containsRows.matchingOf', { total });
  return t(`exports.containsRows.${isPart ? 'copied' : 'all'}`, { total });
};

/** How a file of a format has times (`core/export`). */
const timesInWords = (t: TFunction, format: ExportFormat, zone: string): string => {
  if (format === 'csv' || format === 'xlsx') return t('exports.containsTimes.zone', { zone });
  return t(`exports.containsTimes.${format === 'parquet' ? 'utc' : 'asSent'}`);
};

/** What an export's file will contain, in one sentence. */
export const contentInWords = (
  t: TFunction,
  { rows, columns, isNamed, joined, format, zone }: Content,
): string => {
  const fields =
    columns === null
      ? t('exports.containsColumns.all')
      : t('exports.containsColumns.visible', { count: columns });
  const own = isNamed ? t('exports.containsNames', { columns: fields }) : fields;
  return t('exports.contains', {
    rows: rowsInWords(t, rows),
    columns:
      joined.length === 0
        ? own
        : t('exports.containsJoined', { columns: own, joined: joined.join(t('exports.joinedAnd')) }),
    format: t(`exports.${format}`),
    times: timesInWords(t, format, zone),
  });
};
