import { isComplete } from '../../shared/complete.ts';
import { DeskError } from '../../shared/errors.ts';
import { pageSize } from '../../shared/limits.ts';
import { momentText, type Query, reachOf, windowOf } from '../../shared/query.ts';
import { type Row, rowIdOf, valueAt } from '../../shared/row.ts';
import { withoutTime } from '../rows/by-place.ts';
import { countRows } from '../rows/listing.ts';
import type { Batch } from './batch.ts';
import type { Seen } from './id-set.ts';
import { type HarvestOptions, seenBefore } from './options.ts';
import { Reader } from './reader.ts';
import { type HarvestReport, nothingRead } from './report.ts';
import type { HarvestState } from './state.ts';
import { timeReport } from './time-report.ts';
import { walkWindows } from './windows.ts';

/**
 * Time before the last row of logs from which on they are read again, ms: servers write side by side, and a log may come
 * later than one that is younger.
 */
export const overlapMs = 60_000;

/** Lists below a row are short, and servers differ in whether those can be cut. */
export const isCutByTime = ({ resource: { pin, filters, parent } }: Reader) =>
  pin !== undefined && parent === undefined && filters.some(({ kind }) => kind === 'time');

/** The id of the filter by which the list is cut. */
export const timeFilterOf = ({ resource }: Reader): string =>
  resource.filters.find(({ kind }) => kind === 'time')?.id ?? '';

/** A count that a busy server does not give leaves the total unknown; a cancelled one ends the harvest. */
export const orUnknown = (error: unknown): null => {
  if (error instanceof DeskError && error.code === 'cancelled') throw error;
  return null;
};

/** The query for the rows of a time, both ends inclusive, unix ms, null when open. */
export const withinTime = (query: Query, { from, to }: ReturnType<typeof windowOf>): Query => {
  const bare = withoutTime(query);
  const time = [from, to].map((moment) => (moment === null ? '' : momentText(moment)));
  return from === null && to === null ? bare : { ...bare, filters: { ...bare.filters, time } };
};

/** The same view with its time in moments: what counts back from now would move on while it is read. */
const timed = (query: Query, now: number): Query => withinTime(query, windowOf(query, now));

/**
 * Logs of a server that knows no bounds of time: read by pages, held at the newest row of now, so that those which come
 * meanwhile shift nothing. Its pages end where the view's time does (`places.ts`). Null when there is no row.
 */
export const heldByPlace = async (reader: Reader, options: HarvestOptions) => {
  const { session, clock, signal } = options;
  const query = timed(options.query, clock());
  const top = options.until === undefined ? await reader.page({ page: 1, size: 1, query }) : null;
  // Rows that are counted are there, though none came.
  const until = options.until ?? top?.until ?? (top?.total ? clock() : null);
  if (until === null) return null;
  return { reader: new Reader(session, query, clock, signal, until), options: { ...options, query, until } };
};

/** Sizes of pages: one of them leaves the last page of a list room for a row more. */
const roomySizes = [2, 3, 5, 7, 11, 13, 17, 19];

/** The oldest row of so many, as a page holds it that must have room left behind it: whether it has. */
const oldestOf = async (reader: Reader, rows: number, until: number) => {
  const size = roomySizes.find((one) => rows % one !== 0) ?? 1;
  const place = (rows - 1) % size;
  const page = await reader.page({ page: Math.floor((rows - 1) / size) + 1, size, until });
  return { oldest: page.rows[place], isLast: page.rows.length <= place + 1 };
};

/** The time that a view covers, held at a moment, and how many rows the server counts in it; null when there is none. */
const timeSpanOf = async (
  reader: Reader,
  until: number | undefined,
  now: number,
  count: (to: number) => Promise<number | null>,
) => {
  const top = await reader.page({ page: 1, size: 1, ...(until === undefined ? {} : { until }) });
  // Rows that are counted are there, though none came.
  const to = until ?? top.until ?? (top.total ? now : null);
  if (to === null) return null;
  const asked = windowOf(reader.query, to, to);
  let before = top.capped || top.total === null ? await count(to) : top.total;
  let last = before ? await oldestOf(reader, before, to) : null;
  if (last?.isLast === false) {
    // A row came late, or a count is none.
    before = await count(to);
    last = before ? await oldestOf(reader, before, to) : null;
    if (last?.isLast === false) before = null;
  }
  const oldest =
    before === null ? Number.NaN : Number(valueAt(last?.oldest, reader.resource.pin?.column ?? ''));
  const from = asked.from ?? (Number.isFinite(oldest) ? oldest : 0);
  return { from, to, end: asked.to ?? to, before };
};

/**
 * Leaves out rows that came before. Rows come newest first, and a row's time stays the same: only those of the oldest
 * moment yet can come again, so that no others are remembered. `earlier`: what another harvest handed out, down to the
 * moment `reached`, unix ms; freed when it has served.
 */
