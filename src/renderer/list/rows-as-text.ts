import type { Column } from '../../shared/catalog';
import type { Row } from '../../shared/row';
import { textOf } from '../common/values';

/** Signs that a sheet takes for a formula's beginning, in full width, too; a number is none. */
const isFormula = (text: string) => /^\s*[=+\-@＝＋－＠]/.test(text) && !/^\s*[+-]?[\d.,]+$/.test(text);

/** A cell of a sheet as pasted text: one that would run is text, one with breaks or tabs in it is quoted. */
const cellOf = (text: string): string => {
  const plain = isFormula(text) ? `'${text}` : text;
  return /[\t\r\n"]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** A column, and what it is called. */
export type Titled = { column: Column; title: string };

/** Rows as tab-separated text with a line of headings, which pastes into a sheet. */
export const tsvOf = (columns: readonly Titled[], rows: readonly Row[]): string =>
  [
    columns.map(({ title }) => cellOf(title)),
    ...rows.map((row) => columns.map(({ column }) => cellOf(textOf(column, row)))),
  ]
    .map((cells) => cells.join('\t'))
    .join('\n');

/** The values of a column, a line each, those that are empty left out. */
export const listOf = (column: Column, rows: readonly Row[]): string =>
  rows
    .map((row) => textOf(column, row).replace(/[\r\n]+/g, ' '))
    .filter(Boolean)
    .join('\n');

/** One row as JSON, or several as an array of them. */
export const jsonOf = (rows: readonly Row[]): string =>
  JSON.stringify(rows.length === 1 ? rows[0] : rows, null, 2);
