import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Column, catalog, findResource, resourceOf } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import {
  type Count,
  countKey,
  fitsValue,
  inCountOrder,
  type LocalMode,
  sortKey,
  type TimeBucket,
} from '../../shared/local.ts';
import { coversTime, joinedColumns, type Query } from '../../shared/query.ts';
import { type JoinedNames, type Row, rowIdOf, rowLabelOf, valueAt, withNames } from '../../shared/row.ts';
import { matcher } from '../../shared/search/match.ts';
import type { SearchTerm } from '../../shared/search/search.ts';
import { openOrSetAside } from './file.ts';
import { type SnapshotAsked, type SnapshotManifest, writeSnapshot } from './snapshot.ts';
import { part, toSql } from './sql.ts';
import { matchOf, wordsOf } from './words.ts';

/** Views whose order is remembered. */
const keptViews = 6;

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

export type MirrorPage = {
  rows: Row[];
  total: number;
  /** When the newest of the list was seen; null when nothing of it is kept. */
  asOf: number | null;
  whole: boolean;
};

/** Counts of a view: the first of them, how many values there are, and how many rows in all. */
export type CountsPage = {
  counts: Count[];
  values: number;
  total: number;
  asOf: number | null;
  whole: boolean;
};

/** A row that a text was found in. */
export type Hit = { resource: string; parent: string; id: string; label: string; snippet: string };

const parsed = (json: unknown): unknown => (typeof json === 'string' ? JSON.parse(json) : undefined);

/**
 * The local copy of one tenant: rows of its lists as they were last seen, without secrets. Everything is synchronous: it
 * runs in a worker. A file that is no mirror is set aside, and a new one begun.
 */
export class MirrorStore {
  readonly #path: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #views = new Map<string, { written: number; numbers: Uint32Array }>();
  /** Grows with every row that is written anew. */
  #written = 0;
  /** Grows with every list that was read whole. */
  #finished = 0;
  readonly #members = new Map<string, { at: string; known: boolean }>();
  /** Where a damaged file was set aside; null when all is well. */
  readonly setAside: string | null;

