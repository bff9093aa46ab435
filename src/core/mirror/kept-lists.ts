import { coversTime, type Query } from '../../shared/query.ts';
import { reading } from './reading.ts';
import { pathOf } from './sql.ts';
import type { Statements } from './statements.ts';

/** What is kept of one list. Times in unix ms. */
export type MirroredList = {
  resource: string;
  parent: string;
  rows: number;
  /** When all of it was last read; null when only what was looked at is here. */
  wholeAt: number | null;
  /** Only rows from this moment on were read; null: all of them. */
  since: number | null;
  /** When anything of it was last seen. */
  seenAt: number;
};

/** What is kept of the lists of one kind below `parents` rows; `wholeAt`: when the oldest of them was read, if all were. */
export type MirroredBelow = Pick<MirroredList, 'resource' | 'rows' | 'wholeAt' | 'seenAt'> & {
  parents: number;
};

/** How many rows of a list are there: kept beside its columns, counted only while those are being filled. */
const rowsThere = `coalesce(
  (SELECT shelves.rows FROM shelves
    WHERE shelves.resource = lists.resource AND shelves.parent = lists.parent AND whole = 1),
  (SELECT count(*) FROM rows
    WHERE rows.resource = lists.resource AND rows.parent = lists.parent AND gone_at IS NULL))`;

type Listed = { whole_at: number | null; since: number | null; seen_at: number };

/** What is kept of which lists, and when it was seen. */
export class KeptLists {
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** Notes that something of a list was seen. `at` in unix ms. */
  note(resource: string, parent: string, at: number) {
    this.#sql
      .run(
        `INSERT INTO lists (resource, parent, seen_at) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET seen_at = max(seen_at, excluded.seen_at)`,
      )
      .run(resource, parent, at);
  }

  /** When what of a list was read; undefined where nothing is kept of it. */
  find(resource: string, parent: string): Listed | undefined {
    return this.#sql
      .run('SELECT whole_at, since, seen_at FROM lists WHERE resource = ? AND parent = ?')
      .get(resource, parent) as Listed | undefined;
  }

  /** What is kept of the top-level lists, or of one list. */
  all(resource?: string, parent = ''): MirroredList[] {
    const lists = this.#sql.run(
      `SELECT resource, parent, whole_at AS wholeAt, since, seen_at AS seenAt, ${rowsThere} AS rows
       FROM lists WHERE resource = coalesce(?, resource) AND parent = ? ORDER BY resource`,
    );
    return reading(lists, {
      resource: 'text',
      parent: 'text',
      wholeAt: 'number?',
      since: 'number?',
      seenAt: 'number',
      rows: 'number',
    }).all(resource ?? null, parent);
  }

  /** What is kept of lists below rows: those of one kind together. */
  below(): MirroredBelow[] {
    const lists = this.#sql.run(
      `SELECT resource, count(*) AS parents, max(seen_at) AS seenAt,
        CASE WHEN count(whole_at) = count(*) THEN min(whole_at) END AS wholeAt,
        sum(${rowsThere}) AS rows
       FROM lists WHERE parent <> '' GROUP BY resource ORDER BY resource`,
    );
    return reading(lists, {
      resource: 'text',
      parents: 'number',
      seenAt: 'number',
      wholeAt: 'number?',
      rows: 'number',
    }).all();
  }

  /** Those of some paths that no kept row of a list has; none where nothing of the list is kept. */
  absentPaths(resource: string, parent: string, paths: readonly string[]): string[] {
    const own = 'FROM rows WHERE resource = ? AND parent = ? AND gone_at IS NULL';
    const isThere = (more: string, ...values: string[]) =>
      this.#sql.run(`SELECT 1 ${own} ${more} LIMIT 1`).get(resource, parent, ...values) !== undefined;
    if (!isThere('')) return [];
    return paths.filter((path) => !isThere('AND json_type(body, ?) IS NOT NULL', pathOf(path)));
  }
}

/** True when all rows that a view could have were read: of a list, or of the time that the view is about. */
export const hasAll = (list: Listed | undefined, query: Query, now: number): boolean =>
  list?.whole_at != null && coversTime(list.since, query, now);
