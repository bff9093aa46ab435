import { pathOf } from '../sql.ts';
import type { Statements } from '../statements.ts';
import { elsewhere } from './cell.ts';
import { eachValue, textAt } from './json-list.ts';
import { beforeAll, type End, type Narrowing } from './narrowing.ts';
import { placeName } from './schema.ts';
import type { Shelf } from './shelves.ts';
import type { Terms } from './terms.ts';

/**
 * What is read in one statement: between two of them work can be broken off. `first`: rows in the first one, and in each where
 * a column's texts are long; `rows`, `characters` of a column: at most, in those after it.
 */
const pieces = { first: 50_000, rows: 2_000_000, characters: 2 ** 26 };
/** Rows after which work can be broken off. */
const stepRows = 50_000;
/** Columns that are remembered. */
const mostColumns = 10;

/** Texts of a column that are looked at to see whether the same ones come again; then those are kept once. */
const textsLooked = 32_768;

/** Where values begin that stand in `others`. */
const othersFrom = -(2 ** 40);

/**
 * A column of a list, a number for each of its rows in the list's own order: NaN for no value, from 0 on the value itself,
 * below that what stands for it (`valueIn`).
 */
export type TypedColumn = { cells: Float64Array; others: Others };

/** The same text, and no part of another one that would stay in memory with it. */
const ownText = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

/** Values that stand for themselves, by number from 0 on. Where texts do not come again, they are left where they stand. */
export class Others {
  length = 0;
  readonly #kept: unknown[] = [];
  /** Those that are not among the first ones. */
  readonly #later = new Map<number, unknown>();
  #parts: readonly string[] = [];
  /** By number: where the text stands in the parts, as if they were one. */
  #places: Float64Array | null = null;

