import { pageSize } from '../../shared/limits.ts';
import { type Row, unreadableOf } from '../../shared/row.ts';

/** A page as the server gives it, of the list without any bound of time. */
export type PlacedPage = { rows: Row[]; total: number | null; requestId: string | null };
export type AskPage = (page: number, size: number) => Promise<PlacedPage>;

/** Moments, both inclusive, unix ms, null when open. */
export type TimeSpan = { from: number | null; to: number | null };

/** Readings of a page while rows come or go under it. */
const mostTries = 6;
/** Probes of one bound: twice as many as halve the longest list. */
const mostProbes = 64;
/** Bounds, halves of pages, and times met at pages' edges that are remembered. */
const mostKept = { bounds: 50, halves: 24, times: 1_000 };

/** Between which moments a row was made, both inclusive, unix ms. */
type Times = { earliest: number; latest: number };
type Side = keyof Times;

/** A page with the rank of its first row. */
type Ranked = PlacedPage & { rank: number };

/**
 * A list that comes newest first, of a server that knows no bounds of time (FACTS older servers): a span of time is found by
 * its place, a dozen requests for each end. Places are counted from the list's end, rank 1 the oldest row's, so that rows
 * which come at the top move none.
 */
export class Places {
  readonly #timeOf: (row: Row) => number;
  /** Rows of the list when it was last seen. */
  #total = 0;
  /** Whether the server says how long the list is, and is right; else its end was looked for, which proves nothing. */
  #isTold = true;
  /** What `#moved` was when nothing was seen to stand behind the last row that is counted. */
  #endSeen = -1;
  /** Grows when rows went at the end, and every rank is another one. */
  #moved = 0;
  /** Times by rank, as they were met at pages' edges. */
  readonly #met = new Map<number, number>();
  /** How many rows are older than a moment. */
  readonly #older = new Map<string, Promise<number>>();
  /** Pages of which the next page's reader takes the rest: once, so that reading again is reading anew. */
  readonly #halves = new Map<string, Promise<Ranked>>();

  constructor(timeOf: (row: Row) => number) {
    this.#timeOf = timeOf;
  }

  /** A row that the server fails on lies somewhere between its neighbours: it is in every span that it may be in. */
  #timesOf(row: Row): Times {
    const which = unreadableOf(row);
    if (!which) return { earliest: this.#timeOf(row), latest: this.#timeOf(row) };
    return {
      earliest: which.after ?? Number.NEGATIVE_INFINITY,
      latest: which.before ?? Number.POSITIVE_INFINITY,
    };
  }

  async #ask(page: number, size: number, ask: AskPage): Promise<Ranked> {
    const before = this.#total;
    const answer = await ask(page, size);
    const end = (page - 1) * size + answer.rows.length;
    // A count that one answer belies is none, whatever others say.
    if (answer.total === null) this.#isTold = false;
    const told = this.#isTold ? answer.total : null;
    const total = told ?? (answer.rows.length > 0 ? Math.max(before, end) : before);
    if (total < before) this.#forget(total);
    else this.#total = Math.max(this.#total, total);
    const rank = total - (page - 1) * size;
    const { rows } = answer;
    for (const at of new Set([0, rows.length - 1])) {
      const row = rows[at];
      if (row && !unreadableOf(row)) keep(this.#met, rank - at, this.#timeOf(row), mostKept.times);
    }
    return { ...answer, rank };
  }

