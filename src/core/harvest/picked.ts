import { mostAtOnce, pageSize } from '../../shared/limits.ts';
import { type Row, rowIdOf } from '../../shared/row.ts';
import { type Batch, passing } from './batch.ts';
import { inOrder } from './ordered-concurrency.ts';
import type { Reader } from './reader.ts';
import { type HarvestReport, nothingRead, type Picked } from './report.ts';

/**
 * The rows that a user picked: first from the pages that showed them, then, for those that moved meanwhile, from all
 * others, until none is left. Throws `DeskError`.
 */
export async function* readPicked(
  reader: Reader,
  picked: readonly Picked[],
  until: number | undefined,
): AsyncGenerator<Batch, HarvestReport> {
  const wanted = new Set(picked.map(({ id }) => id));
  const count = wanted.size;
  const isAll = reader.resource.paging === 'never';
  const size = isAll ? mostAtOnce : pageSize;
  const ask = (index: number) =>
    reader.page({ page: index + 1, size, ...(until === undefined ? {} : { until }) });
  const take = (rows: readonly Row[]) => rows.filter((row) => wanted.delete(rowIdOf(reader.resource, row)));

  const shown = [...new Set(picked.map(({ index }) => Math.floor(index / size)))].sort((a, b) => a - b);
  const reads = shown.map(
    (index) =>
      async function* () {
        yield await ask(index);
      },
  );
  for await (const { rows } of inOrder(reads, () => reader.atOnce, 8, reader.signal)) {
    const found = take(rows);
    if (found.length > 0) yield passing(found);
  }
  for (let index = 0; wanted.size > 0; index += 1) {
    const { rows } = await ask(index);
    const found = take(rows);
    if (found.length > 0) yield passing(found);
    if (rows.length < pageSize || isAll) break;
  }
  return {
    ...nothingRead,
    rows: count - wanted.size,
    before: count,
    expected: count,
    missing: wanted.size,
    added: null,
    removed: null,
  };
}