  keep(value: unknown): number {
    if (this.#places) this.#later.set(this.length, value);
    else this.#kept.push(value);
    this.length += 1;
    return this.length - 1;
  }

  /** Texts of JSON lists are left there from now on; `most`: values that there may be. */
  leave(parts: readonly string[], most: number): void {
    this.#parts = parts;
    this.#places = new Float64Array(most);
  }

  /** A text that is left at a place of the parts, as if they were one; null where they are not. */
  left(place: number): number | null {
    if (!this.#places) return null;
    this.#places[this.length] = place;
    this.length += 1;
    return this.length - 1;
  }

  at(number: number): unknown {
    if (number < this.#kept.length) return this.#kept[number];
    if (number >= this.length) return undefined;
    if (!this.#places || this.#later.has(number)) return this.#later.get(number);
    let place = this.#places[number] ?? 0;
    for (const part of this.#parts) {
      if (place < part.length) return textAt(part, place);
      place -= part.length;
    }
    return undefined;
  }
}

/** The rows of a list in its own order, by number. They are made out when the first of them is asked for. */
export class RowNumbers {
  readonly length: number;
  #parts: string[];
  #numbers: Uint32Array | null = null;

  /** `parts`: JSON lists of numbers, `length` in all. */
  constructor(parts: string[], length: number) {
    this.#parts = parts;
    this.length = length;
  }

  all(): Uint32Array {
    if (this.#numbers) return this.#numbers;
    const numbers = new Uint32Array(this.length);
    let at = 0;
    for (const part of this.#parts)
      eachValue(part, (number) => {
        numbers[at] = Number(number);
        at += 1;
      });
    this.#numbers = numbers;
    this.#parts = [];
    return numbers;
  }
}

/** The rows of a list in its own order, by number, and those of its columns that were asked for. */
type Read = {
  version: string;
  numbers: RowNumbers;
  /** Where each statement's rows end; null for the list's own end. */
  ends: (End | null)[];
  columns: Map<string, TypedColumn>;
};

/** What was asked for of them. */
type Columns = { numbers: RowNumbers; columns: TypedColumn[] };

export const noColumn = (): TypedColumn => ({ cells: new Float64Array(0), others: new Others() });

/** The rows of a list behind a place of it. */
const rowsAfter = 'FROM cells WHERE list = ? AND (later, number) > (?, ?)';
const everyRow: Narrowing = { from: beforeAll, condition: '', values: [] };

/** Rows that a narrowing is tried on, and how many of them it may leave: a list of which it leaves more is read whole. */
const tried = { rows: 2_000, most: 600 };

const nameOf = (layout: readonly string[], path: string): string => placeName(layout.indexOf(path));

/** The values of some columns, each as a JSON list, behind what else a statement answers. */
const asLists = (layout: readonly string[], paths: readonly string[]): string =>
  paths.map((path, at) => `, json_group_array(${nameOf(layout, path)}) AS v${at}`).join('');

/** What a statement answers: rows, the last one's place, their numbers and each column's values, as JSON. */
type Piece = { rows: number; last: number | null; numbers: string } & Record<`v${number}`, string>;

/** Columns of lists in memory, read when they are asked for, and again after anything of the list was written. */
export class TypedColumns {
  readonly #sql: Statements;
  readonly #terms: Terms;
  readonly #atOnce: typeof pieces;
  readonly #known = new Map<number, Read>();

  constructor(sql: Statements, terms: Terms, atOnce = pieces) {
    this.#sql = sql;
    this.#terms = terms;
    this.#atOnce = atOnce;
  }

  /** The value that stands in a column at a place. */
  valueIn(column: TypedColumn, at: number): unknown {
    return this.valueOf(column, column.cells[at] ?? Number.NaN);
  }

  valueOf({ others }: TypedColumn, cell: number): unknown {
    if (Number.isNaN(cell)) return undefined;
    if (cell >= 0) return cell;
    return cell <= othersFrom ? others.at(othersFrom - cell) : this.#terms.valueOf(cell);
  }

  /** How many values there are for cells below 0: see `valueNumber`. */
  valuesOf({ others }: TypedColumn): number {
    return this.#terms.size + 1 + others.length;
  }

  /** A number for the value of a cell below 0, from 0 on: rows with the same one have the same value. */
  valueNumber(cell: number): number {
    return cell <= othersFrom ? this.#terms.size + 1 + (othersFrom - cell) : -cell;
  }

  /** True when the list's rows are in memory as they are now. */
  isRead({ list }: Shelf, version: string): boolean {
    return this.#known.get(list)?.version === version;
  }

  /** True when these columns of the list's rows are in memory as they are now. */
  hasRead(shelf: Shelf, version: string, paths: readonly string[]): boolean {
    return (
      this.isRead(shelf, version) && paths.every((path) => this.#known.get(shelf.list)?.columns.has(path))
    );
  }

  /**
   * Those rows of a list that may fit, by number, and columns of them: nothing of the others is read. Null where a narrowing
   * leaves too many of them, and is not asked for in any case: they are read whole sooner, and kept.
   */
  readSome(
    shelf: Shelf,
    layout: readonly string[],
    paths: readonly string[],
    { narrowing: narrowed, always }: { narrowing: (terms: Terms) => Narrowing; always: boolean },
    step: () => void,
  ): Columns | null {
    const read: Read = { version: '', numbers: new RowNumbers([], 0), ends: [], columns: new Map() };
    return this.#sql.atOnce(() => {
      this.#terms.refresh();
      const narrowing = narrowed(this.#terms);
      if (!always && this.#leaves(shelf, narrowing) > tried.most) return null;
      this.#all(shelf, read, layout, paths, step, narrowing);
      return { numbers: read.numbers, columns: paths.map((path) => read.columns.get(path) ?? noColumn()) };
    });
  }

  /** How many of the first rows of a list a narrowing leaves. */
  #leaves({ list }: Shelf, { from, condition, values }: Narrowing): number {
    const first = `SELECT * ${rowsAfter} ORDER BY later, number LIMIT ${tried.rows}`;
    const [{ rows = 0 } = {}] = this.#sql
      .run(`SELECT count(*) AS rows FROM (${first}) WHERE true ${condition}`)
      .all(list, ...from, ...values) as { rows: number }[];
    return rows;
  }

  /** The list's rows by number, and the columns of some places. `step` may break it off. */
  read(
    shelf: Shelf,
    version: string,
    layout: readonly string[],
    paths: readonly string[],
    step: () => void,
  ): Columns {
    const known = this.#known.get(shelf.list);
    const read =
      known?.version === version
        ? known
        : { version, numbers: new RowNumbers([], 0), ends: [], columns: new Map() };
    const missing = paths.filter((path) => !read.columns.has(path));
    this.#sql.atOnce(() => {
      this.#terms.refresh();
      if (read !== known) this.#all(shelf, read, layout, missing, step);
      else if (missing.length > 0) this.#more(shelf, read, layout, missing, step);
    });
    this.#known.delete(shelf.list);
    this.#known.set(shelf.list, read);
    const columns = paths.map((path) => {
      const column = read.columns.get(path) ?? noColumn();
      // The last ones asked for stay.
      read.columns.delete(path);
      read.columns.set(path, column);
      return column;
    });
    this.#forget();
    return { numbers: read.numbers, columns };
  }

  #forget() {
    let left = mostColumns;
    for (const [list, read] of [...this.#known].reverse()) {
      for (const path of [...read.columns.keys()].reverse()) {
        if (left <= 0) read.columns.delete(path);
        left -= 1;
      }
      if (left <= -mostColumns) this.#known.delete(list);
    }
  }

  /** The rows and some of their columns, in one pass. */
  #all(
    shelf: Shelf,
    read: Read,
    layout: readonly string[],
    paths: readonly string[],
    step: () => void,
    { from: begin, condition, values }: Narrowing = everyRow,
  ) {
    const names = new Set(['later', 'number', ...paths.map((path) => nameOf(layout, path))]);
    const answer = `count(*) AS rows, max(later) AS last, json_group_array(number) AS numbers${asLists(layout, paths)}`;
    const some = this.#sql.run(
      `SELECT ${answer} FROM (SELECT ${[...names].join(', ')} ${rowsAfter} ${condition} ORDER BY later, number LIMIT ?)`,
    );
    // What is left is read without a limit, which takes half the time.
    const rest = this.#sql.run(`SELECT ${answer} ${rowsAfter} ${condition}`);
    const found: Piece[] = [];
    let from = begin;
    let rows = 0;
    const { first, rows: most, characters } = this.#atOnce;
    let atOnce = first;
    for (let isLast = false; !isLast; ) {
      step();
      isLast = shelf.rows - rows <= atOnce;
      const piece = (
        isLast ? rest.get(shelf.list, ...from, ...values) : some.get(shelf.list, ...from, ...values, atOnce)
      ) as Piece;
      isLast ||= piece.rows < atOnce;
      found.push(piece);
      from = [piece.last ?? 0, Number(/(\d+)\]$/.exec(piece.numbers.slice(-20))?.[1] ?? 0)];
      read.ends.push(isLast ? null : from);
      rows += piece.rows;
      const longest = Math.max(piece.numbers.length, ...paths.map((_, at) => piece[`v${at}`]?.length ?? 0));
      atOnce = Math.max(first, Math.min(most, Math.floor(characters / (longest / piece.rows))));
    }
    const numbers = found.map((piece) => piece.numbers);
    read.numbers = new RowNumbers(numbers, rows);
    this.#keep(read, paths, found, step);
  }

  /** More columns of the rows that were read before. */
  #more(shelf: Shelf, read: Read, layout: readonly string[], paths: readonly string[], step: () => void) {
    const answer = `count(*) AS rows${asLists(layout, paths)}`;
    const some = this.#sql.run(`SELECT ${answer} ${rowsAfter} AND (later, number) <= (?, ?)`);
    const rest = this.#sql.run(`SELECT ${answer} ${rowsAfter}`);
    let from = beforeAll;
    const found = read.ends.map((end) => {
      step();
      const piece = (end ? some.get(shelf.list, ...from, ...end) : rest.get(shelf.list, ...from)) as Piece;
      from = end ?? from;
      return piece;
    });
    this.#keep(read, paths, found, step);
  }

