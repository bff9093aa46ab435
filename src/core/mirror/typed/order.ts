import { compareKeys, keyLength, orderedDigits, sortKey } from '../../../shared/local.ts';
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

/** The same of a text, without its key where it begins plainly. */
export const prefixOfText = (text: string): number => {
  const end = Math.min(text.length, keyLength);
  let prefix = 0;
  let filled = 0;
  const put = (unit: number) => {
    if (filled >= prefixLength) return;
    prefix = prefix * 256 + unit;
    filled += 1;
  };
  for (let at = 0; at < end && filled < prefixLength; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80) return prefixOf(sortKey(text) ?? '');
    if (!isDigit(unit)) {
      put(unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit);
      continue;
    }
    let after = at + 1;
    while (after < end && isDigit(text.charCodeAt(after))) after += 1;
    if (after < end && text.charCodeAt(after) >= 0x80) return prefixOf(sortKey(text) ?? '');
    for (const digit of orderedDigits(text.slice(at, after))) put(digit.charCodeAt(0));
    at = after - 1;
  }
  while (filled < prefixLength) put(0);
  return textsFrom + prefix;
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

/**
 * Rows in the order of a column, what is empty last. They are in the order of their keys' beginnings at once; those whose
 * keys begin alike are compared when they are looked at.
 */
export class Ordered {
  readonly #places: Uint32Array;
  /** By the order: what the keys begin with. */
  readonly #prefixes: Float64Array;
  readonly #filled: number;
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
    const filled = new Uint32Array(places.length);
    const rest = new Uint32Array(places.length);
    const prefixes = new Float64Array(places.length);
    const known = new Float64Array(columns.valuesOf(column)).fill(Number.NaN);
    let [some, none] = [0, 0];
    for (const [at, place] of places.entries()) {
      if (at % 100_000 === 0) step();
      const prefix = this.#prefixAt(place, known);
      if (prefix < 0) {
        rest[none] = place;
        none += 1;
      } else {
        filled[some] = place;
        prefixes[some] = descending ? 2 ** 50 - prefix : prefix;
        some += 1;
      }
    }
    step();
    const order = inOrder(prefixes.subarray(0, some));
    step();
    this.#filled = some;
    this.#places = new Uint32Array(places.length);
    this.#prefixes = new Float64Array(some);
    for (let at = 0; at < some; at += 1) {
      const from = order[at] ?? 0;
      this.#places[at] = filled[from] ?? 0;
      this.#prefixes[at] = prefixes[from] ?? 0;
    }
    this.#places.set(rest.subarray(0, none), some);
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

  /** The rows `[from, to)` of the order, by their places in the list's own. */
  slice(from: number, to: number): Uint32Array {
    const prefixAt = (at: number) => this.#prefixes[at] ?? Number.NaN;
    const end = Math.min(to, this.#filled);
    for (let start = from; start < end; ) {
      while (start > 0 && prefixAt(start - 1) === prefixAt(start)) start -= 1;
      let after = start + 1;
      while (after < this.#filled && prefixAt(after) === prefixAt(start)) after += 1;
      this.#compare(start, after);
      start = after;
    }
    return this.#places.slice(from, Math.min(to, this.#places.length));
  }
}
