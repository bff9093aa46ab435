import { DeskError } from '../../shared/errors.ts';
import { type Query, timeBounds } from '../../shared/query.ts';
import { type Row, rowIdOf, valueAt } from '../../shared/row.ts';
import { countRows, pageSize } from '../listing.ts';
import type { Session } from '../session.ts';
import { mend } from './mend.ts';
import { type PassResult, pass } from './passes.ts';
import { readPicked } from './picked.ts';
import { Reader } from './reader.ts';
import { type HarvestReport, nothingRead, type Picked } from './report.ts';
import { Seen } from './seen.ts';
import type { HarvestState, PassState, Resumed } from './state.ts';
import { walkWindows } from './windows.ts';

/** Passes over a list from which rows are removed while it is read; after that the report says what is not proved. */
const mostPasses = 4;

/**
 * Time before the last row of logs from which on they are read again, ms: servers write side by side, and a log may come
 * later than one that is younger.
 */
export const overlapMs = 60_000;

export type HarvestOptions = {
  session: Session;
  query: Query;
  clock: () => number;
  signal: AbortSignal;
  /** Moment that a list which can be cut by time is held at, unix ms. */
  until?: number;
  picked?: readonly Picked[];
  onTotal?: (total: number | null) => void;
  /** False: a list is read once, and what its pages keep back is counted, not looked for. */
  complete?: boolean;
  /** Goes on where an earlier harvest of the same view was. */
  resumed?: Resumed;
  /**
   * Given once: says where the harvest is while rows are handed out, null while nothing can go on from there; and what
   * another run has to know of those handed out since it was last asked, where that is not the rows' own ids.
   */
  track?: (state: () => HarvestState | null, ids?: () => string[]) => void;
};

/** Lists below a row are short, and servers differ in whether those can be cut. */
const isCutByTime = ({ resource: { pin, filters, parent } }: Reader) =>
  pin !== undefined && parent === undefined && filters.some(({ kind }) => kind === 'time');

/** A count that a busy server does not give leaves the total unknown; a cancelled one ends the harvest. */
const orUnknown = (error: unknown): null => {
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
  const asked = timeBounds(query.filters.time ?? [], clock());
  const before = top.capped || top.total === null ? await count(to) : top.total;
  const last = before === null ? null : await reader.page({ page: Math.max(1, before), size: 1, until: to });
  const oldest = Number(valueAt(last?.rows[0], reader.resource.pin?.column ?? ''));
  const from = asked.from ?? (Number.isFinite(oldest) ? oldest : 0);
  // As `toParams` holds a list at a moment.
  return { from, to, end: asked.to === null ? to + 1 : Math.min(to + 1, asked.to), before };
};

/**
 * Ids that an earlier harvest of this kind handed out, noted as those of a first pass. Rows without one are known by how
 * many they are.
 */
const seenBefore = async (resumed: Resumed | undefined, kind: HarvestState['kind']): Promise<Seen> => {
  const seen = new Seen();
  if (resumed?.state.kind === kind) for await (const id of resumed.ids) if (id !== '') seen.note(id, 1);
  return seen;
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
async function* readByTime(
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
  const held: Query = { ...query, filters: { ...query.filters } };
  delete held.filters.time;
  const walking = new Reader(session, held, clock, signal);
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
  return {
    rows: met,
    repeated,
    before,
    expected,
    mended: 0,
    missing: Math.max(0, (expected ?? met) - met),
    added: 0,
    removed: before === null || expected === null ? null : Math.max(0, before - expected),
    unproven: 0,
  };
}

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
async function* readByPages(
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

/**
 * Every row of a list, each id once, so that it is complete or says what is missing: logs by windows of time, any other
 * list by pages that are held against the server's count and mended. The return value is the report. Throws
 * `DeskError`, `cancelled` when the signal is aborted.
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
    if (isCutByTime(reader)) return yield* readByTime(reader, held);
    seen = await seenBefore(options.resumed, 'pages');
    return yield* readByPages(reader, seen, held);
  } finally {
    own.abort();
    seen?.free();
  }
}
