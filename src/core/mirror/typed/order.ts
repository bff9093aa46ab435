import { compareKeys, keyLength, sortKey } from '../../../shared/local.ts';
import type { TypedColumn, TypedColumns } from './columns.ts';

/** Characters of a key that rows are put in a first order by: a byte each. */
const prefixLength = 6;
/** Where the texts' prefixes begin, behind all numbers. */
const textsFrom = 2 ** 48;
const numbersWithin = 2 ** 46;

/**
 * The beginning of a sort key (`sortKey`) as a number from 0 on, so that no key comes before one whose number is smaller.
 * Keys of the same number are compared themselves.
 */
export const prefixOf = (key: number | string): number => {
  if (typeof key === 'number') {
    const within = Math.min(Math.max(Math.floor(key), -numbersWithin), numbersWithin);
    return within + numbersWithin;
  }
  let prefix = 0;
  for (let at = 0; at < prefixLength; at += 1) {
    const unit = at < key.length ? key.charCodeAt(at) : 0;
    if (unit >= 0x80) return textsFrom + (prefix * 256 + 0xff) * 256 ** (prefixLength - at - 1);
    prefix = prefix * 256 + unit;
  }
  return textsFrom + prefix;
};

const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39;

const zero = 0x30;

/** The same of a text, without its key where it begins plainly. */
export const prefixOfText = (text: string): number => {
  const end = Math.min(text.length, keyLength);
  let prefix = 0;
  let filled = 0;
  for (let at = 0; at < end && filled < prefixLength; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80) return prefixOf(sortKey(text) ?? '');
    if (!isDigit(unit)) {
      prefix = prefix * 256 + (unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit);
      filled += 1;
      continue;
    }
    // Digits stand behind how many they are, as in `orderedDigits`.
    while (at < end && text.charCodeAt(at) === zero) at += 1;
    let after = at;
    while (after < end && isDigit(text.charCodeAt(after))) after += 1;
    if (after < end && text.charCodeAt(after) >= 0x80) return prefixOf(sortKey(text) ?? '');
    const count = Math.min(after - at, 99);
    prefix = (prefix * 256 + zero + Math.floor(count / 10)) * 256 + zero + (count % 10);
    filled += 2;
    for (; at < after && filled < prefixLength; at += 1) {
      prefix = prefix * 256 + text.charCodeAt(at);
      filled += 1;
    }
    at = after - 1;
  }
  // A number's length may have been one more than there is place for.
  return (
    textsFrom + (filled > prefixLength ? Math.floor(prefix / 256) : prefix * 256 ** (prefixLength - filled))
  );
};

/** Places `[0, keys.length)` in the order of keys from 0 to 2^53, equals in their order. */
export const inOrder = (keys: Float64Array): Uint32Array => {
  let places = Uint32Array.from(keys, (_, at) => at);
  let next = new Uint32Array(keys.length);
  const digits = new Uint32Array(keys.length);
  for (const unit of [1, 2 ** 16, 2 ** 32, 2 ** 48]) {
    const starts = new Uint32Array(65_537);
    for (let at = 0; at < keys.length; at += 1) {
      const digit = Math.floor((keys[at] ?? 0) / unit) % 65_536;
      digits[at] = digit;
      starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
    }
    // A digit that all share puts nothing in another place.
    if (starts.includes(keys.length)) continue;
    for (let digit = 0; digit < 65_536; digit += 1)
      starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
    for (const place of places) {
      const digit = digits[place] ?? 0;
      const to = starts[digit] ?? 0;
      next[to] = place;
      starts[digit] = to + 1;
    }
    [places, next] = [next, places];
  }
  return places;
};

/** Keys that are remembered. */
const mostKeys = 100_000;

/** Places of rows whose keys are equal, in the list's own order. */
const together = (some: readonly number[][]): readonly number[] =>
  some.length === 1 ? (some[0] ?? []) : some.flat().sort((a, b) => a - b);

/** Different values of a column that are put in order themselves, before the rows that have them. */
const mostRanked = 131_072;
/** Rows after which a column of which nearly every row has another value is seen to be one. */
const rowsLooked = 32_768;
/** Parts that rows are put in at once; the rows of one are put in order when one of them is asked for. */
const mostParts = 65_536;
/** Rows that are compared sooner than counted. */
const fewRows = 4_096;

