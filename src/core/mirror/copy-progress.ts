import type { HarvestState } from '../harvest/state.ts';
import type { Statements } from './statements.ts';

/** Rows of a list of which all, or all from the moment `since` on (null: the very beginning), were read; unix ms. */
export type Covered = { since: number | null /** Its newest row's moment. */; reached: number };

/** A copy of a list that broke off. */
export type LeftCopy = {
  /** The moment that all rows which it read are noted as seen at, unix ms: by it they are known from others. */
  startedAt: number;
  /** Where it was to begin, unix ms; null: at the very beginning. */
  begins: number | null;
  state: HarvestState;
  /** How many rows it had read. */
  rows: number;
};

/** What a list's copies came to so far. */
export type KnownCopies = {
  /** When all of the list was last read, unix ms; null when it never was. */
  wholeAt: number | null;
  /** What they have of a list that can be cut by time; null: nothing whole. */
  covered: Covered | null;
  left: LeftCopy | null;
};

/** Some ids of rows that a copy has read; `last` is where the next ones begin, null after the last ones. */
export type CopiedIds = { ids: string[]; last: number | null };

/** What a copy came to: see `MirrorStore.finish`. Times in unix ms. */
export type FinishedCopy = { startedAt: number; at: number; since: number | null; marksGone: boolean };

type Left = { startedAt: number; begins: number | null; state: string | null };
type Listed = { wholeAt: number | null; since: number | null; reached: number | null; seenAt: number };

/** How far the copies of a tenant's lists are, so that one which breaks off can be resumed. */
export class Copies {
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  #left(resource: string, parent: string) {
    return this.#sql
      .run('SELECT started_at AS startedAt, begins, state FROM progress WHERE resource = ? AND parent = ?')
      .get(resource, parent) as Left | undefined;
  }

  #listed(resource: string, parent: string) {
    return this.#sql
      .run(
        'SELECT whole_at AS wholeAt, since, reached, seen_at AS seenAt FROM lists WHERE resource = ? AND parent = ?',
      )
      .get(resource, parent) as Listed | undefined;
  }

  #readBy(resource: string, parent: string, startedAt: number): number {
    const found = this.#sql
      .run('SELECT count(*) AS rows FROM rows WHERE resource = ? AND parent = ? AND seen_at = ?')
      .get(resource, parent, startedAt) as { rows: number };
    return found.rows;
  }

  /** The moment that rows which the list's copy has read are noted as seen at; null when there is no copy. */
  stampOf(resource: string, parent: string): number | null {
    return this.#left(resource, parent)?.startedAt ?? null;
  }

  /** What the list's copies came to so far. */
  known(resource: string, parent: string): KnownCopies {
    const list = this.#listed(resource, parent);
    const left = this.#left(resource, parent);
    return {
      wholeAt: list?.wholeAt ?? null,
      covered:
        list && list.wholeAt !== null && list.reached !== null
          ? { since: list.since, reached: list.reached }
          : null,
      left: left?.state
        ? {
            startedAt: left.startedAt,
            begins: left.begins,
            state: JSON.parse(left.state) as HarvestState,
            rows: this.#readBy(resource, parent, left.startedAt),
          }
        : null,
    };
  }

  /** Begins a copy; whatever broke off is discarded. Returns the moment that its rows are noted as seen at, unix ms. */
  begin(resource: string, parent: string, now: number, begins: number | null): number {
    // Later than whatever was seen before, also where the clock was set back.
    const startedAt = Math.max(now, (this.#listed(resource, parent)?.seenAt ?? 0) + 1);
    this.#sql
      .run('INSERT OR REPLACE INTO progress (resource, parent, started_at, begins) VALUES (?, ?, ?, ?)')
      .run(resource, parent, startedAt, begins);
    return startedAt;
  }

  /** Notes how far the list's copy is. */
  reach(resource: string, parent: string, state: HarvestState | null): void {
    this.#sql
      .run('UPDATE progress SET state = ? WHERE resource = ? AND parent = ?')
      .run(state && JSON.stringify(state), resource, parent);
  }

  /** Ids of rows that the list's copy has read, in the order of their numbers, after one of them. */
  ids(resource: string, parent: string, after: number, limit: number): CopiedIds {
    const found = this.#sql
      .run(
        `SELECT number, id FROM rows WHERE number > ? AND resource = ? AND parent = ? AND seen_at = ?
         ORDER BY number LIMIT ?`,
      )
      .all(after, resource, parent, this.stampOf(resource, parent), limit) as {
      number: number;
      id: string;
    }[];
    return {
      ids: found.map(({ id }) => id),
      last: found.length < limit ? null : (found.at(-1)?.number ?? null),
    };
  }

  /** The list's copy is over. */
  end(resource: string, parent: string): void {
    this.#sql.run('DELETE FROM progress WHERE resource = ? AND parent = ?').run(resource, parent);
  }

  /** Everything that broke off is discarded. */
  giveUp(): void {
    this.#sql.run('DELETE FROM progress').run();
  }
}
