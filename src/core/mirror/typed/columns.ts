import { pathOf } from '../sql.ts';
import type { Statements } from '../statements.ts';
import { elsewhere } from './cell.ts';
import { placeName } from './schema.ts';
import type { Shelf } from './shelves.ts';
import type { Terms } from './terms.ts';

/** Rows that are read in one statement: between two of them the work can be broken off. */
const rowsAtOnce = 50_000;
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
export type TypedColumn = { cells: Float64Array; others: unknown[] };

/** The rows of a list in its own order, by number, and those of its columns that were asked for. */
type Read = {
  version: string;
  numbers: Uint32Array;
  ends: [later: number, number: number][];
  columns: Map<string, TypedColumn>;
};

/** What the JSON of a statement's answer may have in it. */
type Json = null | number | string;

/** Columns of lists in memory, read when they are asked for, and again after anything of the list was written. */
export class TypedColumns {
  readonly #sql: Statements;
  readonly #terms: Terms;
  readonly #known = new Map<number, Read>();

  constructor(sql: Statements, terms: Terms) {
    this.#sql = sql;
    this.#terms = terms;
  }

  /** The value that stands in a column at a place. */
  valueIn(column: TypedColumn, at: number): unknown {
    return this.valueOf(column, column.cells[at] ?? Number.NaN);
  }

  valueOf({ others }: TypedColumn, cell: number): unknown {
    if (Number.isNaN(cell)) return undefined;
    if (cell >= 0) return cell;
    return cell <= othersFrom ? others[othersFrom - cell] : this.#terms.valueOf(cell);
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

  /** The list's rows by number, and the columns of some places, `later` being their moments. `step` may break it off. */
  read(
    shelf: Shelf,
    version: string,
    layout: readonly string[],
    paths: readonly string[],
    step: () => void,
  ): { numbers: Uint32Array; columns: TypedColumn[] } {
    const known = this.#known.get(shelf.list);
    const read =
      known?.version === version
        ? known
        : { version, numbers: new Uint32Array(0), ends: [], columns: new Map() };
    const missing = paths.filter((path) => !read.columns.has(path));
    this.#sql.atOnce(() => {
      this.#terms.refresh();
      if (read !== known) this.#all(shelf, read, layout, missing, step);
      else if (missing.length > 0) this.#more(shelf, read, layout, missing, step);
    });
    this.#known.delete(shelf.list);
    this.#known.set(shelf.list, read);
    const columns = paths.map((path) => {
      const column = read.columns.get(path) ?? { cells: new Float64Array(0), others: [] };
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

  #expressions(layout: readonly string[], paths: readonly string[]): string {
    return paths
      .map((path) => (path === later ? 'later' : placeName(layout.indexOf(path))))
      .map((name, at) => `, json_group_array(${name}) AS v${at}`)
      .join('');
  }

  /** The rows and some of their columns, in one pass. */
  #all(shelf: Shelf, read: Read, layout: readonly string[], paths: readonly string[], step: () => void) {
    const names = [
      ...new Set(paths.map((path) => (path === later ? 'later' : placeName(layout.indexOf(path))))),
    ];
    const each = this.#sql.run(
      `SELECT json_group_array(number) AS numbers, max(later) AS last${this.#expressions(layout, paths)}
       FROM (SELECT later, number${names
         .filter((name) => name !== 'later')
         .map((name) => `, ${name}`)
         .join('')} FROM cells
         WHERE list = ? AND (later, number) > (?, ?) ORDER BY later, number LIMIT ${rowsAtOnce})`,
    );
    const parts: number[][] = [];
    const values = paths.map((): Json[][] => []);
    let from: [number, number] = [-Number.MAX_SAFE_INTEGER, 0];
    for (;;) {
      step();
      const found = each.get(shelf.list, ...from) as Record<string, string> & { last: number | null };
      const numbers = JSON.parse(found.numbers ?? '[]') as number[];
      if (numbers.length === 0) break;
      parts.push(numbers);
      for (const [at, value] of values.entries()) value.push(JSON.parse(found[`v${at}`] ?? '[]') as Json[]);
      from = [found.last ?? 0, numbers.at(-1) ?? 0];
      read.ends.push(from);
      if (numbers.length < rowsAtOnce) break;
    }
    read.numbers = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      read.numbers.set(part, at);
      at += part.length;
    }
    for (const [at, path] of paths.entries()) this.#keep(read, path, values[at] ?? [], step);
  }

  /** More columns of the rows that were read before. */
  #more(shelf: Shelf, read: Read, layout: readonly string[], paths: readonly string[], step: () => void) {
    const each = this.#sql.run(
      `SELECT count(*) AS rows${this.#expressions(layout, paths)} FROM cells
       WHERE list = ? AND (later, number) > (?, ?) AND (later, number) <= (?, ?)`,
    );
    const values = paths.map((): Json[][] => []);
    let from: [number, number] = [-Number.MAX_SAFE_INTEGER, 0];
    for (const end of read.ends) {
      step();
      const found = each.get(shelf.list, ...from, ...end) as Record<string, string>;
      for (const [at, value] of values.entries()) value.push(JSON.parse(found[`v${at}`] ?? '[]') as Json[]);
      from = end;
    }
    for (const [at, path] of paths.entries()) this.#keep(read, path, values[at] ?? [], step);
  }

  #keep(read: Read, path: string, parts: Json[][], step: () => void) {
    const cells = new Float64Array(read.numbers.length);
    const others: unknown[] = [];
    const other = (value: unknown): number => {
      others.push(value);
      return othersFrom - (others.length - 1);
    };
    // What comes again is one value, and compared once.
    let seen: Map<string, number> | null = new Map();
    let looked = 0;
    const text = (value: string): number => {
      const known = seen?.get(value);
      if (known !== undefined) return known;
      const cell = other(value);
      seen?.set(value, cell);
      looked += 1;
      return cell;
    };
    const body = this.#sql.run('SELECT body -> ? AS value FROM rows WHERE number = ?');
    let at = 0;
    for (const part of parts) {
      step();
      // Where nearly every row has another text, there is nothing to gain.
      if (looked > textsLooked && looked > 0.75 * at) seen = null;
      for (const value of part) {
        if (value === null) cells[at] = Number.NaN;
        else if (path === later) cells[at] = Number(value);
        else if (typeof value === 'string') cells[at] = text(value);
        else if (value !== elsewhere) cells[at] = value;
        else {
          if (others.length % 1_000 === 0) step();
          const json = body.get(pathOf(path), read.numbers[at] ?? 0)?.value;
          cells[at] = typeof json === 'string' ? other(JSON.parse(json)) : Number.NaN;
        }
        at += 1;
      }
    }
    read.columns.set(path, { cells, others });
  }
}

/** Stands for the rows' moments, negated, among the columns. */
export const later = ' later';