  constructor(path: string, now: number) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#path = path;
    const opened = openOrSetAside(path, now);
    this.#db = opened.db;
    this.setAside = opened.setAside;
    this.#db.function('desk_fits', { deterministic: true }, (mode, json, entered) =>
      fitsValue(mode as LocalMode, parsed(json), String(entered)) ? 1 : 0,
    );
    this.#db.function('desk_key', { deterministic: true }, (json) => sortKey(parsed(json)));
    this.#db.function('desk_count', { deterministic: true }, (json, bucket) =>
      countKey(parsed(json), bucket as TimeBucket | null),
    );
    const matchers = new Map<string, (text: string) => boolean>();
    this.#db.function('desk_matches', { deterministic: true }, (json, term, sensitive) => {
      const value = parsed(json);
      if (typeof value !== 'string') return 0;
      const key = `${sensitive}${term}`;
      const known = matchers.get(key) ?? matcher(JSON.parse(String(term)) as SearchTerm, sensitive === 1);
      matchers.set(key, known);
      return known(value) ? 1 : 0;
    });
  }

  #run(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #together<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Keeps rows of a list as they are now; of many, those without an id cannot be kept. `at` in unix ms. */
  put(resourceId: string, parent: string, rows: readonly Row[], at: number): void {
    const resource = resourceOf(resourceId);
    const time = resource.pin?.column ?? 'createdAt';
    this.#together(() => {
      const known = this.#run(
        'SELECT number, body, gone_at FROM rows WHERE resource = ? AND parent = ? AND id = ?',
      );
      const seen = this.#run('UPDATE rows SET seen_at = ?, gone_at = NULL WHERE number = ?');
      const changed = this.#run(
        'UPDATE rows SET body = ?, made_at = ?, seen_at = ?, gone_at = NULL WHERE number = ?',
      );
      const added = this.#run(
        'INSERT INTO rows (resource, parent, id, body, made_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)',
      );
      const forget = this.#run('DELETE FROM words WHERE rowid = ?');
      const learn = this.#run('INSERT INTO words (rowid, text) VALUES (?, ?)');
      for (const row of rows) {
        const id = rowIdOf(resource, row) || (resource.single ? resource.id : '');
        if (id === '') continue;
        const body = JSON.stringify(withoutSecrets(resourceId, row));
        const made = valueAt(row, time);
        const madeAt = typeof made === 'number' && Number.isSafeInteger(made) ? made : null;
        const old = known.get(resourceId, parent, id) as
          | { number: number; body: string; gone_at: number | null }
          | undefined;
        if (old?.body === body) {
          if (old.gone_at !== null) this.#written += 1;
          seen.run(at, old.number);
          continue;
        }
        this.#written += 1;
        const number =
          old?.number ?? Number(added.run(resourceId, parent, id, body, madeAt, at).lastInsertRowid);
        if (old) {
          changed.run(body, madeAt, at, number);
          forget.run(number);
        }
        learn.run(number, wordsOf(JSON.parse(body)));
      }
      this.#note(resourceId, parent, at);
    });
  }

  #note(resource: string, parent: string, at: number) {
    this.#run(
      `INSERT INTO lists (resource, parent, seen_at) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET seen_at = max(seen_at, excluded.seen_at)`,
    ).run(resource, parent, at);
  }

  /**
   * All of a list, or all since a moment, was read from `startedAt` on: what was not seen since is gone. Returns how many
   * rows that were.
   */
  finish(resource: string, parent: string, startedAt: number, at: number, since: number | null): number {
    return this.#together(() => {
      this.#note(resource, parent, at);
      this.#run('UPDATE lists SET whole_at = ?, since = ? WHERE resource = ? AND parent = ?').run(
        at,
        since,
        resource,
        parent,
      );
      const gone = this.#run(
        'UPDATE rows SET gone_at = ? WHERE resource = ? AND parent = ? AND seen_at < ? AND gone_at IS NULL',
      ).run(at, resource, parent, startedAt);
      this.#written += Number(gone.changes);
      this.#finished += 1;
      return Number(gone.changes);
    });
  }

  /**
   * Lets go of rows that were made before a moment, of lists that can be cut by time; the file becomes smaller when that
   * frees much of it. Returns how many rows went.
   */
  forgetBefore(cutoff: number): number {
    const cut = catalog.filter(({ pin }) => pin !== undefined).map(({ id }) => id);
    const forgotten = this.#together(() => {
      let sum = 0;
      for (const resource of cut) {
        this.#run(
          'DELETE FROM words WHERE rowid IN (SELECT number FROM rows WHERE resource = ? AND made_at < ?)',
        ).run(resource, cutoff);
        const gone = this.#run('DELETE FROM rows WHERE resource = ? AND made_at < ?').run(resource, cutoff);
        if (Number(gone.changes) > 0)
          this.#run(
            'UPDATE lists SET since = ? WHERE resource = ? AND whole_at IS NOT NULL AND coalesce(since, 0) < ?',
          ).run(cutoff, resource, cutoff);
        sum += Number(gone.changes);
      }
      return sum;
    });
    if (forgotten === 0) return 0;
    this.#written += 1;
    const { left } = this.#run('SELECT count(*) AS left FROM rows').get() as { left: number };
    // Making the file smaller costs as much as writing what is left.
    if (forgotten * 8 > left)
      this.#db.exec(
        "INSERT INTO words (words) VALUES ('optimize'); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);",
      );
    return forgotten;
  }

  /** Newest moment of a list's rows, unix ms; null when there is none. */
  newest(resource: string, parent: string): number | null {
    const found = this.#run(
      'SELECT max(made_at) AS at FROM rows WHERE resource = ? AND parent = ? AND gone_at IS NULL',
    ).get(resource, parent) as { at: number | null };
    return found.at;
  }

  #list(resource: string, parent: string) {
    return this.#run('SELECT whole_at, since, seen_at FROM lists WHERE resource = ? AND parent = ?').get(
      resource,
      parent,
    ) as { whole_at: number | null; since: number | null; seen_at: number } | undefined;
  }

  /** The rows of a view in their order, by number: worked out once, until something is written. */
  #numbers(query: Query, now: number, until: number | undefined): Uint32Array {
    const key = JSON.stringify([query.resource, query.parent, query.filters, query.where, query.sort, until]);
    const known = this.#views.get(key);
    if (known?.written === this.#written) return known.numbers;
    const { where, order } = toSql(query, now, until);
    const found: number[] = [];
    const each = this.#db.prepare(`SELECT number FROM rows WHERE ${where.text} ORDER BY ${order.text}`);
    for (const row of each.iterate(...where.values, ...order.values)) found.push(Number(row.number));
    const numbers = Uint32Array.from(found);
    this.#views.delete(key);
    this.#views.set(key, { written: this.#written, numbers });
    const [oldest] = this.#views.keys();
    if (this.#views.size > keptViews && oldest !== undefined) this.#views.delete(oldest);
    return numbers;
  }

  /** Rows `[offset, offset + limit)` of a view, its filters, conditions and order by the mirror. Throws `query.invalid`. */
  page(query: Query, offset: number, limit: number, now: number, until?: number): MirrorPage {
    const list = this.#list(query.resource, query.parent ?? '');
    this.#refuseUnjoined(query);
    const numbers = this.#numbers(query, now, until);
    const body = this.#run('SELECT body FROM rows WHERE number = ?');
    const rows = Array.from(
      numbers.subarray(offset, offset + limit),
      (number) => JSON.parse(String(body.get(number)?.body)) as Row,
    );
    return {
      rows: this.#withJoined(query.resource, rows),
      total: numbers.length,
      asOf: list?.whole_at ?? list?.seen_at ?? null,
      whole: hasAll(list, query, now),
    };
  }

  /** True when every parent's list was read whole; worked out once, until something is written or finished. */
  #hasMembers(list: string): boolean {
    const at = `${this.#written}/${this.#finished}`;
    const before = this.#members.get(list);
    if (before?.at === at) return before.known;
    const parents = resourceOf(list).parent?.resource ?? '';
    const open = this.#run(
      `SELECT count(*) AS found FROM rows WHERE resource = ? AND parent = '' AND gone_at IS NULL AND NOT EXISTS
        (SELECT 1 FROM lists WHERE lists.resource = ? AND lists.parent = rows.id AND whole_at IS NOT NULL)`,
    ).get(parents, list) as { found: number };
    const known = this.#list(parents, '')?.whole_at != null && open.found === 0;
    this.#members.set(list, { at, known });
    return known;
  }

  /** What is not known must not read as nothing. Throws `mirror.members`. */
  #refuseUnjoined(query: Query, more: readonly Column[] = []) {
    const missing = [...joinedColumns(query), ...more].find(({ joins }) => joins && !this.#hasMembers(joins));
    if (missing) throw new DeskError('mirror.members', { where: missing.title });
  }

  /**
   * The names of the parents below which rows are listed, by column and by the rows' ids: of the columns asked for, or
   * (null) of those for which all of that is kept.
   */
  joined(resourceId: string, ids: readonly string[], columns: readonly string[] | null): JoinedNames {
    const chosen = resourceOf(resourceId).columns.flatMap(({ id, joins }) =>
      joins !== undefined && (columns ? columns.includes(id) : this.#hasMembers(joins))
        ? [{ id, joins }]
        : [],
    );
    return Object.fromEntries(chosen.map(({ id, joins }) => [id, this.#namesAbove(joins, ids)]));
  }

  #namesAbove(list: string, ids: readonly string[]): Record<string, string[]> {
    const parents = resourceOf(list).parent?.resource ?? '';
    const found = this.#run(
      `SELECT coalesce(json_extract(named.body, '$.name'), member.parent) AS name
       FROM rows AS member LEFT JOIN rows AS named
         ON named.resource = ? AND named.parent = '' AND named.id = member.parent
       WHERE member.resource = ? AND member.id = ? AND member.gone_at IS NULL ORDER BY 1`,
    );
    return Object.fromEntries(
      ids.flatMap((id) => {
        const names = found.all(parents, list, id).map(({ name }) => String(name));
        return names.length > 0 ? [[id, names]] : [];
      }),
    );
  }

  #withJoined(resourceId: string, rows: Row[]): Row[] {
    const resource = resourceOf(resourceId);
    const ids = rows.map((row) => rowIdOf(resource, row));
    return withNames(resource, rows, this.joined(resourceId, ids, null));
  }

  /** How many rows of a view have each value of a column; the most frequent ones, or of moments the newest. */
  counts(query: Query, column: string, bucket: TimeBucket | null, limit: number, now: number): CountsPage {
    const resource = resourceOf(query.resource);
    this.#refuseUnjoined(
      query,
      resource.columns.filter(({ id }) => id === column),
    );
    const { where } = toSql(query, now);
    const list = this.#list(query.resource, query.parent ?? '');
    const { text, values } = part(resource, column);
    const found = this.#db
      .prepare(
        `SELECT desk_count(${text}, ?) AS value, count(*) AS count FROM rows WHERE ${where.text} GROUP BY 1`,
      )
      .all(...values, bucket, ...where.values) as unknown as Count[];
    return {
      counts: inCountOrder(found, bucket).slice(0, limit),
      values: found.length,
      total: found.reduce((sum, { count }) => sum + count, 0),
      asOf: list?.whole_at ?? list?.seen_at ?? null,
      whole: hasAll(list, query, now),
    };
  }

  /** One row, of its own list or of any other that shows it; null when it was never seen. */
  row(resource: string, id: string): Row | null {
    const found = this.#run(
      'SELECT body FROM rows WHERE id = ? AND resource = ? ORDER BY gone_at IS NULL DESC, seen_at DESC LIMIT 1',
    ).get(id, resource) as { body: string } | undefined;
    return found ? (this.#withJoined(resource, [JSON.parse(found.body) as Row])[0] ?? null) : null;
  }

  /** What rows of a list are called, by id; only those that are kept. */
  names(resource: string, ids: readonly string[]): Record<string, string> {
    const found = this.#run(
      'SELECT body FROM rows WHERE resource = ? AND id = ? ORDER BY gone_at IS NULL DESC LIMIT 1',
    );
    return Object.fromEntries(
      ids.flatMap((id) => {
        const body = found.get(resource, id)?.body;
        return typeof body === 'string'
          ? [[id, rowLabelOf(resourceOf(resource), JSON.parse(body) as Row)]]
          : [];
      }),
    );
  }

  /** What is kept, list by list. */
  lists(): MirroredList[] {
    return this.#run(
      `SELECT resource, parent, whole_at AS wholeAt, since, seen_at AS seenAt,
        (SELECT count(*) FROM rows WHERE rows.resource = lists.resource AND rows.parent = lists.parent
          AND gone_at IS NULL) AS rows
       FROM lists ORDER BY resource, parent`,
    ).all() as unknown as MirroredList[];
  }

  /** Rows in which every word of a text (three characters or more) stands, newest first. */
  search(text: string, limit: number): Hit[] {
    const match = matchOf(text);
    if (match === null) return [];
    const found = this.#run(
      `SELECT resource, parent, id, body FROM words JOIN rows ON rows.number = words.rowid
       WHERE words MATCH ? AND gone_at IS NULL ORDER BY words.rowid DESC LIMIT ?`,
    ).all(match, limit) as { resource: string; parent: string; id: string; body: string }[];
    const [word = ''] = text.trim().toLowerCase().split(/\s+/);
    return found.flatMap(({ resource: name, parent, id, body }) => {
      const resource = findResource(name);
      if (!resource) return [];
      const row = JSON.parse(body) as Row;
      const lines = wordsOf(row).split('\n');
      const snippet = lines.find((line) => line.toLowerCase().includes(word)) ?? '';
      return [
        { resource: name, parent, id, label: rowLabelOf(resource, row), snippet: snippet.slice(0, 200) },
      ];
    });
  }

  /** Everything that is kept, in one file to hand over. */
  snapshot(asked: SnapshotAsked, now: number): Promise<SnapshotManifest> {
    return writeSnapshot(this.#db, asked, now);
  }

  /** Bytes on the disk. */
  get size(): number {
    return [this.#path, `${this.#path}-wal`].reduce((sum, path) => {
      const { size } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0 };
      return sum + size;
    }, 0);
  }

  close() {
    this.#statements.clear();
    this.#db.close();
  }
}

/** True when all rows that a view could have were read: of a list, or of the time that the view is about. */
const hasAll = (
  list: { whole_at: number | null; since: number | null } | undefined,
  query: Query,
  now: number,
): boolean => list?.whole_at != null && coversTime(list.since, query, now);

/** The row without its secret fields, masked or not. */
const withoutSecrets = (resourceId: string, row: Row): Row => {
  const top = resourceOf(resourceId).secrets.filter(
    (secret) => typeof secret === 'string' && !secret.includes('.'),
  );
  return top.length === 0
    ? row
    : Object.fromEntries(Object.entries(row).filter(([key]) => !top.includes(key)));
};
