import { resourceOf } from '../../shared/catalog/index.ts';
import type { Count, Counting } from '../../shared/local.ts';
import type { Query } from '../../shared/query.ts';
import { inOrderOf, type Numbered } from './order.ts';
import { reading } from './reading.ts';
import { part, toSql } from './sql.ts';
import type { Statements } from './statements.ts';
import type { TypedViews, ViewRows } from './typed/views.ts';

export const rowsOf = (numbers: Uint32Array): ViewRows => ({
  total: numbers.length,
  slice: (from, to) => numbers.slice(from, to),
});

type State = {
  /** Another one when anything was written, here or by another program. */
  version: () => string;
  /** Another one when another program has written. */
  elsewhere: () => number;
  /** Throws `cancelled` when nobody waits any more. */
  step: () => void;
};

const minuteOf = (now: number): number => Math.floor(now / 60_000);

/** Views whose rows are remembered. */
const keptViews = 6;

/**
 * Views of a copy's lists: by typed columns where those can say, by the rows' JSON where they cannot, as of a path that is
 * no column of the catalogue, of names that other lists tell, and of a list whose columns are still being filled.
 */
export class Views {
  readonly #sql: Statements;
  readonly #typed: TypedViews;
  readonly #state: State;
  readonly #known = new Map<string, { version: string; rows: ViewRows }>();

  constructor(sql: Statements, typed: TypedViews, state: State) {
    this.#sql = sql;
    this.#typed = typed;
    this.#state = state;
  }

  #byJson(query: Query, now: number, until: number | undefined): ViewRows {
    const { where, order, sortedBy } = toSql(query, now, until);
    const each = this.#sql.db.prepare(
      `SELECT number${sortedBy ? `, ${sortedBy.text} AS value` : ''} FROM rows WHERE ${where.text} ORDER BY ${order}`,
    );
    const found = each.iterate(...(sortedBy?.values ?? []), ...where.values) as Iterable<Numbered>;
    return rowsOf(
      query.sort
        ? Uint32Array.from(inOrderOf(found, query.sort))
        : Uint32Array.from(found, ({ number }) => number),
    );
  }

  /** The rows of a view in their order: worked out once, until something is written. Throws `query.invalid`, `cancelled`. */
  rows(query: Query, now: number, until: number | undefined): ViewRows {
    const { version: versionOf, elsewhere, step } = this.#state;
    const asked = { now, until, elsewhere: elsewhere(), step };
    const { resource, parent, filters, where, sort, zone } = query;
    // Days are another time in another zone, and what counts back from now is so a minute later.
    const isTimed = (where ?? []).length > 0 || filters.time !== undefined;
    const key = JSON.stringify([
      resource,
      parent,
      filters,
      where,
      sort,
      zone,
      until,
      isTimed && minuteOf(now),
    ]);
    const version = this.#typed.versionOf(query, asked) ?? versionOf();
    const known = this.#known.get(key);
    if (known?.version === version) return known.rows;
    // What cannot be asked is refused in one place.
    toSql(query, now, until);
    const rows = this.#typed.rows(query, asked) ?? this.#byJson(query, now, until);
    this.#known.delete(key);
    this.#known.set(key, { version, rows });
    const [oldest] = this.#known.keys();
    if (this.#known.size > keptViews && oldest !== undefined) this.#known.delete(oldest);
    return rows;
  }

  /** How many rows of a view have each value of a column. Throws `query.invalid`, `cancelled`. */
  counts(query: Query, counting: Counting, now: number): Count[] {
    const { where } = toSql(query, now);
    const { elsewhere, step } = this.#state;
    const asked = { now, until: undefined, elsewhere: elsewhere(), step };
    return this.#typed.counts(query, counting, asked) ?? this.#countsByJson(query, counting, where);
  }

  #countsByJson(
    query: Query,
    { column, bucket, zone = 'utc' }: Counting,
    where: ReturnType<typeof toSql>['where'],
  ): Count[] {
    const { text, values } = part(resourceOf(query.resource), column);
    const counts = this.#sql.db.prepare(
      `SELECT desk_count(${text}, ?, ?) AS value, count(*) AS count FROM rows WHERE ${where.text} GROUP BY 1`,
    );
    return reading(counts, { value: 'text?', count: 'number' }).all(...values, bucket, zone, ...where.values);
  }
}
