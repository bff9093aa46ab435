import { pathOf } from '../sql.ts';
import type { Statements } from '../statements.ts';
import {
  ColumnReader,
  type Leaving,
  leavingTexts,
  Others,
  othersFrom,
  roomFor,
  type TypedColumn,
} from './column.ts';
import { eachValue } from './json-list.ts';
import { beforeAll, type End, type Narrowing } from './narrowing.ts';
import { placeName } from './schema.ts';
import type { Shelf } from './shelves.ts';
import type { Terms } from './terms.ts';

/**
 * What is read in one statement: between two of them work can be broken off, and the memory of one serves the next, which
 * takes half the time of fresh memory for all. `first`: rows in the first one, and in each where a column's texts are
 * long; `rows`, `characters` of a column: at most, in those after it.
 */
const pieces = { first: 1_000, rows: 4_000, characters: 100_000 };
/** Rows whose pages SQLite keeps, about: of a longer list none would be there when it is gone through again. */
const rowsOfPages = 150_000;
/** Columns that are remembered. */
const mostColumns = 10;

/** The rows of a list in its own order, by number, and those of its columns that were asked for. */
type Read = {
  version: string;
  numbers: Uint32Array;
  /** Where each statement's rows end; null for the list's own end. */
  ends: (End | null)[];
  columns: Map<string, TypedColumn>;
};

const nothingRead = (version: string): Read => ({
  version,
  numbers: new Uint32Array(0),
  ends: [],
  columns: new Map(),
});

/** What was asked for of them. */
type Columns = { numbers: Uint32Array; columns: TypedColumn[] };

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
  readonly #leaving: Leaving;
  readonly #known = new Map<number, Read>();

  /** `leaving`: when texts are left where they are read. */
  constructor(sql: Statements, terms: Terms, atOnce = pieces, leaving: Leaving = leavingTexts) {
    this.#sql = sql;
    this.#terms = terms;
    this.#atOnce = atOnce;
    this.#leaving = leaving;
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

  /** What is read of a text that stands in a JSON list: see `Others.readLeft`; null for any other value. */
  readLeft<T>({ others }: TypedColumn, cell: number, read: (json: string, from: number) => T): T | null {
    return cell <= othersFrom ? others.readLeft(othersFrom - cell, read) : null;
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
    const read = nothingRead('');
    return this.#sql.atOnce(() => {
      this.#terms.refresh();
      const narrowing = narrowed(this.#terms);
      if (!always && this.#leaves(shelf, narrowing) > tried.most) return null;
      this.#goingThrough(always ? 0 : shelf.rows, () =>
        this.#all(shelf, read, layout, paths, step, narrowing),
      );
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
    const isKnown = known?.version === version;
    let read: Read = isKnown ? known : nothingRead(version);
    const missing = paths.filter((path) => !read.columns.has(path));
    this.#sql.atOnce(() => {
      this.#terms.refresh();
      if (isKnown && missing.length === 0) return;
      this.#goingThrough(shelf.rows, () => {
        if (isKnown && this.#more(shelf, read, layout, missing, step)) return;
        // It was not read yet, or other rows are there by now.
        read = nothingRead(version);
        this.#all(shelf, read, layout, paths, step);
      });
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

  /** Reads a list of so many rows. */
  #goingThrough(rows: number, work: () => void) {
    if (rows > rowsOfPages) this.#sql.through(work);
    else work();
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
    const most = condition === '' ? shelf.rows : 0;
    const readers = paths.map((path) => this.#reader(path, most));
    const { first, rows: mostAtOnce, characters } = this.#atOnce;
    let numbers = new Uint32Array(most);
    let [from, rows, atOnce] = [begin, 0, first];
    for (let isLast = false; !isLast; ) {
      step();
      const piece = some.get(shelf.list, ...from, ...values, atOnce) as Piece;
      isLast = piece.rows < atOnce;
      const before = rows;
      numbers = roomFor(numbers, rows + piece.rows);
      eachValue(piece.numbers, (number) => {
        numbers[rows] = Number(number);
        rows += 1;
      });
      take(readers, piece, numbers.subarray(before, rows));
      from = [piece.last ?? 0, numbers[rows - 1] ?? 0];
      read.ends.push(isLast ? null : from);
      const longest = Math.max(piece.numbers.length, ...paths.map((_, at) => piece[`v${at}`]?.length ?? 0));
      atOnce = Math.max(first, Math.min(mostAtOnce, Math.floor((characters * piece.rows) / longest)));
    }
    read.numbers = numbers.length === rows ? numbers : numbers.slice(0, rows);
    for (const [at, path] of paths.entries()) keep(read, path, readers[at]);
  }

  /** More columns of the rows that were read before. False where others are there. */
  #more(
    shelf: Shelf,
    read: Read,
    layout: readonly string[],
    paths: readonly string[],
    step: () => void,
  ): boolean {
    const answer = `count(*) AS rows${asLists(layout, paths)}`;
    const some = this.#sql.run(`SELECT ${answer} ${rowsAfter} AND (later, number) <= (?, ?)`);
    const rest = this.#sql.run(`SELECT ${answer} ${rowsAfter}`);
    const readers = paths.map((path) => this.#reader(path, read.numbers.length));
    let [from, rows] = [beforeAll, 0];
    for (const end of read.ends) {
      step();
      const piece = (end ? some.get(shelf.list, ...from, ...end) : rest.get(shelf.list, ...from)) as Piece;
      if (rows + piece.rows > read.numbers.length) return false;
      take(readers, piece, read.numbers.subarray(rows, rows + piece.rows));
      from = end ?? from;
      rows += piece.rows;
    }
    if (rows < read.numbers.length) return false;
    for (const [at, path] of paths.entries()) keep(read, path, readers[at]);
    return true;
  }

  #reader(path: string, most: number): ColumnReader {
    const body = this.#sql.run('SELECT body -> ? AS value FROM rows WHERE number = ?');
    return new ColumnReader(most, this.#leaving, (row) => {
      const json = body.get(pathOf(path), row)?.value;
      return typeof json === 'string' ? JSON.parse(json) : undefined;
    });
  }
}

const take = (readers: readonly ColumnReader[], piece: Piece, numbers: Uint32Array) => {
  for (const [at, reader] of readers.entries()) reader.take(piece[`v${at}`] ?? '[]', numbers);
};

const keep = (read: Read, path: string, reader: ColumnReader | undefined) => {
  if (reader) read.columns.set(path, reader.done());
};