  #forget(total: number) {
    this.#total = total;
    this.#moved += 1;
    for (const kept of [this.#met, this.#older, this.#halves]) kept.clear();
  }

  async #findOlder(moment: number, side: Side, ask: AskPage): Promise<number> {
    const moved = this.#moved;
    let known = 0;
    let beyond = this.#total + 1;
    const take = (rank: number, time: number) => {
      if (time < moment) known = Math.max(known, rank);
      else beyond = Math.min(beyond, rank);
    };
    for (const [rank, time] of this.#met) take(rank, time);
    for (let probes = 0; beyond - known > 1 && probes < mostProbes; probes += 1) {
      const place = this.#total - ((known + beyond) >> 1);
      const { rows, rank } = await this.#ask(Math.floor(place / pageSize) + 1, pageSize, ask);
      if (this.#moved !== moved) return this.#findOlder(moment, side, ask);
      for (const [at, row] of rows.entries()) take(rank - at, this.#timesOf(row)[side]);
    }
    return known;
  }

  /** How many rows are older than a moment, unix ms. */
  #olderThan(moment: number, side: Side, ask: AskPage): Promise<number> {
    const key = `${moment} ${side}`;
    const known = this.#older.get(key);
    if (known) return known;
    const found = this.#findOlder(moment, side, ask);
    keep(this.#older, key, found, mostKept.bounds);
    const forget = () => this.#older.get(key) === found && this.#older.delete(key);
    // Where no row is newer, those that come may still be older than the moment.
    found.then((count) => count === this.#total && forget(), forget);
    return found;
  }

  /** Whether rows stand behind the last one that is counted: then the count is none, and the end is looked for. */
  async #seeEnd(ask: AskPage): Promise<void> {
    if (!this.#isTold || this.#endSeen === this.#moved) return;
    await this.#ask(Math.floor(this.#total / pageSize) + 1, pageSize, ask);
    if (this.#isTold) this.#endSeen = this.#moved;
    else await this.#measure(ask);
  }

  /** Rank of a span's newest row, and how many rows are older than its oldest. */
  async #ranksOf({ from, to }: TimeSpan, ask: AskPage) {
    let older = from === null ? 0 : await this.#olderThan(from, 'latest', ask);
    if (older === 0) {
      await this.#seeEnd(ask);
      if (from !== null) older = await this.#olderThan(from, 'latest', ask);
    }
    const newest = to === null ? this.#total : await this.#olderThan(to + 1, 'earliest', ask);
    return { newest, older };
  }

  /** Sees how long the list is now. */
  async #look(ask: AskPage): Promise<void> {
    this.#isTold = true;
    const top = await this.#ask(1, pageSize, ask);
    if (top.total === null && top.rows.length === pageSize) await this.#measure(ask);
  }

  /** Finds the end of a list of which no answer tells the total. */
  async #measure(ask: AskPage): Promise<void> {
    let [full, short] = [1, 2];
    const isFull = async (page: number) => (await this.#ask(page, pageSize, ask)).rows.length === pageSize;
    for (; await isFull(short); short *= 2) full = short;
    while (short - full > 1) {
      const middle = (full + short) >> 1;
      if (await isFull(middle)) full = middle;
      else short = middle;
    }
    // Ranks that were taken before the end was known are none.
    this.#forget((short - 1) * pageSize + (await ask(short, pageSize)).rows.length);
  }

  /** How many rows a span has now; null where the server does not say. Throws `DeskError`. */
  async count(span: TimeSpan, ask: AskPage): Promise<number | null> {
    await this.#look(ask);
    const { newest, older } = await this.#ranksOf(span, ask);
    return this.#isTold ? Math.max(0, newest - older) : null;
  }

  /**
   * A page of a span, `page` from 1, how many rows the span has, and moments that two of the server's pages cut. `probe`
   * finds the place, for whoever asks next, too; `ask` reads the rows. Throws `DeskError`.
   */
  async page(
    { span, page, size }: { span: TimeSpan; page: number; size: number },
    ask: AskPage,
    probe: AskPage = ask,
  ): Promise<{ rows: Row[]; total: number | null; requestId: string | null; cut: number[] }> {
    if (this.#total === 0) await this.#look(probe);
    for (let tried = 1; ; tried += 1) {
      const { newest, older } = await this.#ranksOf(span, probe);
      const [before, moved] = [this.#total, this.#moved];
      const length = Math.max(0, newest - older);
      const total = this.#isTold ? length : null;
      const wanted = Math.max(0, Math.min(size, length - (page - 1) * size));
      if (wanted === 0) return { rows: [], total, requestId: null, cut: [] };
      const first = newest - (page - 1) * size;
      const answers = await this.#around(before - first, before - first + wanted - 1, size, ask);
      const isLast = tried === mostTries;
      // Of an open span, what came is part.
      const isOld = this.#moved !== moved || (span.to === null && this.#total !== before);
      const rows = isOld && !isLast ? [] : ranked(answers, first, wanted);
      const own = rows.filter((row) => isWithin(this.#timesOf(row), span));
      if (own.length === wanted || isLast)
        return { rows: own, total, requestId: answers[0]?.requestId ?? null, cut: this.#cutBy(answers) };
      // As many rows went at the end as came at the top: nothing but the rows' times tells.
      if (own.length < rows.length) this.#forget(0);
      if (this.#total === 0) await this.#look(probe);
    }
  }

  /** The moment that ends one page and begins the next. */
  #cutBy([one, other]: readonly Ranked[]): number[] {
    const [last, first] = [one?.rows.at(-1), other?.rows[0]];
    if (!last || !first || this.#timeOf(last) !== this.#timeOf(first)) return [];
    return [this.#timeOf(last)];
  }

  /**
   * The pages on which the places `[from, to]` lie, from 0, counted from the top: one, where any size of pages has them on
   * one, as rows of one moment come in another order on each.
   */
  #around(from: number, to: number, usual: number, ask: AskPage): Promise<Ranked[]> {
    const size = sizeAround(from, to, usual);
    const numbers = [...new Set([from, to].map((place) => Math.floor(place / size) + 1))];
    return Promise.all(
      numbers.map((number) => {
        const key = `${number}/${size}`;
        const half = this.#halves.get(key);
        this.#halves.delete(key);
        if (half) return half;
        const asked = this.#ask(number, size, ask);
        if (numbers.length > 1) keep(this.#halves, key, asked, mostKept.halves);
        asked.catch(() => this.#halves.delete(key));
        return asked;
      }),
    );
  }
}

/** A size of pages, the usual one if it can be, one of which has the places `[from, to]`; the usual one where none has. */
const sizeAround = (from: number, to: number, usual: number): number => {
  const fits = (size: number) => Math.floor(from / size) === Math.floor(to / size);
  for (let size = pageSize; !fits(usual) && size > to - from; size -= 1) if (fits(size)) return size;
  return usual;
};

/** As many rows as are wanted from a rank downwards, of those that the pages have. */
const ranked = (pages: readonly Ranked[], first: number, wanted: number): Row[] => {
  const byRank = new Map(pages.flatMap(({ rows, rank }) => rows.map((row, at) => [rank - at, row] as const)));
  return Array.from({ length: wanted }, (_, at) => byRank.get(first - at)).filter((row) => row !== undefined);
};

const isWithin = ({ earliest, latest }: Times, { from, to }: TimeSpan) =>
  (from === null || latest >= from) && (to === null || earliest <= to);

const keep = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number) => {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
};
