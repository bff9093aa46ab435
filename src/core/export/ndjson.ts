import type { Column } from '../../shared/catalog/index.ts';
import { type Row, valueAt } from '../../shared/row.ts';

/** Rows as lines of JSON: whole, or with the chosen columns by their ids. */
export const ndjsonOf = (columns: readonly Column[] | null, rows: readonly Row[]): string =>
  rows
    .map((row) => {
      const value = columns
        ? Object.fromEntries(columns.map(({ id }) => [id, valueAt(row, id) ?? null]))
        : row;
      return `${JSON.stringify(value)}\n`;
    })
    .join('');
