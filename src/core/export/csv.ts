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

/** Text that a spreadsheet would run as a formula, by how it begins (OWASP, CSV injection), also in full width. */
const formula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
/** Text that Excel would take for a number or a date: phones, ids of digits, `1E5`, `3-4`. */
const digits = /^[+-]?\d[\d\s.,:/+-]*(?:e[+-]?\d+)?$/i;
/** Characters of a text in a formula at most (Excel's limits). */
const longestInFormula = 255;

export type CsvOptions = {
  zone?: Zone | undefined;
  /** Text of digits in the form that Excel keeps as text, `="0821"`: other programs read that as it stands. */
  excelText?: boolean | undefined;
};

/** Where a spreadsheet parts cells by semicolons or tabs, what stands behind one begins a cell: no formula may. */
const laterFormula = /([;\t][ ]*)(?=[=+@-])/g;

/** Only text is kept from being run: numbers are numbers. */
const csvCell = (column: Column, row: Row, { zone, excelText }: CsvOptions): string => {
  const text = cellOf(column, row, zone).replace(laterFormula, "$1'");
  if (typeof valueAt(row, column.id) !== 'string') return text;
  if (excelText && digits.test(text) && text.length <= longestInFormula) return `="${text}"`;
  return formula.test(text) ? `'${text}` : text;
};

/**
 * Rows as CSV records (RFC 4180: CRLF, quotes doubled). Text that a spreadsheet would run as a formula gets a `'` in front.
 */
export const csvOf = (columns: readonly Column[], rows: readonly Row[], options: CsvOptions = {}): string =>
  stringify(
    rows.map((row) => columns.map((column) => csvCell(column, row, options))),
    { record_delimiter: 'windows', quoted_match: lineBreak },
  );

/** The first record, with the columns' ids: the names that the API and NDJSON use. `bom` lets Excel read it as UTF-8. */
export const csvHeader = (columns: readonly Column[], bom: boolean): string =>
  stringify([columns.map(({ id }) => id)], { record_delimiter: 'windows', escape_formulas: true, bom });
