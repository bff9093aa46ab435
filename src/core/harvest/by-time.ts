import { DeskError } from '../../shared/errors.ts';
import { type Query, timeBounds } from '../../shared/query.ts';
import { type Row, rowIdOf, valueAt } from '../../shared/row.ts';
import { countRows, pageSize } from '../listing.ts';
import { type HarvestOptions, seenBefore } from './options.ts';
import { Reader } from './reader.ts';
import { type HarvestReport, nothingRead } from './report.ts';
import type { Seen } from './seen.ts';
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

/** The query for any time. */
export const withoutTime = (query: Query): Query => {
  const { time: _, ...filters } = query.filters;
  return { ...query, filters };
};

/** A count that a busy server does not give leaves the total unknown; a cancelled one ends the harvest. */
export const orUnknown = (error: unknown): null => {
  if (error instanceof DeskError && error.code === 'cancelled') throw error;
  return null;
};

/** The time that a view covers, held at a moment, and how many rows the server counts in it; null when there is none. */
const timeSpanOf = async (
  reader: Reader,
  query: Query,
  until: number | undefined,
  clock: () => number,
  count: (to: number) => Promise<number | null>,
) => {
  const top = await reader.page({ page: 1, size: 1, ...(until === undefined ? {} : { until }) });
  const to = until ?? top.until;
  if (to === null) return null;
  const asked = timeBounds(query.filters.time ?? [], clock(), query.zone);
  const before = top.capped || top.total === null ? await count(to) : top.total;
  const last = before === null ? null : await reader.page({ page: Math.max(1, before), size: 1, until: to });
  const oldest = Number(valueAt(last?.rows[0], reader.resource.pin?.column ?? ''));
  const from = asked.from ?? (Number.isFinite(oldest) ? oldest : 0);
  // As `toParams` holds a list at a moment.
  return { from, to, end: asked.to === null ? to + 1 : Math.min(to + 1, asked.to), before };
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

/** Logs: every time window is complete by itself, and the sum is held against the server's count. */
export async function* readByTime(
  reader: Reader,
  { session, query, clock, signal, until, onTotal, resumed, track }: HarvestOptions,
): AsyncGenerator<Row[], HarvestReport> {
  const { resource } = reader;
  const how = { priority: 'background' as const, signal };
  const count = (to: number) => countRows(session, query, to, clock, how).catch(orUnknown);
  const known = resumed?.state.kind === 'time' ? resumed.state : null;
  const span = known ?? (await timeSpanOf(reader, query, until, clock, count));
  onTotal?.(span?.before ?? 0);
  if (span === null) return nothingRead;
  const { from, to, end, before } = span;
  const walking = new Reader(session, withoutTime(query), clock, signal);
  let reached = known?.reached ?? end;
  const timeOf = (row: Row | undefined) => Number(valueAt(row, resource.pin?.column ?? ''));
  const idOf = (row: Row) => rowIdOf(resource, row);
  const earlier = await seenBefore(resumed, 'time');
  let met = earlier.size;
  const unmet = unmetByTime(idOf, timeOf, earlier, reached);
  let repeated = 0;
  track?.(() => ({ kind: 'time', from, to, end, before, reached }));
  const left = Math.max(pageSize, (before ?? pageSize) - met);
  const open = { from: Math.min(from, end), to: reached };
  for await (const rows of walkWindows(walking, open, left, end)) {
    const fresh = unmet(rows);
    met += fresh.length;
    repeated += rows.length - fresh.length;
    reached = timeOf(rows.at(-1));
    if (fresh.length > 0) yield fresh;
  }
  // Removed while it was read (retention): then the count of now is what can be expected.
  const expected = before !== null && met < before ? ((await count(to)) ?? before) : before;
  const { unreadable: sightings, crowded } = walking;
  const filter = timeFilterOf(reader);
  return timeReport({ met, repeated, before, expected, sightings, crowded, filter, span: { from, to } });
}
