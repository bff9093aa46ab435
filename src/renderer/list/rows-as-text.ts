import type { Column } from '../../shared/catalog';
import { type Row, valueAt } from '../../shared/row';
import { textOf } from '../common/values';
import { phrases } from '../i18n';

/** Signs that a sheet takes for a formula's beginning, in full width, too; a number is none. */
const isFormula = (text: string) => /^\s*[=+\-@＝＋－＠]/.test(text) && !/^\s*[+-]?[\d.,]+$/.test(text);

/** A cell of a sheet as pasted text: one that would run is text, one with breaks or tabs in it is quoted. */
const cellOf = (text: string): string => {
  const plain = isFormula(text) ? `'${text}` : text;
  return /[\t\r\n"]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** A column, and what it is called. */
export type Titled = { column: Column; title: string };

/** What the row of a list that an id names is called; null where that is not known. */
type NameOf = (list: string, id: string) => string | null;

/** A column of a sheet: its heading, and what stands in each row. */
type Sheeted = { title: string; textIn: (row: Row) => string };

/** A column as it is shown: ids by what they name, as far as that is known, and then the ids in a column of their own. */
const sheeted = ({ column, title }: Titled, rows: readonly Row[], nameOf: NameOf): Sheeted[] => {
  const textIn = (row: Row) => textOf(column, row);
  const nameIn = (row: Row) => {
    const id = valueAt(row, column.id);
    return column.ref && typeof id === 'string' && id !== '' ? nameOf(column.ref, id) : null;
  };
  if (!rows.some((row) => nameIn(row))) return [{ title, textIn }];
  const idTitle = phrases.t('gridMenu.idOf', { column: title });
  return [
    { title, textIn: (row) => nameIn(row) ?? textIn(row) },
    { title: idTitle, textIn },
  ];
};

/** Rows as tab-separated text with a line of headings, which pastes into a sheet. */
export const tsvOf = (
  columns: readonly Titled[],
  rows: readonly Row[],
  nameOf: NameOf = () => null,
): string => {
  const sheet = columns.flatMap((one) => sheeted(one, rows, nameOf));
  return [
    sheet.map(({ title }) => cellOf(title)),
    ...rows.map((row) => sheet.map(({ textIn }) => cellOf(textIn(row)))),
  ]
    .map((cells) => cells.join('\t'))
    .join('\n');
};

/** The values of a column, a line each, those that are empty left out. */
export const listOf = (column: Column, rows: readonly Row[]): string =>
  rows
    .map((row) => textOf(column, row).replace(/[\r\n]+/g, ' '))
    .filter(Boolean)
    .join('\n');

/** One row as JSON, or several as an array of them. */
export const jsonOf = (rows: readonly Row[]): string =>
  JSON.stringify(rows.length === 1 ? rows[0] : rows, null, 2);
