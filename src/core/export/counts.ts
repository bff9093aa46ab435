import { setImmediate } from 'node:timers/promises';
import type { Column } from '../../shared/catalog/index.ts';
import { type Count, countKey, countsOf } from '../../shared/local.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import type { CountsAsked } from '../rows/counts-asked.ts';
import type { Names } from '../rows/names.ts';
import { linesOf } from './read-lines.ts';

/** The columns of counts; `named`: with what the rows are called whose ids they are counted under. */
export const countColumns = (named: boolean): Column[] => [
  { id: 'value', kind: 'text' },
  ...(named ? [{ id: 'name', kind: 'text' } as const] : []),
  { id: 'count', kind: 'number' },
];

/** What rows are called by their ids, of the values that they are counted under; null: that is not asked for. */
export type CountNames = Names | null;

/** Counts as they are written; the name is null where nobody tells it. */
export const namedCounts = (counts: readonly Count[], names: CountNames): Row[] =>
  names === null
    ? [...counts]
    : counts.map(({ value, count }) => ({
        value,
        name: value === null ? null : (names[value] ?? null),
        count,
      }));

/** Lines after which others get their turn. */
const linesAtOnce = 20_000;

/** The values that a spool's rows are counted under, each once. */
export const valuesIn = async (spool: number): Promise<string[]> => {
  const values = new Set<string>();
  let lines = 0;
  for (const line of linesOf(spool)) {
    const { value } = JSON.parse(line) as Row;
    if (typeof value === 'string') values.add(value);
    lines += 1;
    if (lines % linesAtOnce === 0) await setImmediate();
  }
  return [...values];
};

/** What a spool keeps of a row that is counted: no more than what it is counted under. */
export const countedRow = (row: Row, { column, bucket, zone }: CountsAsked): Row => ({
  value: countKey(valueAt(row, column), bucket, zone),
});

/** The counts of such rows, most first, or in the order of time. */
export const countsOfCounted = (rows: Iterable<Row>, { bucket }: CountsAsked, names: CountNames): Row[] =>
  namedCounts(countsOf(rows, { column: 'value', bucket }), names);
