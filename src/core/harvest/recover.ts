import { pageSize } from '../../shared/limits.ts';
import type { Query } from '../../shared/query.ts';
import { type Row, rowIdOf, unreadableOf, valueAt } from '../../shared/row.ts';
import { lineOf } from '../../shared/search/line.ts';
import { emptySearch } from '../../shared/search/terms.ts';
import { isCutByTime, withinTime } from './by-time.ts';
import type { Seen } from './id-set.ts';
import type { Reader } from './reader.ts';
import { sameMillisecond } from './same-millisecond.ts';
import type { Doubtful } from './state.ts';

/** Page sizes by which doubtful rows are read again: other pages cut rows of the same time elsewhere. */
export const otherSizes = [97, 83, 89, 71, 93, 79];
/** Requests that mending one list may cost at most; of one that nobody counts, so many for each that it took before. */
const mostRequests = 4_000;
const mostEach = 4;

type Mending = {
  reader: Reader;
  seen: Seen;
  pass: number;
  /** Rows that this pass should have met; null where the server says none. */
  expected: number | null;
  met: number;
  /** Rows made after this moment, unix ms, came while the pass read: they are none of its own. */
  newest: number | null;
  doubtful: readonly Doubtful[];
  /** Moments whose rows two pages cut, unix ms. */
  cut: readonly number[];
};

/** Notes rows, and keeps those that were not met before. `onMet` is told of each that this pass had not met. */
const taker =
  ({ reader, seen, pass, newest }: Mending, onMet: () => void) =>
  (rows: readonly Row[]): Row[] =>
    rows.filter((row) => {
      if (unreadableOf(row)) return false;
      if (newest !== null && Number(valueAt(row, 'createdAt')) > newest) return false;
      const state = seen.note(rowIdOf(reader.resource, row), pass);
      if (state !== 'repeated') onMet();
      return state === 'new';
    });

/** The query for ids of a prefix, where the list can be asked that and is not searched otherwise. */
const byPrefix = (query: Query, reader: Reader, prefix: string): Query | null => {
  const searchable = reader.resource.filters.some(({ kind }) => kind === 'search');
  if (!searchable || query.filters.keyword || query.filters.search) return null;
  const line = lineOf({ ...emptySearch, terms: [{ field: 'id', mode: 'starts', values: [prefix] }] });
  return { ...query, filters: { ...query.filters, search: [line] } };
};

/** Ids by their first characters, counted; made once for each length. */
const counter = ({ seen, pass }: Mending) => {
  const byLength = new Map<number, Map<string, number>>();
  const countsOf = (length: number) => {
    let counts = byLength.get(length);
    if (!counts) {
      counts = new Map();
      for (const id of seen.of(pass)) {
        const start = id.slice(0, length);
        counts.set(start, (counts.get(start) ?? 0) + 1);
      }
      byLength.set(length, counts);
    }
    return counts;
  };
  return {
    under: (prefix: string) => countsOf(prefix.length).get(prefix) ?? 0,
    /** Characters that ids have after a prefix of this length. */
    next: (prefix: string) => {
      const found = new Set('0123456789abcdefghijklmnopqrstuvwxyz');
      for (const start of countsOf(prefix.length + 1).keys()) found.add(start.at(-1) ?? '');
      return [...found].filter((char) => char !== '').sort();
    },
    add: (id: string) => {
      for (const [length, counts] of byLength) {
        const start = id.slice(0, length);
        counts.set(start, (counts.get(start) ?? 0) + 1);
      }
    },
  };
};

/** Reads again, moment by moment, what pages cut, where a list that is read by pages can be cut by time all the same. */
async function* mendMoments(
  { reader, cut }: Mending,
  take: (rows: readonly Row[]) => Row[],
  isOver: () => boolean,
): AsyncGenerator<Row[]> {
  if (reader.until === undefined || !isCutByTime(reader)) return;
  for (const moment of cut) {
    if (isOver()) return;
    const query = withinTime(reader.query, { from: moment, to: moment });
    for await (const met of sameMillisecond({ reader, query, isOwn: () => true })) {
      const rows = take(met);
      if (rows.length > 0) yield rows;
    }
  }
}

/**
 * Finds what pages of a pass kept back: first moments that they cut, each by itself, where a server's pages alone tell time;
 * then by reading the doubtful places in pages of other sizes, then, where users
 * can be asked for by the start of their ids, by prefixes, each answer of which is complete when it fits a page. Ends
 * when the count holds, or, where the server says none, when a whole reading brings nothing new and all prefixes were
 * asked for; or at the bound of effort. Hands out rows that no pass met; returns how many the pass gained.
 */
export async function* mend(mending: Mending): AsyncGenerator<Row[], number> {
  const { reader, expected, doubtful } = mending;
  const start = reader.asked;
  let gained = 0;
  const take = taker(mending, () => {
    gained += 1;
  });
  const most = expected === null ? Math.max(mostRequests, mostEach * start) : mostRequests;
  const isDone = () => expected !== null && mending.met + gained >= expected;
  const isSpent = () => reader.asked - start >= most;

  yield* mendMoments(mending, take, () => isDone() || isSpent());
  const places =
    doubtful.length > 0 && expected !== null ? doubtful : [{ from: 0, to: expected ?? Infinity }];
  const prefixes = byPrefix(reader.query, reader, 'a') !== null;
  for (const size of prefixes ? otherSizes.slice(0, 2) : otherSizes) {
    const before = gained;
    for (const { from, to } of places) {
      for (let page = Math.floor(from / size) + 1; (page - 1) * size < to; page += 1) {
        if (isDone() || isSpent()) return gained;
        const answer = await reader.page({ page, size });
        const rows = take(answer.rows);
        if (rows.length > 0) yield rows;
        if (expected === null && answer.rows.length < size) break;
      }
    }
    if (expected === null && gained === before) break;
  }
  if (!prefixes) return gained;

  const counts = counter(mending);
  const waiting = counts.next('');
  for (let prefix = waiting.shift(); prefix !== undefined; prefix = waiting.shift()) {
    if (isDone() || isSpent()) return gained;
    const query = byPrefix(reader.query, reader, prefix) ?? reader.query;
    const answer = await reader.page({ query, page: 1, size: pageSize });
    const unmet = answer.rows.filter(
      (row) => unreadableOf(row) === null && !mending.seen.isIn(rowIdOf(reader.resource, row), mending.pass),
    );
    for (const row of unmet) counts.add(rowIdOf(reader.resource, row));
    const rows = take(unmet);
    if (rows.length > 0) yield rows;
    // A whole page may be cut off; of a shorter answer all is here.
    const { total } = answer;
    const isCut = total === null ? answer.rows.length === pageSize : total > pageSize;
    if (isCut && (total === null || counts.under(prefix) < total))
      waiting.push(...counts.next(prefix).map((char) => prefix + char));
  }
  return gained;
}
