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

/** Signs that a formula begins with (OWASP, CSV injection), also in full width. */
const formulaSign = '[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]';
/** What a program may leave out before them: spaces, control characters, and what is not seen. */
const passedOver = '[\\s\\0-\\x1f\\x7f\u00AD\u200B-\u200F\u2060\uFEFF]*';
const formula = new RegExp(`^(?:[\\t\\r]|${passedOver}${formulaSign})`);
/**
 * Where a spreadsheet parts cells by semicolons or tabs, what stands behind one, or behind a line's end, begins a cell, also
 * after quotes: no formula may.
 */
const laterFormula = new RegExp(`(?<=[;\\t\\r\\n](?:"|${passedOver.slice(0, -1)})*)${formulaSign}`, 'g');
/** Text that Excel would take for a number or a date: phones, ids of digits, `1E5`, `3-4`. */
const digits = /^[+-]?\d[\d\s.,:/+-]*(?:e[+-]?\d+)?$/i;
/** Characters of a text in a formula at most (Excel's limits). */
const longestInFormula = 255;

export type CsvOptions = {
  zone?: Zone | undefined;
  /** Text of digits in the form that Excel keeps as text, `="0821"`: other programs read that as it stands. */
  excelText?: boolean | undefined;
};

/** Text in which nothing is run, whatever a spreadsheet parts cells by. */
export const withoutFormulas = (text: string): string => {
  const later = text.replace(laterFormula, "'$&");
  return formula.test(later) ? `'${later}` : later;
};

/** Only text is kept from being run: numbers are numbers. */
const csvCell = (column: Column, row: Row, { zone, excelText }: CsvOptions): string => {
  const text = cellOf(column, row, zone);
  const value = valueAt(row, column.id);
  if (typeof value === 'number' || typeof value === 'boolean') return text;
  if (excelText && digits.test(text) && text.length <= longestInFormula) return `="${text}"`;
  return withoutFormulas(text);
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
  stringify([columns.map(({ id }) => withoutFormulas(id))], {
    record_delimiter: 'windows',
    quoted_match: lineBreak,
    bom,
  });