/**
 * Rows in the order of a column, what is empty last. They are in parts by what their keys begin with at once; those of one
 * part are put in order, and compared where their keys begin alike, when they are looked at.
 */
export class Ordered {
  readonly #places: Uint32Array;
  /** By the order: what the keys begin with. */
  readonly #prefixes: Float64Array;
  readonly #filled: number;
  /** True where rows whose keys begin alike have the same key. */
  readonly #isExact: boolean;
  /** Where parts begin. */
  readonly #starts: Uint32Array;
  readonly #partOf: (prefix: number) => number;
  readonly #sorted = new Set<number>();
  readonly #compared = new Set<number>();
  readonly #column: TypedColumn;
  readonly #columns: TypedColumns;
  readonly #descending: boolean;
  readonly #keys = new Map<number, number | string>();

  /** `places`: rows of the column, in the list's own order. */
  constructor(
    columns: TypedColumns,
    column: TypedColumn,
    places: Uint32Array,
    descending: boolean,
    step: () => void,
  ) {
    this.#columns = columns;
    this.#column = column;
    this.#descending = descending;
    const ranks = this.#ranks(places, step);
    const known = ranks ?? new Float64Array(columns.valuesOf(column)).fill(Number.NaN);
    const filled = new Uint32Array(places.length);
    const rest = new Uint32Array(places.length);
    const prefixes = new Float64Array(places.length);
    let [some, none, least, most] = [0, 0, Number.POSITIVE_INFINITY, 0];
    let isExact = ranks !== null;
    for (let at = 0; at < places.length; at += 1) {
      if (at % 100_000 === 0) step();
      const place = places[at] ?? 0;
      let prefix = this.#prefixAt(place, known);
      if (prefix < 0) {
        rest[none] = place;
        none += 1;
        continue;
      }
      if (prefix === numbersWithin * 2) isExact = false;
      if (descending) prefix = 2 ** 50 - prefix;
      filled[some] = place;
      prefixes[some] = prefix;
      some += 1;
      if (prefix < least) least = prefix;
      if (prefix > most) most = prefix;
    }
    step();
    const parts = Math.min(mostParts, some);
    const scale = most > least ? (parts - 1) / (most - least) : 0;
    const partOf = (prefix: number) => Math.floor((prefix - least) * scale);
    const starts = new Uint32Array(parts + 1);
    for (let at = 0; at < some; at += 1) {
      const next = partOf(prefixes[at] ?? 0) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let part = 0; part < parts; part += 1)
      starts[part + 1] = (starts[part + 1] ?? 0) + (starts[part] ?? 0);
    step();
    this.#filled = some;
    this.#isExact = isExact;
    this.#starts = starts;
    this.#partOf = partOf;
    this.#places = new Uint32Array(places.length);
    this.#prefixes = new Float64Array(some);
    const ends = starts.slice();
    for (let at = 0; at < some; at += 1) {
      const prefix = prefixes[at] ?? 0;
      const part = partOf(prefix);
      const to = ends[part] ?? 0;
      ends[part] = to + 1;
      this.#places[to] = filled[at] ?? 0;
      this.#prefixes[to] = prefix;
    }
    this.#places.set(rest.subarray(0, none), some);
  }

