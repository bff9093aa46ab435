import { type Count, type Counting, countKey, type Sort, type TimeBucket } from '../../../shared/local.ts';
import type { Query } from '../../../shared/query.ts';
import type { Zone } from '../../../shared/zone.ts';
import { momentOf } from '../rows.ts';
import type { Statements } from '../statements.ts';
import type { TypedColumn } from './column.ts';
import { noColumn, TypedColumns } from './columns.ts';
import { histogramOf } from './histogram.ts';
import { layoutOf } from './layout.ts';
import { narrowingOf } from './narrowing.ts';
import { Ordered } from './order.ts';
import { type Asked, type Plan, planOf } from './plan.ts';
import type { Shelf, Shelves } from './shelves.ts';
import type { Terms } from './terms.ts';

/** The rows of a view, by number, in its order. */
export type ViewRows = { total: number; slice: (from: number, to: number) => Uint32Array };

/** `now` in unix ms; `elsewhere` changes when another program writes; `step` throws when nobody waits any more. */
type Reading = { now: number; until: number | undefined; elsewhere: number; step: () => void };

/** Rows after which the work may be broken off. */
const stepRows = 50_000;

const hour = 3_600_000;

/** Views of lists by their typed columns: the comparisons are those of the window, each made once a value. */
export class TypedViews {
  readonly #sql: Statements;
  readonly #shelves: Shelves;
  readonly #terms: Terms;
  readonly #columns: TypedColumns;

  constructor(sql: Statements, shelves: Shelves, terms: Terms) {
    this.#sql = sql;
    this.#shelves = shelves;
    this.#terms = terms;
    this.#columns = new TypedColumns(sql, terms);
  }