  #keep(read: Read, paths: readonly string[], found: readonly Piece[], step: () => void) {
    for (const [at, path] of paths.entries()) {
      const parts = found.map((piece) => piece[`v${at}`] ?? '[]');
      read.columns.set(path, this.#column(read, path, parts, step));
    }
  }

  #column(read: Read, path: string, parts: readonly string[], step: () => void): TypedColumn {
    const cells = new Float64Array(read.numbers.length);
    const others = new Others();
    // What comes again is one value, and compared once.
    const seen = new Map<string, number>();
    let looked = 0;
    const text = (part: string, place: number, at: number): number => {
      const left = others.left(place + at);
      if (left !== null) return left;
      const value = textAt(part, at);
      const known = seen.get(value);
      if (known !== undefined) return known;
      looked += 1;
      const own = ownText(value);
      const number = others.keep(own);
      seen.set(own, number);
      return number;
    };
    const body = this.#sql.run('SELECT body -> ? AS value FROM rows WHERE number = ?');
    let at = 0;
    let place = 0;
    for (const part of parts) {
      eachValue(part, (value, from) => {
        if (at % stepRows === 0) {
          step();
          // Where nearly every row has another text, there is nothing to gain.
          if (seen.size > 0 && looked > textsLooked && looked > 0.75 * at) {
            seen.clear();
            others.leave(parts, others.length + cells.length - at);
          }
        }
        if (value === null) cells[at] = Number.NaN;
        else if (value === undefined) cells[at] = othersFrom - text(part, place, from);
        else if (value !== elsewhere) cells[at] = value;
        else {
          if (others.length % 1_000 === 0) step();
          const json = body.get(pathOf(path), read.numbers.all()[at] ?? 0)?.value;
          cells[at] = typeof json === 'string' ? othersFrom - others.keep(JSON.parse(json)) : Number.NaN;
        }
        at += 1;
      });
      place += part.length;
    }
    return { cells, others };
  }
}