  /**
   * Where a column has few different texts: the place of each among them, as what its key begins with, by the number of the
   * value. Null for any other column.
   */
  #ranks(places: Uint32Array, step: () => void): Float64Array | null {
    const { cells } = this.#column;
    const known = new Float64Array(this.#columns.valuesOf(this.#column)).fill(Number.NaN);
    const different: number[] = [];
    for (let at = 0; at < places.length; at += 1) {
      if (at % 100_000 === 0) step();
      const cell = cells[places[at] ?? 0] ?? Number.NaN;
      if (!(cell < 0)) continue;
      const number = this.#columns.valueNumber(cell);
      if (known[number] === 0) continue;
      known[number] = 0;
      different.push(cell);
      if (different.length > mostRanked || (at > rowsLooked && different.length > 0.75 * at)) return null;
    }
    const keyed = different.map((cell) => ({
      cell,
      key: sortKey(this.#columns.valueOf(this.#column, cell)),
    }));
    // Other numbers stand among those that are cells of their own.
    if (keyed.some(({ key }) => typeof key === 'number')) return null;
    const texts = keyed
      .filter(({ key }) => key !== null)
      .sort((a, b) => compareKeys(a.key ?? '', b.key ?? ''));
    for (const { cell } of keyed) known[this.#columns.valueNumber(cell)] = -1;
    let rank = 0;
    for (const [at, { cell, key }] of texts.entries()) {
      if (at > 0 && texts[at - 1]?.key !== key) rank += 1;
      known[this.#columns.valueNumber(cell)] = textsFrom + rank;
    }
    return known;
  }

  /** What a row's key begins with; -1 for none. */
  #prefixAt(place: number, known: Float64Array): number {
    const cell = this.#column.cells[place] ?? Number.NaN;
    if (Number.isNaN(cell)) return -1;
    if (cell >= 0) return prefixOf(cell);
    const number = this.#columns.valueNumber(cell);
    const before = known[number] ?? Number.NaN;
    if (!Number.isNaN(before)) return before;
    const value = this.#columns.valueOf(this.#column, cell);
    const isText = typeof value === 'string' && value !== '';
    const key = isText ? null : sortKey(value);
    const prefix = isText ? prefixOfText(value) : key === null ? -1 : prefixOf(key);
    known[number] = prefix;
    return prefix;
  }

  #keyOf(cell: number): number | string {
    const known = this.#keys.get(cell);
    if (known !== undefined) return known;
    const key = sortKey(this.#columns.valueOf(this.#column, cell)) ?? '';
    if (this.#keys.size < mostKeys) this.#keys.set(cell, key);
    return key;
  }

  /** Compares the rows `[from, to)`, whose keys begin alike. */
  #compare(from: number, to: number) {
    if (to - from < 2 || this.#compared.has(from)) return;
    this.#compared.add(from);
    const places = this.#places.subarray(from, to);
    const { cells } = this.#column;
    const first = cells[places[0] ?? 0];
    // Most rows that begin alike are alike: half of all logs, say.
    if (places.every((place) => cells[place] === first)) return;
    const byCell = new Map<number, number[]>();
    for (const place of places) {
      const cell = cells[place] ?? Number.NaN;
      const same = byCell.get(cell);
      if (same) same.push(place);
      else byCell.set(cell, [place]);
    }
    const byKey = new Map<number | string, number[][]>();
    for (const [cell, some] of byCell) {
      const key = this.#keyOf(cell);
      const same = byKey.get(key);
      if (same) same.push(some);
      else byKey.set(key, [some]);
    }
    const keys = [...byKey.keys()].sort((a, b) => (this.#descending ? compareKeys(b, a) : compareKeys(a, b)));
    let at = from;
    for (const key of keys)
      for (const place of together(byKey.get(key) ?? [])) {
        this.#places[at] = place;
        at += 1;
      }
  }

  /** Puts the rows of a part in the order of what their keys begin with. */
  #sort(part: number) {
    if (this.#sorted.has(part)) return;
    this.#sorted.add(part);
    const [from, to] = [this.#starts[part] ?? 0, this.#starts[part + 1] ?? 0];
    const prefixes = this.#prefixes.subarray(from, to);
    const first = prefixes[0] ?? 0;
    if (prefixes.every((prefix) => prefix === first)) return;
    const before = prefixes.slice();
    const places = this.#places.slice(from, to);
    const order =
      before.length > fewRows
        ? inOrder(before)
        : Uint32Array.from(before, (_, at) => at).sort(
            (a, b) => (before[a] ?? 0) - (before[b] ?? 0) || a - b,
          );
    for (const [at, was] of order.entries()) {
      this.#prefixes[from + at] = before[was] ?? 0;
      this.#places[from + at] = places[was] ?? 0;
    }
  }

  /** The rows `[from, to)` of the order, by their places in the list's own. */
  slice(from: number, to: number): Uint32Array {
    const prefixAt = (at: number) => this.#prefixes[at] ?? Number.NaN;
    const end = Math.min(to, this.#filled);
    for (let start = from; start < end; ) {
      const part = this.#partOf(prefixAt(start));
      this.#sort(part);
      start = this.#starts[part + 1] ?? end;
    }
    for (let start = from; start < end && !this.#isExact; ) {
      while (start > 0 && prefixAt(start - 1) === prefixAt(start)) start -= 1;
      let after = start + 1;
      while (after < this.#filled && prefixAt(after) === prefixAt(start)) after += 1;
      this.#compare(start, after);
      start = after;
    }
    return this.#places.slice(from, Math.min(to, this.#places.length));
  }
}
