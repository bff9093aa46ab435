import { z } from 'zod';
import type { Column } from '../../shared/catalog/index.ts';
import { type Count, countKey, fits, inCountOrder, timeBuckets } from '../../shared/local.ts';
import { queryResource } from '../../shared/query.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import { wellFormed } from '../../shared/text.ts';
import type { ExportAsked, Source } from './export.ts';

/** What rows are counted by: a column, moments by their hour, day or month (UTC). */
export const countsSchema = z.object({
  column: wellFormed.min(1).max(128),
  bucket: z.enum(timeBuckets).nullable(),
});
export type CountsAsked = z.infer<typeof countsSchema>;

/** Rows that are handed out at a time. */
const batchRows = 1_000;

const countRow = ({ value, count }: Count): Row => ({ value, count });

/** The columns of counts. */
export const countColumns = (
  { query }: Pick<ExportAsked, 'query'>,
  { column }: CountsAsked,
): readonly Column[] => {
  const known = queryResource(query).columns.find(({ id }) => id === column);
  return [
    { id: 'value', title: known?.title ?? column, kind: 'text' },
    { id: 'count', title: 'Rows', kind: 'number' },
  ];
};

/**
 * A source whose rows are how many rows of another one, those that fit the query's conditions, have each value. All of
 * them are read: the counts are as complete as the report of the reading says.
 */
export const countedSource = (source: Source, { column, bucket }: CountsAsked): Source => ({
  profile: source.profile,
  async *read({ track: _, ...options }) {
    const counts = new Map<string | null, number>();
    const where = options.query.where ?? [];
    const batches = source.read(options);
    let step = await batches.next();
    for (; !step.done; step = await batches.next())
      for (const row of step.value) {
        if (!fits(where, row)) continue;
        const key = countKey(valueAt(row, column), bucket);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    const found = inCountOrder(
      [...counts].map(([value, count]) => ({ value, count })),
      bucket,
    );
    for (let at = 0; at < found.length; at += batchRows) yield found.slice(at, at + batchRows).map(countRow);
    return step.value;
  },
});
