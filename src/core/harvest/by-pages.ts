import type { Row } from '../../shared/row.ts';
import { rowIdOf, valueAt } from '../../shared/row.ts';
import { pageSize } from '../listing.ts';
import { mend } from './mend.ts';
import type { HarvestOptions } from './options.ts';
import { type PassResult, pass } from './passes.ts';
import type { Reader } from './reader.ts';
import type { HarvestReport } from './report.ts';
import type { Seen } from './seen.ts';
import type { PassState } from './state.ts';

/** Passes over a list from which rows are removed while it is read; after that the report says what is not proved. */
const mostPasses = 4;

type Drift = { added: number | null; removed: number | null; total: number | null; fresh: string[] };

/**
 * How many rows came to the top of a list, and how many went, since it had `before` rows, the newest of which was made
 * at `newest`. Null where that cannot be told: no totals, or more new rows than a page.
 */
const drift = async (reader: Reader, { before, newest }: PassResult): Promise<Drift> => {
  const now = await reader.page({ page: 1, size: pageSize });
  const total = now.capped ? null : now.total;
  const late = newest === null ? [] : now.rows.filter((row) => Number(valueAt(row, 'createdAt')) > newest);
  const fresh = late.map((row) => rowIdOf(reader.resource, row));
  if (before === null || total === null || late.length === pageSize)
    return { added: null, removed: null, total, fresh };
  const added = newest === null ? Math.max(0, total - before) : late.length;
  return { added, removed: Math.max(0, before + added - total), total, fresh };
};

/** What `drift` tells of a list that came in one answer: there was no time for any. */
const unmoved = (total: number | null): Drift => ({ added: 0, removed: 0, total, fresh: [] });

/** Any other list: passes over its pages, each mended, until one is proved or the effort is spent. */
export async function* readByPages(
  reader: Reader,
  seen: Seen,
  { onTotal, until, resumed, track, complete = true }: HarvestOptions,
): AsyncGenerator<Row[], HarvestReport> {
  const known = resumed?.state.kind === 'pages' ? resumed.state : null;
  // What was running when an earlier harvest broke off begins anew, as another pass; the first one alone goes on.
  const start = known && !known.first ? 2 : 1;
  let mended = 0;
  let anonymous = known?.anonymous ?? 0;
  let opening = known?.opening ?? null;
  let added: number | null = 0;
  let removed: number | null = 0;
  if (start > 1) onTotal?.(opening);
  for (let number = start; ; number += 1) {
    let first: (() => PassState) | null = null;
    track?.(() => ({ kind: 'pages', opening, anonymous, first: first?.() ?? null }));
    const read = yield* pass(reader, seen, number, {
      backwards: number % 2 === 0,
      ...(until === undefined ? {} : { until }),
      ...(onTotal && number === 1 ? { onTotal } : {}),
      ...(known?.first && number === 1 ? { from: known.first } : {}),
      ...(number === 1 ? { track: (state) => (first = state) } : {}),
    });
    if (number === 1) {
      opening = read.before;
      anonymous = read.met - seen.size;
    }
    first = null;
    const moved = read.atOnce ? unmoved(read.before) : await drift(reader, read);
    added = added === null || moved.added === null ? null : added + moved.added;
    removed = removed === null || moved.removed === null ? null : removed + moved.removed;
    // Rows that came meanwhile are no rows of this pass.
    const late = moved.fresh.filter((id) => seen.isIn(id, number)).length;
    let met = read.met - late;
    const still = moved.removed === 0;
    if (complete && still && read.before !== null && met < read.before) {
      const gained = yield* mend({
        reader,
        seen,
        pass: number,
        expected: read.before,
        met,
        newest: read.newest,
        doubtful: read.doubtful,
      });
      met += gained;
      mended += gained;
    }
    const expected = read.before;
    const missing = still && expected !== null ? Math.max(0, expected - met) : 0;
    const report: HarvestReport = {
      rows: seen.size + anonymous,
      repeated: seen.repeated,
      before: opening,
      expected: moved.total,
      mended,
      missing,
      added,
      removed,
      unproven: 0,
    };
    if (expected === null || still) return report;
    // Each removed row may have let one slip from a page not yet read to one that was.
    if (!complete || number === start + mostPasses - 1)
      return { ...report, unproven: moved.removed ?? added ?? 1 };
  }
}
