import { withReturn } from '../base/with-return.ts';
import { type Batch, lastOnes } from './batch.ts';
import { readByPages } from './by-pages.ts';
import { heldByPlace, isCutByTime, readByTime } from './by-time.ts';
import type { Seen } from './id-set.ts';
import { type HarvestOptions, seenBefore } from './options.ts';
import { readPicked } from './picked.ts';
import { Reader } from './reader.ts';
import { type HarvestReport, nothingRead } from './report.ts';
import { readPlacesAgain, readSpansAgain } from './retry.ts';

/**
 * Every row of a list, each id once, so that it is complete or says what is missing: logs by windows of time where the
 * server knows those, any other list by pages that are held against the server's count and mended. Resumed where rows
 * lacked, those alone are asked for again. The return value is the report. Throws `DeskError`, `cancelled` when the signal
 * is aborted.
 */
export const harvest = (options: HarvestOptions): AsyncGenerator<Batch, HarvestReport> =>
  lastOnes(readAll(options));

async function* readAll(options: HarvestOptions): AsyncGenerator<Batch, HarvestReport> {
  const own = new AbortController();
  const signal = AbortSignal.any([options.signal, own.signal]);
  const reader = new Reader(options.session, options.query, options.clock, signal);
  const held = { ...options, signal };
  let seen: Seen | null = null;
  try {
    if (options.picked) {
      options.onTotal?.(new Set(options.picked.map(({ id }) => id)).size);
      return yield* readPicked(reader, options.picked, options.until);
    }
    const { resumed } = options;
    const again = resumed?.state.kind === 'lacking' ? resumed.state : null;
    const checkpoint = () => again;
    const bounds = isCutByTime(reader)
      ? await options.session.capabilities.timeBounds(reader.resource)
      : null;
    if (bounds !== null && bounds !== 'ignored') {
      if (again?.state.kind !== 'time') return yield* readByTime(reader, held);
      const spans = withReturn(readSpansAgain(reader, again.report, again.state, held));
      for await (const rows of spans) yield { rows, checkpoint };
      yield { rows: [], checkpoint };
      return spans.returned;
    }
    const left = resumed && { state: again?.state ?? resumed.state, ids: resumed.ids };
    seen = await seenBefore(left, 'pages');
    const placed = bounds === null ? { reader, options: held } : await heldByPlace(reader, held);
    if (placed === null) return nothingRead;
    if (again?.state.kind === 'pages') {
      const places = withReturn(readPlacesAgain(placed.reader, seen, again.report, again.state));
      for await (const rows of places) yield { rows, checkpoint };
      yield { rows: [], checkpoint };
      if (places.returned) return places.returned;
    }
    return yield* readByPages(placed.reader, seen, { ...placed.options, ...(left ? { resumed: left } : {}) });
  } finally {
    own.abort();
    seen?.free();
  }
}
