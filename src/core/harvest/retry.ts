import { pageSize } from '../../shared/limits.ts';
import { reachOf } from '../../shared/query.ts';
import { type Row, rowIdOf, type Unreadable, unreadableOf } from '../../shared/row.ts';
import { withoutTime } from '../rows/by-place.ts';
import { countRows } from '../rows/listing.ts';
import { oldestTime, orUnknown, timeFilterOf, withinTime } from './by-time.ts';
import type { Seen } from './id-set.ts';
import { type HarvestOptions, seenBefore } from './options.ts';
import { isOrdered } from './page-pass.ts';
import { Reader } from './reader.ts';
import type { HarvestReport } from './report.ts';
import type { HarvestState } from './state.ts';
import { timeReport } from './time-report.ts';
import { lacksAt } from './unreadable.ts';
import { walkWindows } from './windows.ts';

type Of<Kind extends HarvestState['kind']> = Extract<HarvestState, { kind: Kind }>;

/**
 * How many of the rows that a report counts went since with the oldest of the list: all of those that went but such as it
 * lacked.
 */
const removedSince = async (reader: Reader, report: HarvestReport, expected: number | null, to: number) => {
  const removed = Math.max(0, (report.expected ?? 0) - (expected ?? report.expected ?? 0));
  if (removed === 0 || expected === null) return 0;
  const first = await oldestTime(reader, expected, to);
  const lacked = report.lacks.filter(({ time }) => (time?.to ?? Number.NaN) < first);
  return Math.max(0, removed - lacked.reduce((sum, { rows }) => sum + (rows ?? 0), 0));
};

/** Reads the spans of time again of which a report lacks rows. Throws `DeskError`. */
export async function* readSpansAgain(
  reader: Reader,
  report: HarvestReport,
  state: Of<'time'>,
  { session, query, clock, signal, resumed }: HarvestOptions,
): AsyncGenerator<Row[], HarvestReport> {
  const { lacks, before } = report;
  const { from, to, end } = state;
  const seen = await seenBefore(resumed && { state, ids: resumed.ids }, 'time');
  const walking = new Reader(session, withoutTime(query), clock, signal);
  const reach = reachOf(await session.capabilities.timeBounds(reader.resource));
  const whole = { from, to: end };
  try {
    for (const { time } of lacks) {
      const span = { from: Math.max(from, time?.from ?? from), to: Math.min(end, time?.to ?? end) };
      for await (const rows of walkWindows(walking, { span, whole, reach }, pageSize)) {
        const fresh = rows.filter((row) => seen.note(rowIdOf(reader.resource, row), 2) === 'new');
        if (fresh.length > 0) yield fresh;
      }
    }
    const how = { priority: 'background' as const, signal };
    const expected = await countRows(session, withinTime(query, whole), to, clock, how).catch(orUnknown);
    const { unreadable: sightings, crowded } = walking;
    const filter = timeFilterOf(reader);
    const span = { from, to };
    const kept = seen.size - (await removedSince(reader, report, expected, to));
    return timeReport({
      met: seen.size,
      kept,
      repeated: 0,
      before,
      expected,
      sightings,
      crowded,
      filter,
      span,
    });
  } finally {
    seen.free();
  }
}

/**
 * Reads the places again at which the server failed on rows. Null where that does not settle it: other rows lack, too, or
 * the list has changed since, so that it has to be read as a whole. Throws `DeskError`.
 */
export async function* readPlacesAgain(
  reader: Reader,
  seen: Seen,
  report: HarvestReport,
  { anonymous }: Of<'pages'>,
): AsyncGenerator<Row[], HarvestReport | null> {
  const places = report.lacks.flatMap(({ kind, place }) =>
    kind === 'unreadable' && place !== undefined ? [place] : [],
  );
  const isAll = places.length === report.lacks.length && places.length === report.unreadable;
  if (!isAll || report.expected === null) return null;
  const { total } = await reader.page({ page: 1, size: 1 });
  if (total !== report.expected) return null;
  const pages = [...new Set(places.map((place) => Math.floor(place / pageSize) + 1))];
  const left: Unreadable[] = [];
  for (const page of pages) {
    const { rows } = await reader.page({ page, size: pageSize });
    left.push(...rows.flatMap((row) => unreadableOf(row) ?? []));
    const fresh = rows.filter(
      (row) => unreadableOf(row) === null && seen.note(rowIdOf(reader.resource, row), 2) === 'new',
    );
    if (fresh.length > 0) yield fresh;
  }
  const rows = seen.size + anonymous;
  if (total - rows !== left.length) return null;
  const lacks = lacksAt(left, left.length, isOrdered(reader.resource));
  return { ...report, rows, unreadable: left.length, lacks };
}
