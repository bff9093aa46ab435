import { findResource } from '../../shared/catalog/index.ts';
import type { Row } from '../../shared/row.ts';
import { madeAtOf } from './rows.ts';
import type { Statements } from './statements.ts';
import type { Shelf, Shelves, TypedRow } from './typed/shelves.ts';

/** Rows that are taken at a time: who waits for a page waits no longer than for them. */
const rowsAtOnce = 500;

/** How far a copy of an earlier program is on its way into typed columns. */
export type UpgradeProgress = { done: number; of: number };

type Kept = { number: number; resource: string; parent: string; body: string; gone_at: number | null };

const hasTable = (sql: Statements, name: string): boolean =>
  sql.run("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;

/**
 * Puts the rows of a copy of an earlier program into typed columns, in place and in steps. Between them the copy is whole
 * and answers, by its rows' JSON where the columns are not all there: after a kill, the next run resumes where the last step ended.
 */
export class Upgrade {
  readonly #sql: Statements;
  readonly #shelves: Shelves;
  #isDone: boolean;

  /** Within a transaction. */
  constructor(sql: Statements, shelves: Shelves) {
    this.#sql = sql;
    this.#shelves = shelves;
    const isToFill = shelves.isToFill() || hasTable(sql, 'words');
    if (isToFill && !this.#reached()) sql.run('INSERT INTO upgrades (done) VALUES (0)').run();
    this.#isDone = !isToFill;
  }

  #reached(): { done: number } | undefined {
    return this.#sql.run('SELECT done FROM upgrades').get() as { done: number } | undefined;
  }

  /** The indexes of words that have what can be found. */
  indexes(): string[] {
    return this.#isDone || !hasTable(this.#sql, 'words') ? ['texts'] : ['texts', 'words'];
  }

  /** How far it is; null when all is done. */
  progress(): UpgradeProgress | null {
    if (this.#isDone) return null;
    const { of } = this.#sql.run('SELECT coalesce(max(number), 0) AS of FROM rows').get() as { of: number };
    return { done: Math.min(this.#reached()?.done ?? of, of), of };
  }

  /** One step, within a transaction. True when all is done. */
  step(): boolean {
    if (this.#isDone) return true;
    const reached = this.#reached();
    // Another program has done it.
    if (!reached) return this.#end();
    const rows = this.#sql
      .run(
        'SELECT number, resource, parent, body, gone_at FROM rows WHERE number > ? ORDER BY number LIMIT ?',
      )
      .all(reached.done, rowsAtOnce) as Kept[];
    const lists = new Map<string, { shelf: Shelf; rows: TypedRow[] }>();
    for (const { number, resource, parent, body, gone_at: goneAt } of rows) {
      if (goneAt !== null || !findResource(resource)) continue;
      const key = JSON.stringify([resource, parent]);
      const list = lists.get(key) ?? { shelf: this.#shelves.opened(resource, parent), rows: [] };
      lists.set(key, list);
      const row = JSON.parse(body) as Row;
      if (list.shelf.whole === 0) list.rows.push({ number, row, madeAt: madeAtOf(resource, row) });
    }
    for (const { shelf, rows: some } of lists.values()) this.#shelves.put(shelf, some);
    const last = rows.at(-1)?.number;
    if (last !== undefined) this.#sql.run('UPDATE upgrades SET done = ?').run(last);
    if (rows.length === rowsAtOnce) return false;
    this.#shelves.filled();
    this.#sql.db.exec('DELETE FROM upgrades; DROP TABLE IF EXISTS words');
    return this.#end();
  }

  #end(): boolean {
    this.#isDone = true;
    return true;
  }
}
