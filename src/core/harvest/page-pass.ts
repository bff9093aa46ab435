import type { Resource } from '../../shared/catalog/index.ts';
import { mostAtOnce, pageSize } from '../../shared/limits.ts';
import { type Row, rowIdOf, unreadableOf, valueAt } from '../../shared/row.ts';
import type { PageOfRows } from '../rows/page.ts';
import type { Seen } from './id-set.ts';
import { inOrder } from './ordered-concurrency.ts';
import type { Reader } from './reader.ts';
import type { Doubtful, PassState } from './state.ts';

/** True when the newest rows come first. */
export const isOrdered = ({ order }: Resource): boolean => order === 'createdAt';

export type PassResult = Omit<PassState, 'next'> & {
  /** One answer held the whole list: nothing can have slipped between two of them. */
  atOnce: boolean;
};

/** Pages between which rows of the same time lie; `before` is what an earlier run of the pass found, `cut` the times. */
const doubts = (before: readonly Doubtful[], cut: Set<number>) => {
  const edges = new Map<number, { first: unknown; last: unknown }>();
  /** Pages at whose end, and at the next one's beginning, stand rows of the same time. */
  const ends = new Set<number>();
  const look = (index: number) => {
    const last = edges.get(index)?.last;
    if (last === undefined || last !== edges.get(index + 1)?.first) return;
    ends.add(index);
    if (typeof last === 'number') cut.add(last);
  };
  return {
    note(index: number, first: unknown, last: unknown) {
      edges.set(index, { first, last });
      look(index - 1);
      look(index);
    },
    /** Neighbouring ones together. */
    found(): Doubtful[] {
      const found: Doubtful[] = [];
      for (const index of [...ends].sort((a, b) => a - b)) {
        const last = found.at(-1);
        if (last && last.to === (index + 1) * pageSize) last.to = (index + 2) * pageSize;
        else found.push({ from: index * pageSize, to: (index + 2) * pageSize });
      }
      return [...before, ...found];
    },
  };
};

/** The page on which one more row than counted would stand: a full last page does not show that the list ends there. */
const endOf = (total: number): number => Math.floor(total / pageSize);

/** The last page's index as far as known: a total can grow while pages are read, and a short page is the end. */
const endAfter = ({ rows, total, capped }: PageOfRows, index: number, end: number): number => {
  const short = rows.length < pageSize;
  // A page that nobody counts, or that is fuller than its count, may have another one behind it.
  if (capped || total === null) return short ? Math.min(end, index) : Math.max(end, index + 1);
  const counted = endOf(total);
  return short ? Math.max(index, Math.min(counted, end)) : Math.max(end, counted);
};

type PassOptions = {
  backwards: boolean;
  until?: number;
  onTotal?: (total: number | null) => void;
  /** Where an earlier run of this pass was. */
  from?: PassState;
};

/** Rows of a pass, and how far it is by then. */
type PassBatch = { rows: Row[]; state: () => PassState };

/**
 * Reads all pages of a list once, several at a time, and hands out the rows that no pass met before. From the first page
 * on, rows that appear meanwhile can only repeat others; backwards, from the last, rows that disappear can.
 */
export async function* pass(
  reader: Reader,
  seen: Seen,
  number: number,
  { backwards, until, onTotal, from }: PassOptions,
): AsyncGenerator<PassBatch, PassResult> {
  const { resource } = reader;
  // What stood at the end of the last page before the break is not known: rows may hide there.
  const seam = from ? [{ from: (from.next - 1) * pageSize, to: (from.next + 1) * pageSize }] : [];
  const cut = new Set(from?.cut);
  const doubtful = doubts([...(from?.doubtful ?? []), ...seam], cut);
  let met = from?.met ?? 0;
  let totals = from?.totals ?? null;
  const unreadable = [...(from?.unreadable ?? [])];
  const fresh = (rows: readonly Row[]): Row[] =>
    rows.filter((row) => {
      const kept = unreadableOf(row);
      if (kept) {
        unreadable.push(kept);
        return false;
      }
      const id = rowIdOf(resource, row);
      if (id === '') {
        met += 1;
        return number === 1;
      }
      const state = seen.note(id, number);
      if (state === 'repeated') seen.repeated += 1;
      else met += 1;
      return state === 'new';
    });
  // What comes all at once is taken all at once, however many pages it would fill.
  const size = resource.paging === 'never' ? mostAtOnce : pageSize;
  const ask = (index: number) =>
    reader.page({ page: index + 1, size, ...(until === undefined ? {} : { until }) });
  const count = ({ total, capped }: PageOfRows) => {
    if (total === null || capped) return;
    totals = { least: Math.min(totals?.least ?? total, total), most: Math.max(totals?.most ?? total, total) };
  };
  const take = (index: number, answer: PageOfRows) => {
    const { rows } = answer;
    const time = (row: Row | undefined) => valueAt(row, 'createdAt');
    if (rows.length > 0) doubtful.note(index, time(rows[0]), time(rows.at(-1)));
    for (const moment of answer.cut ?? []) cut.add(moment);
    count(answer);
    return fresh(rows);
  };

  const start = await ask(0);
  // An answer that is not a whole page has all rows, also where nobody counts them: a shorter one ends there, a longer one
  // is of a server that knows no pages of this list.
  const isAll = resource.paging === 'never' || (start.total === null && start.rows.length !== pageSize);
  const counted = start.total === null && isAll ? start.rows.length : start.total;
  const before = from ? from.before : start.capped ? null : counted;
  onTotal?.(before);
  count(start);
  const top = start.rows.find((row) => unreadableOf(row) === null);
  const time = top && isOrdered(resource) ? valueAt(top, 'createdAt') : null;
  const newest = from ? from.newest : typeof time === 'number' ? time : null;
  let next = from?.next ?? 1;
  const state = (): PassState => ({
    before,
    newest,
    next,
    met,
    doubtful: doubtful.found(),
    cut: [...cut],
    totals,
    unreadable: [...unreadable],
  });
  const opening = backwards || from ? [] : take(0, start);
  if (opening.length > 0) yield { rows: opening, state };
  const whole = isAll || start.rows.length < pageSize;
  if (!whole) {
    let end = before === null ? Number.POSITIVE_INFINITY : endOf(before);
    const reads = function* () {
      const last = end;
      const at = (n: number) => (backwards ? last + 1 - n : n);
      for (let n = next; backwards ? n <= last + 1 : n <= end; n += 1) {
        const index = at(n);
        yield async function* () {
          const answer = await ask(index);
          if (!backwards) end = endAfter(answer, index, end);
          yield { index, answer };
        };
      }
    };
    // An end that moves on once all pages up to it were asked for has more behind it.
    do
      for await (const { index, answer } of inOrder(reads(), () => reader.atOnce, 8, reader.signal)) {
        const rows = take(index, answer);
        next = index + 1;
        if (rows.length > 0) yield { rows, state };
      }
    while (!backwards && next <= end);
  } else if (backwards) {
    const rows = take(0, start);
    if (rows.length > 0) yield { rows, state };
  }
  const atOnce = whole && !from && (isAll || (before !== null && start.rows.length === before));
  return {
    before,
    met,
    newest,
    // Without an order rows hide behind any page's edge, not only where those of one moment meet it.
    doubtful: isOrdered(resource) ? doubtful.found() : [],
    cut: [...cut],
    totals,
    unreadable,
    atOnce,
  };
}
