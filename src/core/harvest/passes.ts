import { type Row, rowIdOf, valueAt } from '../../shared/row.ts';
import { type PageOfRows, pageSize } from '../listing.ts';
import { inOrder } from './in-order.ts';
import type { Reader } from './reader.ts';

/** Ids met so far, each with the last pass that met it. */
export class Seen {
  readonly #passes = new Map<string, number>();
  /** Rows met more than once in one pass. */
  repeated = 0;

  get size(): number {
    return this.#passes.size;
  }

  /** Notes a row; true when no pass met it before. */
  note(id: string, pass: number): 'new' | 'known' | 'repeated' {
    const last = this.#passes.get(id);
    this.#passes.set(id, pass);
    if (last === undefined) return 'new';
    return last === pass ? 'repeated' : 'known';
  }

  isIn(id: string, pass: number): boolean {
    return this.#passes.get(id) === pass;
  }

  /** Ids that a pass met. */
  *of(pass: number): Generator<string> {
    for (const [id, last] of this.#passes) if (last === pass) yield id;
  }
}

/** Rows `[from, to)` of a list, between whose pages rows of the same time lie, so that some may have been kept back. */
export type Doubtful = { from: number; to: number };

export type PassResult = {
  /** The server's total at the first page; null where it says none. */
  before: number | null;
  /** Rows met by this pass, each counted once. */
  met: number;
  /** Time of the list's first row when the pass began, unix ms; null where rows have none. */
  newest: number | null;
  doubtful: Doubtful[];
};

/** Joins pages whose boundary lies between rows of the same time. */
const doubtfulOf = (edges: ReadonlyMap<number, { first: unknown; last: unknown }>): Doubtful[] => {
  const found: Doubtful[] = [];
  for (const index of [...edges.keys()].sort((a, b) => a - b)) {
    const here = edges.get(index);
    const next = edges.get(index + 1);
    if (!here || !next || here.last === undefined || here.last !== next.first) continue;
    const last = found.at(-1);
    if (last && last.to === (index + 1) * pageSize) last.to = (index + 2) * pageSize;
    else found.push({ from: index * pageSize, to: (index + 2) * pageSize });
  }
  return found;
};

/** The last page's index as far as known: a total can grow while pages are read, and a short page is the end. */
const endAfter = ({ rows, total, capped }: PageOfRows, index: number, end: number): number => {
  const short = rows.length < pageSize;
  if (capped || total === null) return short ? Math.min(end, index) : end;
  const counted = Math.ceil(total / pageSize) - 1;
  return short ? Math.max(index, Math.min(counted, end)) : Math.max(end, counted);
};

/**
 * Reads all pages of a list once, several at a time, and hands out the rows that no pass met before. From the first page
 * on, rows that appear meanwhile can only repeat others; backwards, from the last, rows that disappear can.
 */
export async function* pass(
  reader: Reader,
  seen: Seen,
  number: number,
  {
    backwards,
    until,
    onTotal,
  }: { backwards: boolean; until?: number; onTotal?: (total: number | null) => void },
): AsyncGenerator<Row[], PassResult> {
  const { resource } = reader;
  const edges = new Map<number, { first: unknown; last: unknown }>();
  let met = 0;
  const fresh = (rows: readonly Row[]): Row[] =>
    rows.filter((row) => {
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
  const ask = (index: number) =>
    reader.page({ page: index + 1, size: pageSize, ...(until === undefined ? {} : { until }) });
  const take = (index: number, { rows }: PageOfRows) => {
    const time = (row: Row | undefined) => valueAt(row, 'createdAt');
    if (rows.length > 0) edges.set(index, { first: time(rows[0]), last: time(rows.at(-1)) });
    return fresh(rows);
  };

  const start = await ask(0);
  const before = start.capped ? null : start.total;
  onTotal?.(before);
  const top = start.rows[0];
  const time = top && valueAt(top, 'createdAt');
  const newest = typeof time === 'number' ? time : null;
  const opening = backwards ? [] : take(0, start);
  if (opening.length > 0) yield opening;
  const whole = resource.paging === 'never' || start.rows.length < pageSize;
  if (!whole) {
    let end = before === null ? Number.POSITIVE_INFINITY : Math.ceil(before / pageSize) - 1;
    const reads = function* () {
      const last = end;
      const at = (n: number) => (backwards ? last + 1 - n : n);
      for (let n = 1; backwards ? n <= last + 1 : n <= end; n += 1) {
        const index = at(n);
        yield async function* () {
          const answer = await ask(index);
          if (!backwards) end = endAfter(answer, index, end);
          yield { index, answer };
        };
      }
    };
    for await (const { index, answer } of inOrder(reads(), () => reader.pace.level, 8, reader.signal)) {
      const rows = take(index, answer);
      if (rows.length > 0) yield rows;
    }
  } else if (backwards) {
    const rows = take(0, start);
    if (rows.length > 0) yield rows;
  }
  return { before, met, newest, doubtful: doubtfulOf(edges) };
}
