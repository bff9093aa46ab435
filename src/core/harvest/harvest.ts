import type { Row } from '../../shared/row.ts';
import { readByPages } from './by-pages.ts';
import { isCutByTime, readByTime } from './by-time.ts';
import { type HarvestOptions, seenBefore } from './options.ts';
import { readPicked } from './picked.ts';
import { Reader } from './reader.ts';
import type { HarvestReport } from './report.ts';
import { readPlacesAgain, readSpansAgain } from './retry.ts';
import type { Seen } from './seen.ts';

/**
 * Every row of a list, each id once, so that it is complete or says what is missing: logs by windows of time, any other
 * list by pages that are held against the server's count and mended. Resumed where rows lacked, those alone are asked for
 * again. The return value is the report. Throws `DeskError`, `cancelled` when the signal is aborted.
 */
export async function* harvest(options: HarvestOptions): AsyncGenerator<Row[], HarvestReport> {
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
    if (again) options.track?.(() => again);
    if (isCutByTime(reader))
      return again?.state.kind === 'time'
        ? yield* readSpansAgain(reader, again.report, again.state, held)
        : yield* readByTime(reader, held);
    const left = resumed && { state: again?.state ?? resumed.state, ids: resumed.ids };
    seen = await seenBefore(left, 'pages');
    if (again?.state.kind === 'pages') {
      const found = yield* readPlacesAgain(reader, seen, again.report, again.state);
      if (found) return found;
    }
    return yield* readByPages(reader, seen, { ...held, ...(left ? { resumed: left } : {}) });
  } finally {
    own.abort();
    seen?.free();
  }
}
