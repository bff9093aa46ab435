import { elsewhere } from './cell.ts';
import { eachValue, textAt } from './json-list.ts';
import { SeenTexts } from './seen-texts.ts';

/**
 * When texts of a column are left where they are read, and those that come again not looked for: where many rows have one
 * that had not been seen. `texts`: as many are looked at; `once`: of all rows, the share that has a new one; `rows`, `news`:
 * the same of so many in a row, once as many were read before them.
 */
export type Leaving = { texts: number; once: number; rows: number; news: number };
export const leavingTexts: Leaving = { texts: 32_768, once: 0.75, rows: 65_536, news: 0.2 };

/** Where values begin that stand in `others`: a number of 32 bits, which takes no memory of its own. */
export const othersFrom = -(2 ** 30);

/**
 * A column of a list, a number for each of its rows in the list's own order: NaN for no value, from 0 on the value itself,
 * below that what stands for it (`TypedColumns.valueIn`).
 */
export type TypedColumn = { cells: Float64Array; others: Others };

/** The same text, and no part of another one that would stay in memory with it. */
const ownText = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

/** An array with room for so many, the same where it has that. */
export const roomFor = <Numbers extends Float64Array | Uint32Array>(
  numbers: Numbers,
  most: number,
): Numbers => {
  if (numbers.length >= most) return numbers;
  const larger = new (numbers.constructor as new (length: number) => Numbers)(
    Math.max(most, numbers.length * 2),
  );
  larger.set(numbers);
  return larger;
};

/** Values that stand for themselves, by number from 0 on. Where texts do not come again, they are left where they stand. */
export class Others {
  length = 0;
  readonly #kept: unknown[] = [];
  /** Those that are not among the first ones. */
  readonly #later = new Map<number, unknown>();
  /** JSON lists that texts are left in, and the number of the first value of each. */
  readonly #parts: string[] = [];
  readonly #firsts: number[] = [];
  /** By number: where the text's quote stands in its part. */
  #places = new Uint32Array(0);
  /** The part that was read last: most are read in their order. */
  #part = 0;

  keep(value: unknown): number {
    if (this.areLeft) this.#later.set(this.length, value);
    else this.#kept.push(value);
    this.length += 1;
    return this.length - 1;
  }

  /** True where texts are left, from some row on: each is a value of its own then. */
  get areLeft(): boolean {
    return this.#parts.length > 0;
  }

  /** The texts of a JSON list of so many values are left in it; `most`: of the first, values that there may be in all from it on. */
  leaveIn(part: string, values: number, most: number): void {
    this.#places = roomFor(this.#places, this.areLeft ? this.length + values : this.length + most);
    this.#parts.push(part);
    this.#firsts.push(this.length);
  }

  /** A text that is left in the last part, where its quote stands. */
  left(from: number): number {
    this.#places[this.length] = from;
    this.length += 1;
    return this.length - 1;
  }

  /** What is read of a text that is left, of JSON and where its quote stands there; null for any other value. */
  readLeft<T>(number: number, read: (json: string, from: number) => T): T | null {
    const firstOf = (part: number) => this.#firsts[part] ?? Number.POSITIVE_INFINITY;
    if (number < firstOf(0) || number >= this.length) return null;
    if (this.#later.size > 0 && this.#later.has(number)) return null;
    let part = this.#part;
    if (number < firstOf(part) || number >= firstOf(part + 1)) {
      part = 0;
      for (let after = this.#firsts.length; after - part > 1; ) {
        const middle = (part + after) >>> 1;
        if (firstOf(middle) <= number) part = middle;
        else after = middle;
      }
      this.#part = part;
    }
    return read(this.#parts[part] ?? '', this.#places[number] ?? 0);
  }

  at(number: number): unknown {
    if (number < this.#kept.length) return this.#kept[number];
    return this.readLeft(number, textAt) ?? this.#later.get(number);
  }
}

/** A column as it is read: JSON lists of its cells, one after another. */
export class ColumnReader {
  #cells: Float64Array;
  readonly #others = new Others();
  /** What comes again is one value, and compared once. */
  readonly #seen = new SeenTexts();
  /** Rows that were read, and texts among them that had not been seen. */
  #rows = 0;
  #texts = 0;
  /** The same when they were last looked at. */
  #rowsThen = 0;
  #textsThen = 0;
  readonly #leaving: Leaving;
  readonly #bodyOf: (row: number) => unknown;

  /** `most`: rows that there may be; `bodyOf`: what stands in a row's JSON, undefined for nothing. */
  constructor(most: number, leaving: Leaving, bodyOf: (row: number) => unknown) {
    this.#cells = new Float64Array(most);
    this.#leaving = leaving;
    this.#bodyOf = bodyOf;
  }

  /** `numbers`: of the rows that the list is of. */
  take(part: string, numbers: Uint32Array): void {
    const others = this.#others;
    const cells = roomFor(this.#cells, this.#rows + numbers.length);
    this.#cells = cells;
    const isLeft = others.areLeft || this.#leaves();
    if (isLeft) {
      if (!others.areLeft) this.#seen.clear();
      others.leaveIn(part, numbers.length, cells.length - this.#rows);
    }
    const first = this.#rows;
    let at = first;
    eachValue(part, (value, from, after) => {
      if (value === null) cells[at] = Number.NaN;
      else if (value === undefined)
        cells[at] = othersFrom - (isLeft ? others.left(from) : this.#text(part, from, after));
      else if (value !== elsewhere) cells[at] = value;
      else {
        const body = this.#bodyOf(numbers[at - first] ?? 0);
        cells[at] = body === undefined ? Number.NaN : othersFrom - others.keep(body);
      }
      at += 1;
    });
    this.#rows = at;
  }

  /** True where so many rows have a text that had not been seen that there is nothing to gain. */
  #leaves(): boolean {
    const { texts, once, rows: mostRows, news } = this.#leaving;
    if (this.#texts > texts && this.#texts > once * this.#rows) return true;
    const rows = this.#rows - this.#rowsThen;
    if (rows < mostRows) return false;
    const isNew = this.#rowsThen > 0 && this.#texts - this.#textsThen > news * rows;
    [this.#rowsThen, this.#textsThen] = [this.#rows, this.#texts];
    return isNew;
  }

  #text(part: string, from: number, after: number): number {
    const known = this.#seen.find(part, from + 1, after - 1);
    if (known >= 0) return known;
    this.#texts += 1;
    const written = ownText(part.slice(from + 1, after - 1));
    const number = this.#others.keep(written.includes('\\') ? textAt(part, from) : written);
    this.#seen.add(written, number);
    return number;
  }

  done(): TypedColumn {
    const cells = this.#cells.length === this.#rows ? this.#cells : this.#cells.slice(0, this.#rows);
    return { cells, others: this.#others };
  }
}
