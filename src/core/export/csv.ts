import { stringify } from 'csv-stringify/sync';
import type { Column } from '../../shared/catalog/index.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import { isoIn, type Zone } from '../../shared/zone.ts';

/** A lone CR or LF has to be quoted too (RFC 4180 2.6). */
const lineBreak = /[\r\n]/;

/** A value as a cell's text: times in ISO 8601 with the zone's offset, objects and arrays as JSON, null as nothing. */
export const cellOf = (column: Pick<Column, 'id' | 'kind'>, row: Row, zone: Zone = 'utc'): string => {
  const value = valueAt(row, column.id);
  if (value === null || value === undefined) return '';
  if (
    (column.kind === 'time' || column.kind === 'seconds') &&
    typeof value === 'number' &&
    Number.isFinite(value)
  ) {
    return isoIn(column.kind === 'time' ? value : value * 1000, zone) ?? String(value);
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/**
 * Rows as CSV records (RFC 4180: CRLF, quotes doubled). Cells that a spreadsheet would run as a formula get a `'` in front.
 */
export const csvOf = (columns: readonly Column[], rows: readonly Row[], zone: Zone = 'utc'): string =>
  stringify(
    rows.map((row) => columns.map((column) => cellOf(column, row, zone))),
    { record_delimiter: 'windows', escape_formulas: true, quoted_match: lineBreak },
  );

/** The first record, with the columns' ids: the names that the API and NDJSON use. `bom` lets Excel read it as UTF-8. */
export const csvHeader = (columns: readonly Column[], bom: boolean): string =>
  stringify([columns.map(({ id }) => id)], { record_delimiter: 'windows', escape_formulas: true, bom });
