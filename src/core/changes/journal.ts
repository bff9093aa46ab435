import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import {
  type Outcome,
  outcomes,
  targetSchema,
  type Values,
  valuesSchema,
} from '../../shared/change/change.ts';
import type { JournalAsked, JournalEntry } from '../../shared/change/journal.ts';
import { DeskError, type ErrorValue, isErrorValue } from '../../shared/errors.ts';
import { likeContaining } from '../../shared/like.ts';
import { isElsewhere } from '../base/processes.ts';
import { DurableWrites, type Sync } from './durable-writes.ts';

/** What is written before a request leaves. */
export type Intent = Pick<
  JournalEntry,
  'job' | 'title' | 'number' | 'user' | 'host' | 'door' | 'operation' | 'target' | 'before' | 'after'
> & {
  request: JournalEntry['request'];
  at: number;
  undoes: number | null;
  /** It is not made where an earlier one that undoes the same may have made it. */
  isOnly?: boolean;
};

/** What is written when it is known what came of it. */
export type Settlement = {
  at: number;
  outcome: Outcome;
  status?: number | null;
  requestId?: string | null;
  error?: ErrorValue | null;
  made?: Values;
};

/** A value that lists mask, as it is kept: by its fingerprint. `until`: unix ms. */
export type SealedHidden = { print: string; until: number; body: Uint8Array };

/** A change that was sent before, as another run of its job meets it. */
export type Attempt = { entry: number; number: number; outcome: Outcome | null; before: Values };

type Row = Record<string, unknown>;

const json = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : null);
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const outcomeOf = (value: unknown): Outcome | null => outcomes.find((one) => one === value) ?? null;
const doorOf = (value: unknown): JournalEntry['door'] =>
  value === 'desktop' || value === 'browser' ? value : 'terminal';
const methodOf = (value: unknown): JournalEntry['request']['method'] =>
  value === 'POST' || value === 'PUT' || value === 'DELETE' ? value : 'PATCH';
const valuesOf = (text: unknown): Values => valuesSchema.safeParse(json(text)).data ?? {};

const entryOf = (row: Row): JournalEntry => {
  const error = json(row.error);
  return {
    id: Number(row.id),
    job: textOf(row.job),
    title: textOf(row.title),
    number: Number(row.number),
    user: textOf(row.user),
    host: textOf(row.host),
    door: doorOf(row.door),
    operation: textOf(row.operation),
    target: targetSchema.parse({
      resource: row.resource,
      id: row.object,
      parent: row.parent,
      label: row.label,
    }),
    before: valuesOf(row.before),
    after: valuesOf(row.after),
    request: { method: methodOf(row.method), path: textOf(row.path) },
    sentAt: Number(row.sent_at),
    settledAt: numberOf(row.at),
    outcome: outcomeOf(row.outcome),
    status: numberOf(row.status),
    requestId: row.request_id === null ? null : textOf(row.request_id),
    error: isErrorValue(error) ? error : null,
    made: valuesOf(row.made),
    undoes: numberOf(row.undoes),
    undoneBy: numberOf(row.undone_by),
    savedUntil: numberOf(row.saved_until),
  };
};

/** The newest that is known of what came of an entry. `entry`: its id, as SQL. */
const newest = (entry: string) =>
  `(SELECT outcome FROM settlements WHERE entry = ${entry} ORDER BY id DESC LIMIT 1)`;

/** An entry with the newest that is known of it. */
const selected = `
  SELECT e.*, s.at, s.outcome, s.status, s.request_id, s.error, s.made, saved.until AS saved_until,
    (SELECT max(u.id) FROM entries u JOIN settlements us ON us.entry = u.id
      WHERE u.undoes = e.id AND us.outcome = 'done') AS undone_by
  FROM entries e
  LEFT JOIN settlements s ON s.id = (SELECT max(id) FROM settlements WHERE entry = e.id)
  LEFT JOIN saved ON saved.entry = e.id`;

/** The journal of one tenant. Everything throws `changes.journal` where the file cannot be written or read. */
export class Journal {
  readonly #db: DatabaseSync;
  readonly #path: string;
  /** Entries whose changes this program is making: nobody else is to find out what came of them. */
  readonly #making = new Set<number>();
  readonly #writes: DurableWrites;

  constructor(db: DatabaseSync, path: string, sync?: Sync) {
    this.#db = db;
    this.#path = path;
    this.#writes = new DurableWrites(db, sync);
  }

  close() {
    this.#writes.close();
    this.#db.close();
  }

  #error(error: unknown): DeskError {
    const reason = error instanceof Error ? error.message : '';
    return new DeskError('changes.journal', { where: this.#path, reason }, { cause: error });
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#error(error);
    }
  }

