import { compareKeys, sortKey } from '../../../shared/local.ts';
import type { TypedColumn } from './column.ts';
import type { TypedColumns } from './columns.ts';
import { inOrder } from './in-order.ts';
import {
  beginning,
  behind,
  mostOfNumbers,
  type Place,
  prefixOf,
  putLeft,
  putValue,
  textsFrom,
} from './prefix.ts';

/** Keys that are remembered. */
const mostKeys = 100_000;

/** What a key begins with in the other direction, and back. */
const turned = (prefix: number) => 2 ** 50 - prefix;

/** Places of rows whose keys are equal, in the list's own order. */
const together = (some: readonly number[][]): readonly number[] =>
  some.length === 1 ? (some[0] ?? []) : some.flat().sort((a, b) => a - b);

/** Different values of a column that are put in order themselves, before the rows that have them. */
const mostRanked = 131_072;
/** Rows after which a column of which nearly every row has another value is seen to be one. */
const rowsLooked = 32_768;
/** Parts that rows are put in at once; the rows of one are put in order when one of them is asked for. */
const mostParts = 65_536;
/** Rows after which work can be broken off. */
const stepRows = 100_000;
/** Rows that are compared, as a part's numbers are, sooner than put in order by them. */
const fewRows = 4_096;
/** Orders within one another, at most: what is alike for longer is compared. */
const mostWithin = 4;
/** Rows after which work on their keys can be broken off: to make one may take a tenth of a millisecond. */
const stepKeys = 1_000;

/**
 * Rows in the order of a column, what is empty last. They are in parts by what their keys begin with at once; those of one
 * part are put in order when they are looked at. Where their keys begin alike they are compared then, or are many: those
 * have an order of their own, by how their keys continue.
 */
export class Ordered {
  readonly total: number;
  /** The rows, by their places in the list's own order; null for all of it. */
  readonly #rows: Uint32Array | null;
  /** What the rows' keys begin with, as they are ordered; -1 for none. */
  readonly #prefixes: Float64Array;
  /** Which row stands where in the order. */
  readonly #order: Uint32Array;
  readonly #filled: number;
  /** True where rows whose keys begin alike have the same key. */
  readonly #isExact: boolean;
  readonly #isRanked: boolean;
  /** Where parts begin. */
  readonly #starts: Uint32Array;
  readonly #partOf: (prefix: number) => number;
  readonly #sorted = new Set<number>();
  readonly #compared = new Set<number>();
  /** By where they begin: many rows whose keys begin alike. */
  readonly #within = new Map<number, Ordered>();
  readonly #column: TypedColumn;
  readonly #columns: TypedColumns;
  readonly #descending: boolean;
  /** Where the keys are read, and within how many other orders. */
  readonly #place: Place;
  readonly #depth: number;
  readonly #step: () => void;
  /** Keys that had to be made. */
  #made = 0;
  readonly #keys = new Map<number, number | string>();

  /**
   * `places`: rows of the column, in the list's own order; null for all of them. `step` may break the work off, here and
   * when rows are asked for: it is done again then.
   */
  constructor(
    columns: TypedColumns,
    column: TypedColumn,
    places: Uint32Array | null,
    descending: boolean,
    step: () => void,
    place: Place = beginning,
    depth = 0,
  ) {
    this.#columns = columns;
    this.#column = column;
    this.#descending = descending;
    this.#place = place;
    this.#depth = depth;
    this.#step = step;
    this.#rows = places;
    const total = places?.length ?? column.cells.length;
    this.total = total;
    // Of texts that are left there is nothing to remember: each is a value of its own.
    const { areLeft } = column.others;
    const ranks = areLeft ? null : this.#ranks();
    const known = areLeft ? null : (ranks ?? this.#unknown());
    this.#isRanked = ranks !== null;
    const prefixes = this.#prefixesOf(known);
    let [some, least, most] = [0, Number.POSITIVE_INFINITY, 0];
    let isExact = ranks !== null;
    for (let at = 0; at < total; at += 1) {
      let prefix = prefixes[at] ?? 0;
      if (prefix < 0) continue;
      if (prefix === mostOfNumbers) isExact = false;
      if (descending) {
        prefix = turned(prefix);
        prefixes[at] = prefix;
      }
      some += 1;
      if (prefix < least) least = prefix;
      if (prefix > most) most = prefix;
    }
    step();
    const parts = Math.min(mostParts, some);
    const scale = most > least ? (parts - 1) / (most - least) : 0;
    const partOf = (prefix: number) => Math.floor((prefix - least) * scale);
    const starts = new Uint32Array(parts + 1);
    for (const prefix of prefixes) {
      if (prefix < 0) continue;
      const next = partOf(prefix) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let part = 0; part < parts; part += 1)
      starts[part + 1] = (starts[part + 1] ?? 0) + (starts[part] ?? 0);
    step();
    this.#filled = some;
    this.#isExact = isExact;
    this.#starts = starts;
    this.#partOf = partOf;
    this.#prefixes = prefixes;
    this.#order = new Uint32Array(total);
    const ends = starts.slice();
    let end = some;
    for (let at = 0; at < total; at += 1) {
      const prefix = prefixes[at] ?? 0;
      if (prefix < 0) {
        this.#order[end] = at;
        end += 1;
        continue;
      }
      const part = partOf(prefix);
      const to = ends[part] ?? 0;
      ends[part] = to + 1;
      this.#order[to] = at;
    }
  }

  #placeOf(row: number): number {
    return this.#rows ? (this.#rows[row] ?? 0) : row;
  }