const unmetByTime = (
  idOf: (row: Row) => string,
  timeOf: (row: Row | undefined) => number,
  earlier: Seen,
  reached: number,
) => {
  let known: Seen | null = earlier;
  let moment = reached;
  let ofMoment = new Set<string>();
  return (rows: readonly Row[]): Row[] => {
    const met = new Set(ofMoment);
    const fresh = rows.filter((row) => {
      const id = idOf(row);
      if (met.has(id) || known?.isIn(id, 1)) return false;
      met.add(id);
      return true;
    });
    const last = timeOf(rows.at(-1));
    if (last < moment) {
      known?.free();
      known = null;
      ofMoment = new Set();
      moment = last;
    }
    for (const row of rows) if (timeOf(row) === moment) ofMoment.add(idOf(row));
    return fresh;
  };
};

/** Time of the oldest of so many rows, unix ms; NaN where nobody knows. */
export const oldestTime = async (reader: Reader, rows: number, to: number): Promise<number> => {
  const { oldest } = rows > 0 ? await oldestOf(reader, rows, to) : { oldest: undefined };
  return Number(valueAt(oldest, reader.resource.pin?.column ?? ''));
};

/** What was met of a list: each row's time, unix ms, and how many rows, all newer than `reached`, another harvest met before. */
type Met = { times: readonly number[]; earlier: number; reached: number };

/**
 * How many of the rows that were met are among those that the server counts now, where the oldest went meanwhile: rows
 * that were read before they went stand in for none that lack. `unproven`: so many of those that are left may lack, as only
 * rows of before are left, whose times nobody knows any more.
 */
const keptOf = async (
  reader: Reader,
  { times, earlier, reached }: Met,
  { before, expected, to }: { before: number; expected: number; to: number },
): Promise<{ kept: number; unproven: number }> => {
  const first = await oldestTime(reader, expected, to);
  // Where nobody knows which ones went, all of them had been met.
  if (!Number.isFinite(first)) return { kept: earlier + times.length - (before - expected), unproven: 0 };
  const kept = earlier + times.filter((time) => time >= first).length;
  return { kept, unproven: first > reached ? Math.min(expected, before - earlier) : 0 };
};

/** Logs: every time window is complete by itself, and the sum is held against the server's count. */
export async function* readByTime(
  { resource }: Reader,
  { session, query: viewed, clock, signal, until, onTotal, resumed, onLack }: HarvestOptions,
): AsyncGenerator<Batch, HarvestReport> {
  const known = resumed?.state.kind === 'time' ? resumed.state : null;
  const query = known ? withinTime(viewed, { from: known.from, to: known.end }) : timed(viewed, clock());
  const reader = new Reader(session, query, clock, signal);
  const reach = reachOf(await session.capabilities.timeBounds(resource));
  const how = { priority: 'background' as const, signal };
  const count = (to: number) => countRows(session, query, to, clock, how).catch(orUnknown);
  const span = known ?? (await timeSpanOf(reader, until, clock(), count));
  // Nothing there is zero; what nobody counts is unknown, not zero.
  onTotal?.(span === null ? 0 : span.before);
  if (span === null || span.from > span.end) return nothingRead;
  const { from, to, end, before } = span;
  const walking = new Reader(session, withoutTime(query), clock, signal);
  let reached = known?.reached ?? end;
  const timeOf = (row: Row | undefined) => Number(valueAt(row, resource.pin?.column ?? ''));
  const idOf = (row: Row) => rowIdOf(resource, row);
  const earlier = await seenBefore(resumed, 'time');
  let met = earlier.size;
  const unmet = unmetByTime(idOf, timeOf, earlier, reached);
  /** Eight bytes a row. */
  const times: number[] = [];
  const meeting: Met = { times, earlier: met, reached };
  let repeated = 0;
  const checkpoint = (): HarvestState => ({ kind: 'time', from, to, end, before, reached });
  const left = Math.max(pageSize, (before ?? pageSize) - met);
  const whole = { from, to: end };
  const open = { from: whole.from, to: Math.min(reached, end) };
  for await (const rows of walkWindows(walking, { span: open, whole, reach }, left)) {
    const fresh = unmet(rows);
    met += fresh.length;
    for (const row of fresh) times.push(timeOf(row));
    repeated += rows.length - fresh.length;
    reached = timeOf(rows.at(-1));
    if (walking.unreadable.length + walking.crowded.length > 0) onLack?.();
    if (fresh.length > 0) yield { rows: fresh, checkpoint };
  }
  // Removed while it was read (retention), or come late: then the count of now is what can be expected.
  const expected = before !== null && met !== before ? ((await count(to)) ?? before) : before;
  const isLess = before !== null && expected !== null && expected < before;
  const { kept, unproven } = isLess
    ? await keptOf(reader, meeting, { before, expected, to })
    : { kept: met, unproven: 0 };
  const { unreadable: sightings, crowded } = walking;
  const filter = timeFilterOf(reader);
  const report = timeReport({
    met,
    kept,
    unproven,
    repeated,
    before,
    expected,
    sightings,
    crowded,
    filter,
    span: { from, to },
  });
  // What lacks can be asked for again, though no row came.
  if (!isComplete(report)) yield { rows: [], checkpoint };
  return report;
}