  #write<T>(work: () => T): Promise<T> {
    return this.#writes.write(work).catch((error: unknown) => {
      throw this.#error(error);
    });
  }

  /**
   * Notes a change, with it what undoing needs, sealed; returns the entry's id. On the disk when it resolves. Null where the
   * job has an entry of it already, and it was not seen not to be done: whoever noted that made it, or is making it. So, too,
   * where another job undid the same entry, or is undoing it.
   */
  begin(
    intent: Intent,
    sealed: { until: number; body: (entry: number) => Uint8Array } | null = null,
    hidden: readonly SealedHidden[] = [],
  ): Promise<number | null> {
    const { target, request } = intent;
    return this.#write(() => {
      // In the same transaction: another program may resume the same job.
      if (this.#isTaken(intent)) return null;
      const { lastInsertRowid } = this.#db
        .prepare(
          `INSERT INTO entries (job, title, number, user, host, door, pid, operation, resource, object, parent, label,
            before, after, method, path, sent_at, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          intent.job,
          intent.title,
          intent.number,
          intent.user,
          intent.host,
          intent.door,
          process.pid,
          intent.operation,
          target.resource,
          target.id,
          target.parent,
          target.label,
          JSON.stringify(intent.before),
          JSON.stringify(intent.after),
          request.method,
          request.path,
          intent.at,
          intent.undoes,
        );
      const id = Number(lastInsertRowid);
      this.#making.add(id);
      if (sealed)
        this.#db.prepare('INSERT INTO saved VALUES (?, ?, ?)').run(id, sealed.until, sealed.body(id));
      this.#putHidden(hidden);
      return id;
    });
  }

  #isTaken({ job, number, undoes, request, isOnly = false }: Intent): boolean {
    const own = this.#db
      .prepare(
        `SELECT 1 FROM entries e WHERE e.job = ? AND e.number = ? AND ${newest('e.id')} IS NOT 'not-done' LIMIT 1`,
      )
      .get(job, number);
    // What is not sent undoes nothing.
    if (own !== undefined || undoes === null || request.path === '') return own !== undefined;
    const outcome = newest('e.id');
    const others = this.#db
      .prepare(
        `SELECT 1 FROM entries e WHERE e.undoes = ? AND e.job <> ? AND e.path <> '' AND
          (${outcome} IS NULL OR ${outcome} = 'done' OR (? AND ${outcome} IN ('partly', 'unknown'))) LIMIT 1`,
      )
      .get(undoes, job, isOnly ? 1 : 0);
    return others !== undefined;
  }

  /** True where what undoes an entry was sent, and is not known to have been done, nor not to have been. */
  mayBeUndone(entry: number): boolean {
    const outcome = newest('e.id');
    const sql = `SELECT 1 FROM entries e WHERE e.undoes = ? AND e.path <> '' AND
      (${outcome} IS NULL OR ${outcome} IN ('partly', 'unknown')) LIMIT 1`;
    return this.#guarded(() => this.#db.prepare(sql).get(entry) !== undefined);
  }

  /**
   * Notes what came of it. With `was`, only where that is still the newest that is known: another program may have looked,
   * and made the change since. Returns whether it is noted.
   */
  settle(entry: number, settlement: Settlement, was?: Outcome | null): Promise<boolean> {
    const { at, outcome, status = null, requestId = null, error = null, made = {} } = settlement;
    return this.#write(() => {
      if (was !== undefined && this.#outcomeOf(entry) !== was) return false;
      this.#db
        .prepare(
          'INSERT INTO settlements (entry, at, outcome, status, request_id, error, made) VALUES (?, ?, ?, ?, ?, ?, ?)',
        )
        .run(
          entry,
          at,
          outcome,
          status,
          requestId,
          error === null ? null : JSON.stringify(error),
          JSON.stringify(made),
        );
      this.#making.delete(entry);
      return true;
    });
  }

  /** The newest that is known of an entry. */
  #outcomeOf(entry: number): Outcome | null {
    return outcomeOf(this.#db.prepare(`SELECT ${newest('?')} AS outcome`).get(entry)?.outcome);
  }

  #putHidden(hidden: readonly SealedHidden[]) {
    for (const { print, until, body } of hidden)
      this.#db
        .prepare(
          `INSERT INTO hidden VALUES (?, ?, ?)
            ON CONFLICT (print) DO UPDATE SET until = max(until, excluded.until)`,
        )
        .run(print, until, body);
  }

  /**
   * Keeps a job's plan, which another run of the program resumes, and the values that are hidden in it. `files`: checksums
   * of the files that it is. Returns the job that applied one of them already: then nothing is kept.
   */
  keepPlan(
    { job, title, at, body }: { job: string; title: string; at: number; body: string },
    hidden: readonly SealedHidden[] = [],
    files: ReadonlySet<string> = new Set(),
  ): Promise<string | null> {
    return this.#write(() => {
      // In the same transaction: another program may apply the same file.
      for (const file of files) {
        const known = this.#db.prepare('SELECT job FROM applied WHERE checksum = ?').get(file);
        if (known) return textOf(known.job);
      }
      for (const file of files) this.#db.prepare('INSERT INTO applied VALUES (?, ?)').run(file, job);
      this.#db.prepare('INSERT INTO plans VALUES (?, ?, ?, ?)').run(job, title, at, body);
      this.#putHidden(hidden);
      return null;
    });
  }

  /** Keeps values that are hidden in a plan's file. */
  keepHidden(hidden: readonly SealedHidden[]): Promise<void> {
    return this.#write(() => this.#putHidden(hidden));
  }

  /** A hidden value, as it was sealed; null where it is not kept any more. `now`: unix ms. */
  hidden(print: string, now: number): Uint8Array | null {
    return this.#guarded(() => {
      const row = this.#db.prepare('SELECT sealed FROM hidden WHERE print = ? AND until > ?').get(print, now);
      return row?.sealed instanceof Uint8Array ? row.sealed : null;
    });
  }

  planOf(job: string): string | null {
    return this.#guarded(() => {
      const row = this.#db.prepare('SELECT body FROM plans WHERE job = ?').get(job);
      return typeof row?.body === 'string' ? row.body : null;
    });
  }

  /** What of a job was tried, in its order. */
  attempts(job: string): Attempt[] {
    return this.#guarded(() =>
      this.#db
        .prepare(`${selected} WHERE e.job = ? ORDER BY e.id`)
        .all(job)
        .map((row) => ({
          entry: Number(row.id),
          number: Number(row.number),
          outcome: outcomeOf(row.outcome),
          before: valuesOf(row.before),
        })),
    );
  }

  /** Entries of which nobody noted what came, of programs that no longer run. */
  open(): JournalEntry[] {
    return this.#guarded(() =>
      this.#db
        .prepare(`${selected} WHERE s.id IS NULL ORDER BY e.id`)
        .all()
        .filter(
          ({ id, pid, sent_at: sentAt }) =>
            !isElsewhere(Number(pid), Number(sentAt)) && !this.#making.has(Number(id)),
        )
        .map(entryOf),
    );
  }

  entry(id: number): JournalEntry | null {
    return this.#guarded(() => {
      const row = this.#db.prepare(`${selected} WHERE e.id = ?`).get(id);
      return row ? entryOf(row) : null;
    });
  }

  /** The entries of a job, oldest first. */
  ofJob(job: string): JournalEntry[] {
    return this.#guarded(() =>
      this.#db.prepare(`${selected} WHERE e.job = ? ORDER BY e.id`).all(job).map(entryOf),
    );
  }

  /** True while something of a job was done, or may have been, and was not undone since. */
  stands(job: string): boolean {
    const sql = `${selected} WHERE e.job = ? AND coalesce(s.outcome, 'unknown') IN ('done', 'partly', 'unknown')
      AND undone_by IS NULL LIMIT 1`;
    return this.#guarded(() => this.#db.prepare(sql).get(job) !== undefined);
  }

  /** Entries that fit, newest first. */
  find(asked: JournalAsked): { total: number; entries: JournalEntry[] } {
    const where: string[] = [];
    const values: SQLInputValue[] = [];
    const hold = (condition: string, ...given: SQLInputValue[]) => {
      where.push(condition);
      values.push(...given);
    };
    if (asked.text) {
      const texts = ['e.label', 'e.object', 'e.title', 'e.before', 'e.after', 'e.user', 's.request_id'];
      // As it is composed, and as macOS types it: what was sent is kept as it was.
      const patterns = ['NFC', 'NFD'].map((form) => likeContaining((asked.text ?? '').normalize(form)));
      hold(
        `(${texts.flatMap((name) => patterns.map(() => `${name} LIKE ? ESCAPE '\\'`)).join(' OR ')})`,
        ...texts.flatMap(() => patterns),
      );
    }
    if (asked.operation) hold('e.operation = ?', asked.operation);
    if (asked.outcome === 'open') hold('s.outcome IS NULL');
    else if (asked.outcome) hold('s.outcome = ?', asked.outcome);
    if (asked.job) hold('e.job = ?', asked.job);
    if (asked.resource) hold('e.resource = ?', asked.resource);
    if (asked.object) hold("(e.object = ? OR json_extract(s.made, '$.id') = ?)", asked.object, asked.object);
    if (asked.from !== undefined) hold('e.sent_at >= ?', asked.from);
    if (asked.to !== undefined) hold('e.sent_at <= ?', asked.to);
    const condition = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
    return this.#guarded(() => {
      const { total } = this.#db
        .prepare(`SELECT count(*) AS total FROM (${selected} ${condition})`)
        .get(...values) ?? { total: 0 };
      const rows = this.#db
        .prepare(`${selected} ${condition} ORDER BY e.id DESC LIMIT ? OFFSET ?`)
        .all(...values, asked.limit, asked.offset);
      return { total: Number(total), entries: rows.map(entryOf) };
    });
  }

  /** What a delete took along, as it was sealed; null where nothing is kept any more. `now`: unix ms. */
  sealed(entry: number, now: number): Uint8Array | null {
    return this.#guarded(() => {
      const row = this.#db.prepare('SELECT sealed FROM saved WHERE entry = ? AND until > ?').get(entry, now);
      return row?.sealed instanceof Uint8Array ? row.sealed : null;
    });
  }

  /** Removes what is kept for undoing, and whose time is over. */
  forgetSaved(now: number): void {
    this.#guarded(() => {
      this.#db.exec('PRAGMA secure_delete = ON');
      for (const table of ['saved', 'hidden'])
        this.#db.prepare(`DELETE FROM ${table} WHERE until <= ?`).run(now);
    });
  }
}
