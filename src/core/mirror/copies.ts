import type { HarvestState } from '../harvest/state.ts';
import type { Statements } from './statements.ts';

/** Rows of a list of which all, or all from the moment `since` on (null: the very beginning), were read; unix ms. */
export type Covered = { since: number | null /** Its newest row's moment. */; reached: number };

/** A copy of a list that was begun. */
export type BegunCopy = {
  /** The moment that all rows which it reads are noted as seen at, unix ms: by it they are known from others. */
  startedAt: number;
  /** What earlier copies have of a list that can be cut by time; null: nothing whole. */
  covered: Covered | null;
  /** Where the copy that it goes on with was, and how many rows that had read. */
  state: HarvestState | null;
  rows: number;
  /** The copy that it goes on with had read all of this list. */
  isDone: boolean;
};

/** Some ids of rows that a copy has read; `last` is where the next ones begin, null after the last ones. */
export type CopiedIds = { ids: string[]; last: number | null };

/** What a copy came to: see `MirrorStore.finish`. Times in unix ms. */
export type FinishedCopy = { startedAt: number; at: number; since: number | null; marksGone: boolean };

type Listed = { wholeAt: number | null; since: number | null; reached: number | null; seenAt: number };

/** How far the copies of a tenant's lists are, so that one which breaks off can be gone on with. */
export class Copies {
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  #left(resource: string, parent: string) {
    return this.#sql
      .run('SELECT started_at AS startedAt, state FROM progress WHERE resource = ? AND parent = ?')
      .get(resource, parent) as { startedAt: number; state: string | null } | undefined;
  }

  /** The moment that rows which the list's copy has read are noted as seen at; null when there is no copy. */
  stampOf(resource: string, parent: string): number | null {
    return this.#left(resource, parent)?.startedAt ?? null;
  }

  /** Begins at `now`, or takes up a copy that began at `since` or later and broke off. */
  begin(resource: string, parent: string, now: number, since: number | null): BegunCopy {
    const list = this.#sql
      .run(
        'SELECT whole_at AS wholeAt, since, reached, seen_at AS seenAt FROM lists WHERE resource = ? AND parent = ?',
      )
      .get(resource, parent) as Listed | undefined;
    const covered =
      list && list.wholeAt !== null && list.reached !== null
        ? { since: list.since, reached: list.reached }
        : null;
    const isDone = since !== null && (list?.wholeAt ?? Number.NEGATIVE_INFINITY) >= since;
    const left = since === null ? undefined : this.#left(resource, parent);
    if (isDone) {
      const { rows } = this.#sql
        .run('SELECT count(*) AS rows FROM rows WHERE resource = ? AND parent = ? AND gone_at IS NULL')
        .get(resource, parent) as { rows: number };
      return { startedAt: now, covered, state: null, rows, isDone };
    }
    if (left?.state && since !== null && left.startedAt >= since) {
      const { rows } = this.#sql
        .run('SELECT count(*) AS rows FROM rows WHERE resource = ? AND parent = ? AND seen_at = ?')
        .get(resource, parent, left.startedAt) as { rows: number };
      const state = JSON.parse(left.state) as HarvestState;
      return { startedAt: left.startedAt, covered, state, rows, isDone };
    }
    // Later than whatever was seen before, also where the clock was set back.
    const startedAt = Math.max(now, (list?.seenAt ?? 0) + 1);
    this.#put(resource, parent, startedAt, null);
    return { startedAt, covered, state: null, rows: 0, isDone };
  }

  /** Notes how far the list's copy is. */
  reach(resource: string, parent: string, startedAt: number, state: HarvestState | null): void {
    this.#put(resource, parent, startedAt, state && JSON.stringify(state));
  }

  #put(resource: string, parent: string, startedAt: number, state: string | null) {
    this.#sql
      .run('INSERT OR REPLACE INTO progress (resource, parent, started_at, state) VALUES (?, ?, ?, ?)')
      .run(resource, parent, startedAt, state);
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

  /** All that broke off is given up. */
  giveUp(): void {
    this.#sql.run('DELETE FROM progress').run();
  }
}