  #versionOf(shelf: Shelf, elsewhere: number): string {
    return `${this.#shelves.versionOf(shelf.list)}/${elsewhere}/${this.#terms.resets}`;
  }

  /** The plan of a view whose list is whole here; null for any other. */
  #planned(query: Query, now: number, until?: number): { shelf: Shelf; plan: Plan } | null {
    const shelf = this.#shelves.whole(query.resource, query.parent ?? '');
    const plan = shelf && planOf(query, now, until);
    return shelf && plan ? { shelf, plan } : null;
  }

  /** Another one whenever the rows of a view may be others; null where only the rows' JSON can say. */
  versionOf(query: Query, { now, until, elsewhere }: Reading): string | null {
    const planned = this.#planned(query, now, until);
    return planned && `${planned.shelf.list}/${this.#versionOf(planned.shelf, elsewhere)}`;
  }

  /** The rows of a view; null where only the rows' JSON can say. */
  rows(query: Query, { now, until, elsewhere, step }: Reading): ViewRows | null {
    const planned = this.#planned(query, now, until);
    if (!planned) return null;
    const { shelf, plan } = planned;
    const version = this.#versionOf(shelf, elsewhere);
    const isAll = plan.all.length === 0 && plan.from === null && plan.to === null;
    if (isAll && !query.sort && !this.#columns.isRead(shelf, version)) return this.#inPlace(shelf);
    const { numbers, places, columns } = this.#fitting(
      shelf,
      version,
      plan,
      query.sort ? [query.sort.column] : [],
      step,
    );
    const [column] = columns;
    return this.#ordered(numbers, places, column, query.sort, step);
  }

  /** All rows of a list, by its own order in the file. */
  #inPlace({ list, rows }: Shelf): ViewRows {
    const slice = this.#sql.run(
      'SELECT number FROM cells WHERE list = ? ORDER BY later, number LIMIT ? OFFSET ?',
    );
    return {
      total: rows,
      slice: (from, to) =>
        Uint32Array.from(
          slice.all(list, Math.max(0, to - from), from) as { number: number }[],
          ({ number }) => number,
        ),
    };
  }

  #ordered(
    numbers: Uint32Array,
    places: Uint32Array | null,
    column: TypedColumn | undefined,
    sort: Sort | undefined,
    step: () => void,
  ): ViewRows {
    const total = places?.length ?? numbers.length;
    const numbersAt = (some: Uint32Array) => some.map((place) => numbers[place] ?? 0);
    if (sort && column) {
      const ordered = new Ordered(this.#columns, column, places, sort.descending, step);
      return { total, slice: (from, to) => numbersAt(ordered.slice(from, to)) };
    }
    if (!places) return { total, slice: (from, to) => numbers.slice(from, to) };
    return { total, slice: (from, to) => numbersAt(places.slice(from, to)) };
  }

  /** The rows that fit a plan, by their places among those that were read, in the list's own order (null: all), and more of their columns. */
  #fitting(shelf: Shelf, version: string, plan: Plan, more: string[], step: () => void) {
    const { all, from, to } = plan;
    const bounded = from !== null || to !== null;
    const asked = all.flat().map(({ path }) => path);
    const paths = [...new Set([...more, ...asked])];
    const layout = layoutOf(shelf.resource);
    const some =
      bounded || (all.length > 0 && !this.#columns.hasRead(shelf, version, paths))
        ? this.#columns.readSome(
            shelf,
            layout,
            paths,
            { narrowing: (terms) => narrowingOf(plan, layout, terms), always: bounded },
            step,
          )
        : null;
    const { numbers, columns } = some ?? this.#columns.read(shelf, version, layout, paths, step);
    const columnOf = (path: string) => columns[paths.indexOf(path)] ?? noColumn();
    let places: Uint32Array | null = null;
    for (const any of all) {
      const tests = any.map((one) => this.#testOf(columnOf(one.path), one));
      places = chosen(numbers.length, places, (at) => tests.some((test) => test(at)), step);
    }
    return { numbers, places, columns: more.map(columnOf) };
  }

  /** Whether the row at a place fits; of what comes often that is found out once. */
  #testOf(column: TypedColumn, { fits }: Asked): (at: number) => boolean {
    const known = new Int8Array(this.#columns.valuesOf(column));
    const none = fits(undefined);
    return (at) => {
      const cell = column.cells[at] ?? Number.NaN;
      if (Number.isNaN(cell)) return none;
      if (cell >= 0) return fits(cell);
      const number = this.#columns.valueNumber(cell);
      const before = known[number] ?? 0;
      if (before !== 0) return before === 1;
      const does = fits(this.#columns.valueOf(column, cell));
      known[number] = does ? 1 : 2;
      return does;
    };
  }

  /** How many rows of a view have each value of a column; null where only the rows' JSON can say. */
  counts(
    query: Query,
    { column: path, bucket, zone = 'utc' }: Counting,
    { now, elsewhere, step }: Reading,
  ): Count[] | null {
    const { sort: _, ...unsorted } = query;
    const planned = layoutOf(query.resource).includes(path) ? this.#planned(unsorted, now) : null;
    if (!planned) return null;
    const { shelf, plan } = planned;
    if (bucket && plan.all.length === 0 && path === momentOf(query.resource)) {
      const found = histogramOf(this.#sql, shelf.list, plan, bucket, zone, step);
      if (found) return found;
    }
    const { numbers, places, columns } = this.#fitting(
      shelf,
      this.#versionOf(shelf, elsewhere),
      plan,
      [path],
      step,
    );
    const [column = noColumn()] = columns;
    const found = new Map<string | null, number>();
    const add = (key: string | null, count: number) => found.set(key, (found.get(key) ?? 0) + count);
    const counted = new Uint32Array(this.#columns.valuesOf(column));
    const cells = new Float64Array(counted.length);
    const keyOfMoment = momentKeys(bucket, zone);
    const size = places?.length ?? numbers.length;
    let none = 0;
    // Moments stand in their order, as a rule: those of one key are added at once.
    let moment: { key: string | null; rows: number } = { key: null, rows: 0 };
    const addMoments = (key: string | null) => {
      if (moment.rows > 0) add(moment.key, moment.rows);
      moment = { key, rows: 0 };
    };
    for (let n = 0; n < size; n += 1) {
      if (n % stepRows === 0) step();
      const cell = column.cells[places ? (places[n] ?? 0) : n] ?? Number.NaN;
      if (Number.isNaN(cell)) none += 1;
      else if (cell >= 0) {
        const key = keyOfMoment(cell);
        if (key !== moment.key) addMoments(key);
        moment.rows += 1;
      } else {
        const number = this.#columns.valueNumber(cell);
        if (counted[number] === 0) cells[number] = cell;
        counted[number] = (counted[number] ?? 0) + 1;
      }
    }
    addMoments(null);
    if (none > 0) add(null, none);
    for (const [number, count] of counted.entries())
      if (count > 0)
        add(countKey(this.#columns.valueOf(column, cells[number] ?? Number.NaN), bucket, zone), count);
    return [...found].map(([value, count]) => ({ value, count }));
  }
}

/** The places, of all or of some, that are wanted. */
const chosen = (
  size: number,
  among: Uint32Array | null,
  isWanted: (at: number) => boolean,
  step: () => void,
): Uint32Array => {
  const places = new Uint32Array(among?.length ?? size);
  let found = 0;
  for (let n = 0; n < places.length; n += 1) {
    if (n % stepRows === 0) step();
    const at = among ? (among[n] ?? 0) : n;
    if (!isWanted(at)) continue;
    places[found] = at;
    found += 1;
  }
  return places.slice(0, found);
};

/** What moments are counted under: of an hour that all has one key, that is found out once. */
const momentKeys = (bucket: TimeBucket | null, zone: Zone): ((ms: number) => string | null) => {
  if (bucket === null) return (value) => countKey(value, bucket, zone);
  const known = new Map<number, string | null>();
  return (ms) => {
    const at = Math.floor(ms / hour);
    const key = known.get(at);
    if (key !== undefined && key !== null) return key;
    if (key === null) return countKey(ms, bucket, zone);
    const [first, last] = [at * hour, at * hour + hour - 1].map((moment) => countKey(moment, bucket, zone));
    known.set(at, first !== undefined && first === last ? first : null);
    return countKey(ms, bucket, zone);
  };
};
