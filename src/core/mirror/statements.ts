import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Memory for pages of the file, KiB: as a rule, and while many are read that nobody asks for again. */
const pagesKept = { asARule: 32_768, readOnce: 2_048 };

/** Gives a database the memory for its pages that it has as a rule. */
export const keepPages = (db: DatabaseSync): void => db.exec(`PRAGMA cache_size = -${pagesKept.asARule}`);

/** Statements that are kept; those of filters are as many as there are ways to put conditions together. */
const mostPrepared = 256;

/** The statements of one database, each prepared once while it is among the last that ran. */
export class Statements {
  readonly db: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.db = db;
  }

  run(sql: string): StatementSync {
    const known = this.#prepared.get(sql) ?? this.db.prepare(sql);
    this.#prepared.delete(sql);
    this.#prepared.set(sql, known);
    const [oldest] = this.#prepared.keys();
    if (this.#prepared.size > mostPrepared && oldest !== undefined) this.#prepared.delete(oldest);
    return known;
  }

  /** Does all of the work, or nothing of it. */
  together<T>(work: () => T): T {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Reads of one moment, whatever others write meanwhile. */
  atOnce<T>(work: () => T): T {
    if (this.db.isTransaction) return work();
    this.db.exec('BEGIN');
    try {
      return work();
    } finally {
      this.db.exec('COMMIT');
    }
  }

  /** Goes through a long list: fresh memory for pages that are read once takes longer than to read them. */
  through<T>(work: () => T): T {
    this.db.exec(`PRAGMA cache_size = -${pagesKept.readOnce}`);
    try {
      return work();
    } finally {
      keepPages(this.db);
    }
  }

  close() {
    this.#prepared.clear();
    this.db.close();
  }
}
