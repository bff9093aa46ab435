import type { Column } from '../../shared/catalog/index.ts';
import { type Count, countKey, countsOf } from '../../shared/local.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import type { CountsAsked } from '../rows/counts-asked.ts';

/** The columns of counts. */
export const countColumns: readonly Column[] = [
  { id: 'value', kind: 'text' },
  { id: 'count', kind: 'number' },
];

/** What a spool keeps of a row that is counted: no more than what it is counted under. */
export const countedRow = (row: Row, { column, bucket, zone }: CountsAsked): Row => ({
  value: countKey(valueAt(row, column), bucket, zone),
});

/** The counts of such rows, most first, or in the order of time. */
export const countsOfCounted = (rows: Iterable<Row>, { bucket }: CountsAsked): Count[] =>
  countsOf(rows, { column: 'value', bucket });
