import { DeskError } from '../../shared/errors.ts';
import { type Query, queryResource } from '../../shared/query.ts';
import { type Row, rowIdOf } from '../../shared/row.ts';
import { countRows, listPage, type PageOfRows, pageSize } from '../listing.ts';
import type { Session } from '../session.ts';

/** Pages under way at once; past four a server gains little (FACTS cost). */
export const pagesAtOnce = 4;

/** A row that the user picked, and where the grid showed it. */
export type Picked = { id: string; index: number };

/** What reading a list came to. All counts in rows. */
export type HarvestReport = {
  /** Distinct rows handed out. */
  rows: number;
  /** Rows met a second time and left out. */
  repeated: number;
  /** The server's total at the end (of the picked rows, their number); null where it says none. */
  expected: number | null;
  /** Rows that the server counts and never gave (FACTS pagination 6); for picked rows, those no longer there. */
  missing: number;
};

export type HarvestOptions = {
  session: Session;
  query: Query;
  clock: () => number;
  signal: AbortSignal;
  until?: number;
  picked?: readonly Picked[];
  onTotal?: (total: number | null) => void;
};

/** The pages that showed the picked rows, in their order. */
const hinted = (picked: readonly Picked[]): number[] =>
  [...new Set(picked.map(({ index }) => Math.floor(index / pageSize)))].sort((a, b) => a - b);

/** Page indexes to read: for picked rows first the pages that showed them, then all others; else from the first on. */
function* pageIndexes(
  picked: readonly Picked[] | undefined,
  lastKnown: () => number | null,
): Generator<number> {
  const first = hinted(picked ?? []);
  yield* first;
  for (let index = 0; ; index += 1) {
    const last = lastKnown();
    if (last !== null && index > last) return;
    if (!first.includes(index)) yield index;
  }
}

/**
 * Every row of a list in the server's order, each id once, page after page; several pages are under way at a time.
 * The return value says what is missing. Throws `DeskError`, `cancelled` when the signal is aborted.
 */
export async function* harvest({
  session,
  query,
  clock,
  signal,
  until,
  picked,
  onTotal,
}: HarvestOptions): AsyncGenerator<Row[], HarvestReport> {
  const resource = queryResource(query);
  const own = new AbortController();
  const how = { priority: 'background' as const, signal: AbortSignal.any([signal, own.signal]) };
  const wanted = picked && new Set(picked.map(({ id }) => id));
  const seen = new Set<string>();
  let repeated = 0;
  let last: number | null = null;
  let pin = until;
  let total: number | null = null;

  const learn = (page: PageOfRows, index: number) => {
    if (!page.capped && page.total !== null) total = page.total;
    if (resource.pin && pin === undefined && page.until !== null) pin = page.until;
    const ends = page.rows.length < pageSize || resource.paging === 'never';
    const counted =
      page.capped || page.total === null ? null : Math.max(index, Math.ceil(page.total / pageSize) - 1);
    // A total can grow while pages are read: only a short page, or the counted last one, is the end.
    if (ends && (counted === null || index >= counted)) last = last === null ? index : Math.min(last, index);
    else if (counted !== null && last === null && index >= counted) last = index;
  };

  const fresh = (rows: readonly Row[]): Row[] =>
    rows.filter((row) => {
      const id = rowIdOf(resource, row);
      if (wanted && !wanted.has(id)) return false;
      if (id !== '' && seen.has(id)) {
        repeated += wanted ? 0 : 1;
        return false;
      }
      if (id !== '') seen.add(id);
      return true;
    });

  try {
    const indexes = pageIndexes(picked, () => last);
    const underWay: { index: number; page: Promise<PageOfRows> }[] = [];
    let asked = 0;
    // While the pages that showed the picked rows are awaited, no other is asked for.
    const mayAsk = () =>
      underWay.length === 0 || (underWay.length < pagesAtOnce && (!picked || asked < hinted(picked).length));
    const ask = (): boolean => {
      const next = indexes.next();
      if (next.done) return false;
      asked += 1;
      const index = next.value;
      const page = listPage(
        session,
        { query, index, ...(pin === undefined ? {} : { until: pin }) },
        clock,
        how,
      );
      page.catch(() => {});
      underWay.push({ index, page });
      return true;
    };

    // The first page alone: it tells the total, and the moment that the others are held at.
    ask();
    let handed = 0;
    for (let next = underWay.shift(); next; next = underWay.shift()) {
      const page = await next.page;
      learn(page, next.index);
      if (handed === 0 && !wanted) {
        if (page.capped && resource.capped)
          total = await countRows(session, query, pin, clock, how).catch(fallbackTotal);
        onTotal?.(total);
      } else if (handed === 0) onTotal?.(wanted?.size ?? null);
      handed += 1;
      const rows = fresh(page.rows);
      const done = wanted !== undefined && seen.size >= wanted.size;
      while (!done && mayAsk() && ask());
      if (rows.length > 0) yield rows;
      if (done) break;
    }
    const expected = wanted?.size ?? total;
    return { rows: seen.size, repeated, expected, missing: Math.max(0, (expected ?? seen.size) - seen.size) };
  } finally {
    own.abort();
  }
}

/** A count that a busy server does not give leaves the total unknown; a cancelled one ends the harvest. */
const fallbackTotal = (error: unknown): null => {
  if (error instanceof DeskError && error.code === 'cancelled') throw error;
  return null;
};
