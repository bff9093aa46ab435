import { isComplete } from '../../shared/complete.ts';
import { withReturn } from '../base/with-return.ts';
import type { Batch } from './batch.ts';
import { drift, unmoved } from './drift.ts';
import type { Seen } from './id-set.ts';
import type { HarvestOptions } from './options.ts';
import { isOrdered, pass } from './page-pass.ts';
import type { Reader } from './reader.ts';
import { mend } from './recover.ts';
import { type HarvestReport, lacksOf, nothingRead } from './report.ts';
import type { HarvestState, PassState } from './state.ts';
import { lacksAt, surely } from './unreadable.ts';

/** Passes over a list from which rows are removed while it is read; after that the report says what is not proved. */
const mostPasses = 4;

/**
 * Any other list: passes over its pages, each mended, until one is proved or the effort is spent. A list whose length the
 * server does not say is read by all other means, too, and stays unproved.
 */
export async function* readByPages(
  reader: Reader,
  seen: Seen,
  { onTotal, until, resumed, complete = true }: HarvestOptions,
): AsyncGenerator<Batch, HarvestReport> {
  const known = resumed?.state.kind === 'pages' ? resumed.state : null;
  const ordered = isOrdered(reader.resource);
  // What was running when an earlier harvest broke off starts anew, as another pass; only the first one continues.
  const start = known && !known.first ? 2 : 1;
  let mended = 0;
  let anonymous = known?.anonymous ?? 0;
  let opening = known?.opening ?? null;
  let added: number | null = 0;
  let removed: number | null = 0;
  let first: (() => PassState) | null = null;
  const checkpoint = (): HarvestState => ({ kind: 'pages', opening, anonymous, first: first?.() ?? null });
  if (start > 1) onTotal?.(opening);
  for (let number = start; ; number += 1) {
    const passed = withReturn(
      pass(reader, seen, number, {
        backwards: number % 2 === 0,
        ...(until === undefined ? {} : { until }),
        ...(onTotal && number === 1 ? { onTotal } : {}),
        ...(known?.first && number === 1 ? { from: known.first } : {}),
      }),
    );
    for await (const { rows, state } of passed) {
      if (number === 1) first = state;
      yield { rows, checkpoint };
    }
    const read = passed.returned;
    if (number === 1) {
      opening = read.before;
      anonymous = read.met - seen.size;
    }
    first = null;
    const moved = read.atOnce ? unmoved(read.before) : await drift(reader, read);
    added = added === null || moved.added === null ? null : added + moved.added;
    removed = removed === null || moved.removed === null ? null : removed + moved.removed;
    // Rows that arrived meanwhile do not belong to this pass.
    const late = moved.fresh.filter((id) => seen.isIn(id, number)).length;
    let met = read.met - late;
    const still = moved.removed === 0;
    // Without an order nobody knows which rows are the new ones: all that are there now have to be met.
    const grown = !ordered && still && (moved.added ?? 0) > 0;
    const expected = grown ? moved.total : read.before;
    const failed = surely(read.unreadable);
    const isLacking = expected === null || (still && met + failed < expected);
    if (complete && isLacking && !read.atOnce) {
      const mending = withReturn(
        mend({
          reader,
          seen,
          pass: number,
          expected: expected === null ? null : expected - failed,
          met,
          newest: read.newest,
          doubtful: read.doubtful,
          cut: read.cut ?? [],
        }),
      );
      for await (const rows of mending) yield { rows, checkpoint };
      met += mending.returned;
      mended += mending.returned;
    }
    // More rows than there ever were: whatever the server says, it does not count them.
    const belied = expected !== null && still && met > Math.max(expected, moved.total ?? 0);
    const proves = expected !== null && still && !(grown && met + failed < expected);
    const lacking = proves ? Math.max(0, expected - met) : 0;
    const places = read.unreadable.length;
    // What other pages failed on is the same, in another place.
    const sighted = places === 0 ? Math.min(1, reader.unreadable.length) : places;
    const unreadable = proves ? Math.min(lacking, sighted) : sighted;
    const missing = lacking - unreadable;
    const uncounted = expected === null || belied ? 1 : 0;
    const isLast = proves || expected === null || !complete || number === start + mostPasses - 1;
    if (!isLast) continue;
    // Each removed row may have let one slip from a page not yet read to one that was.
    const unproven = proves || expected === null ? 0 : Math.max(1, moved.removed ?? added ?? 1);
    const report = {
      ...nothingRead,
      rows: seen.size + anonymous,
      repeated: seen.repeated,
      before: opening,
      expected: moved.total,
      mended,
      missing,
      added,
      removed,
      unproven,
      unreadable,
      uncounted,
      lacks: [...lacksAt(read.unreadable, unreadable, ordered), ...lacksOf({ missing, unproven, uncounted })],
    };
    // What lacks can be asked for again, though no row came.
    if (!isComplete(report)) yield { rows: [], checkpoint };
    return report;
  }
}
