import { closeSync, fdatasync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers';

type Waiting = {
  work: () => void;
  resolve: () => void;
  reject: (error: unknown) => void;
};

/** Puts what was written to a file on the disk, whoever wrote it. */
export type Sync = (file: number) => Promise<void>;

const toDisk: Sync = (file) => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  fdatasync(file, (error) => (error ? reject(error) : resolve()));
  return promise;
};

/**
 * Writes to a database, each on the disk when its promise resolves. What waits while the disk is at work goes into the next
 * transaction together, so that many changes at once cost no more than one. SQLite itself (`synchronous = FULL`) would sync
 * the same file, its write-ahead log, at the same place, and hold up everything else meanwhile.
 */
export class DurableWrites {
  readonly #db: DatabaseSync;
  /** Null of one in memory, which has no disk to be on. */
  readonly #log: string | null;
  readonly #sync: Sync;
  #file: number | null = null;
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;

  /** The database is in WAL mode, or in memory. */
  constructor(db: DatabaseSync, sync: Sync = toDisk) {
    this.#db = db;
    const path = db.location();
    this.#log = path === null ? null : `${path}-wal`;
    this.#sync = sync;
  }

  /** In the order of the calls. Rejects where the transaction or the disk fails: then nobody knows whether it is there. */
  write<T>(work: () => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    let made: T;
    this.#waiting.push({
      work: () => {
        made = work();
      },
      resolve: () => resolve(made),
      reject,
    });
    // What is asked in the same turn of the event loop is in the same transaction.
    this.#running ??= new Promise((next) => setImmediate(next)).then(() => this.#run());
    return promise;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        this.#commit(batch);
        // It is there while the database is open, and stays the same file.
        if (this.#log !== null) {
          this.#file ??= openSync(this.#log, 'r+');
          await this.#sync(this.#file);
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
        continue;
      }
      for (const { resolve } of batch) resolve();
    }
    // Told here, so that what comes next begins anew.
    this.#running = null;
  }

  #commit(batch: readonly Waiting[]) {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const { work } of batch) work();
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** What is under way ends by itself. */
  close() {
    const done = () => {
      if (this.#file !== null) closeSync(this.#file);
      this.#file = null;
    };
    if (this.#running) void this.#running.finally(done);
    else done();
  }
}