  #cellAt(row: number): number {
    return this.#column.cells[this.#placeOf(row)] ?? Number.NaN;
  }

  /** Nothing yet of each value, by its number. */
  #unknown(): Float64Array {
    return new Float64Array(this.#columns.valuesOf(this.#column)).fill(Number.NaN);
  }

  /**
   * Where a column has few different texts: the place of each among them, as what its key begins with, by the number of the
   * value. Null for any other column.
   */
  #ranks(): Float64Array | null {
    const known = this.#unknown();
    const different: number[] = [];
    for (let at = 0; at < this.total; at += 1) {
      if (at % stepRows === 0) this.#step();
      const cell = this.#cellAt(at);
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
    // As `compareKeys` has texts, in half of the time that comparing them by it takes.
    const texts = [...new Set(keyed.map(({ key }) => key))].filter((key) => key !== null).sort();
    const ranks = new Map(texts.map((key, rank) => [key, textsFrom + rank]));
    for (const { cell, key } of keyed)
      known[this.#columns.valueNumber(cell)] = key === null ? -1 : (ranks.get(key) ?? -1);
    return known;
  }

  /** What the rows' keys begin with; -1 for none. `known`: what is known of values already, by their numbers. */
  #prefixesOf(known: Float64Array | null): Float64Array {
    const prefixes = new Float64Array(this.total);
    const [column, columns, place] = [this.#column, this.#columns, this.#place];
    let row = 0;
    const put = (json: string, from: number) => {
      if (!putLeft(prefixes, row, json, from, place)) this.#made += 1;
      return true;
    };
    for (; row < prefixes.length; row += 1) {
      if (row % stepRows === 0) this.#step();
      const cell = this.#cellAt(row);
      if (Number.isNaN(cell)) prefixes[row] = -1;
      else if (cell >= 0) prefixes[row] = prefixOf(cell);
      else {
        const number = columns.valueNumber(cell);
        const before = known?.[number] ?? Number.NaN;
        if (!Number.isNaN(before)) prefixes[row] = before;
        else if (
          !columns.readLeft(column, cell, put) &&
          !putValue(prefixes, row, columns.valueOf(column, cell), place)
        )
          this.#made += 1;
        if (known) known[number] = prefixes[row] ?? 0;
      }
    }
    return prefixes;
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
    this.#inOrderOfKeys(from, to);
    this.#compared.add(from);
  }

  #inOrderOfKeys(from: number, to: number) {
    const rows = this.#order.subarray(from, to);
    const first = this.#cellAt(rows[0] ?? 0);
    // Most rows that begin alike are alike: half of all logs, say.
    if (rows.every((row) => this.#cellAt(row) === first)) return;
    const byCell = new Map<number, number[]>();
    for (const row of rows) {
      const cell = this.#cellAt(row);
      const same = byCell.get(cell);
      if (same) same.push(row);
      else byCell.set(cell, [row]);
    }
    const byKey = new Map<number | string, number[][]>();
    let read = 0;
    for (const [cell, some] of byCell) {
      if (read % stepKeys === 0) this.#step();
      read += 1;
      const key = this.#keyOf(cell);
      const same = byKey.get(key);
      if (same) same.push(some);
      else byKey.set(key, [some]);
    }
    const keys = [...byKey.keys()].sort((a, b) => (this.#descending ? compareKeys(b, a) : compareKeys(a, b)));
    let at = from;
    for (const key of keys)
      for (const row of together(byKey.get(key) ?? [])) {
        this.#order[at] = row;
        at += 1;
      }
  }

  /** Puts the rows of a part in the order of what their keys begin with. */
  #sort(part: number) {
    if (this.#sorted.has(part)) return;
    this.#sorted.add(part);
    const rows = this.#order.subarray(this.#starts[part] ?? 0, this.#starts[part + 1] ?? 0);
    const prefixes = Float64Array.from(rows, (row) => this.#prefixes[row] ?? 0);
    const [first] = prefixes;
    if (prefixes.every((prefix) => prefix === first)) return;
    const before = rows.slice();
    const order =
      prefixes.length > fewRows
        ? inOrder(prefixes)
        : Uint32Array.from(prefixes, (_, at) => at).sort(
            (a, b) => (prefixes[a] ?? 0) - (prefixes[b] ?? 0) || a - b,
          );
    for (const [at, was] of order.entries()) rows[at] = before[was] ?? 0;
  }

  /** The order of many rows `[from, to)` whose keys begin alike, by how they continue; null where they have to be compared. */
  #orderWithin(from: number, to: number): Ordered | null {
    const known = this.#within.get(from);
    if (known || this.#isRanked || to - from <= fewRows || this.#depth === mostWithin) return known ?? null;
    if (this.#compared.has(from)) return null;
    const prefix = this.#prefixes[this.#order[from] ?? -1] ?? 0;
    const next = behind(this.#descending ? turned(prefix) : prefix, this.#place);
    if (!next) return null;
    const places = this.#order.slice(from, to).map((row) => this.#placeOf(row));
    // What most rows are alike in time and again is long, such as an address that all have; keys that have to be made cost more.
    const often = next.isWide ? 1 : this.#made > this.total / 2 ? 0 : 2;
    const isLong = this.#depth >= often && places.length > this.total / 2;
    const skip = isLong ? this.#alike(places) : next.skip;
    if (skip === null) {
      this.#compared.add(from);
      return null;
    }
    const place = isLong ? { skip: Math.max(skip, next.skip), isWide: true } : next;
    const within = new Ordered(
      this.#columns,
      this.#column,
      places,
      this.#descending,
      this.#step,
      place,
      this.#depth + 1,
    );
    this.#within.set(from, within);
    return within;
  }

  /** How many units all keys of some rows begin with alike; null where the keys are the same. */
  #alike(places: Uint32Array): number | null {
    const keyAt = (place: number) => String(sortKey(this.#columns.valueIn(this.#column, place)) ?? '');
    const first = keyAt(places[0] ?? 0);
    let alike = first.length;
    let areSame = true;
    for (const [at, place] of places.entries()) {
      if (at % stepKeys === 0) this.#step();
      const key = keyAt(place);
      if (key === first) continue;
      areSame = false;
      let same = 0;
      while (same < alike && key.charCodeAt(same) === first.charCodeAt(same)) same += 1;
      alike = same;
    }
    return areSame ? null : alike;
  }

  /** The rows `[from, to)` of the order, by their places in the list's own. */
  slice(from: number, to: number): Uint32Array {
    const prefixAt = (at: number) => this.#prefixes[this.#order[at] ?? -1] ?? Number.NaN;
    const end = Math.min(to, this.#filled);
    for (let start = from; start < end; ) {
      const part = this.#partOf(prefixAt(start));
      this.#sort(part);
      start = this.#starts[part + 1] ?? end;
    }
    const places = new Uint32Array(Math.max(0, Math.min(to, this.total) - from));
    const copy = (begin: number, after: number) => {
      for (let at = begin; at < after; at += 1) places[at - from] = this.#placeOf(this.#order[at] ?? 0);
    };
    copy(this.#isExact ? from : Math.max(from, end), from + places.length);
    for (let start = from; start < end && !this.#isExact; ) {
      let first = start;
      while (first > 0 && prefixAt(first - 1) === prefixAt(start)) first -= 1;
      let after = start + 1;
      while (after < this.#filled && prefixAt(after) === prefixAt(start)) after += 1;
      const within = this.#orderWithin(first, after);
      const last = Math.min(after, end);
      if (within) places.set(within.slice(start - first, last - first), start - from);
      else {
        this.#compare(first, after);
        copy(start, last);
      }
      start = after;
    }
    return places;
  }
}
