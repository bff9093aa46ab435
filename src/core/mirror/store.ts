import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { resourceOf } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import { fits, testsOf } from '../../shared/fits.ts';
import { type Count, type Counting, inCountOrder, sortedBy } from '../../shared/local.ts';
import type { Query } from '../../shared/query.ts';
import { type JoinedNames, maskSecrets, type Row, rowLabelOf } from '../../shared/row.ts';
import type { SeenAsked, SeenPage } from '../../shared/seen-changes.ts';
import type { HarvestState } from '../harvest/state.ts';
import { type CopiedIds, Copies, type FinishedCopy, type KnownCopies } from './copy-progress.ts';
import { type MirrorOwner, openOrSetAside } from './file.ts';
import { forgetRows } from './forget.ts';
import { addFunctions } from './functions.ts';
import { hasAll, KeptLists, type MirroredBelow, type MirroredList } from './kept-lists.ts';
import type { SnapshotManifest } from './manifest.ts';
import { Members } from './members.ts';
import { keepRows } from './rows.ts';
import { type SearchAnswer, searchRows } from './search.ts';
import { SeenChanges } from './seen-changes.ts';
import { type SnapshotAsked, type SnapshotPlaces, writeSnapshot } from './snapshot.ts';
import { Statements } from './statements.ts';
import { Shelves } from './typed/shelves.ts';
import { Terms } from './typed/terms.ts';
import { TypedViews, type ViewRows } from './typed/views.ts';
import { Upgrade, type UpgradeProgress } from './upgrade.ts';
import { rowsOf, Views } from './views.ts';

/** What tells a file from another one that takes its place; null where there is none. */
const fileNumber = (path: string): string | null => {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}/${found.ino}` : null;
};

/** A row under whatever parent, or none: of each there is an index. */
const anywhere = ["rows WHERE parent = ''", "rows INDEXED BY rows_below_by_id WHERE parent <> ''"]
  .map((which) => `SELECT * FROM ${which} AND resource = $resource AND id = $id`)
  .join(' UNION ALL ');
/** As it was seen last; one that is there before one that is gone. */
const latest = `SELECT body FROM (${anywhere}) ORDER BY gone_at IS NULL DESC, seen_at DESC LIMIT 1`;

/** All rows of a view by their numbers, in their order. `asOf`, `whole`: see `MirrorPage`. */
export type MirrorView = { numbers: Uint32Array; asOf: number | null; whole: boolean };

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

/** A row as it was kept; masked again, as a copy may be older than what is masked today, or somebody else's. */
const keptRow = (resource: string, body: string): Row =>
  maskSecrets(resourceOf(resource), JSON.parse(body) as Row);

/**
 * The local copy of one tenant: rows of its lists as they were last seen, without secrets. Everything is synchronous: it
 * runs in a worker. A file that is not a mirror is set aside, and a new one begun; one of another tenant is refused
 * (`mirror.foreign`).
 */
export class MirrorStore {
  readonly #path: string;
  readonly #owner: MirrorOwner;
  readonly #file: string | null;
  readonly #sql: Statements;
  readonly #copies: Copies;
  readonly #members: Members;
  readonly #seen: SeenChanges;
  readonly #lists: KeptLists;
  readonly #terms: Terms;
  readonly #shelves: Shelves;
  readonly #upgrade: Upgrade;
  readonly #views: Views;
  #isLeft: () => boolean = () => false;
  /** Grows with every row that is written anew, and with every list that was read whole. */
  #written = 0;
  /** Where a damaged file was set aside; null when all is well. */
  readonly setAside: string | null;

  constructor(path: string, owner: MirrorOwner, now: number) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    chmodSync(dirname(path), 0o700);
    this.#path = path;
    this.#owner = owner;
    const opened = openOrSetAside(path, owner, now);
    this.#file = fileNumber(path);
    const { db } = opened;
    this.#sql = new Statements(db);
    this.#copies = new Copies(this.#sql);
    this.#lists = new KeptLists(this.#sql);
    this.#seen = new SeenChanges(this.#sql, (list, ids) => this.names(list, ids));
    this.#members = new Members(this.#sql, () => this.#version);
    this.setAside = opened.setAside;
    addFunctions(db, () => this.#step());
    this.#terms = new Terms(this.#sql);
    this.#shelves = new Shelves(this.#sql, this.#terms);
    this.#views = new Views(this.#sql, new TypedViews(this.#sql, this.#shelves, this.#terms), {
      version: () => this.#version,
      elsewhere: () => this.#elsewhere,
      step: () => this.#step(),
    });
    this.#upgrade = this.#together(() => new Upgrade(this.#sql, this.#shelves));
  }

  /** Does all of the work, or nothing of it: what was learned in work that failed is forgotten. */
  #together<T>(work: () => T): T {
    try {
      return this.#sql.together(work);
    } catch (error) {
      this.#terms.reset();
      throw error;
    }
  }

  /** Does work that ends with `cancelled` when whoever asked for it has left. */
  during<T>(isLeft: () => boolean, work: () => T): T {
    const before = this.#isLeft;
    this.#isLeft = isLeft;
    try {
      return work();
    } finally {
      this.#isLeft = before;
    }
  }

  #step() {
    if (this.#isLeft()) throw new DeskError('cancelled');
  }

  /** How far a copy of an earlier program is on its way into typed columns; null for one that has them. */
  get upgrading(): UpgradeProgress | null {
    return this.#upgrade.progress();
  }

  /** A step of that way. True when there is none left. */
  upgrade(): boolean {
    return this.#together(() => this.#upgrade.step());
  }

  /** True for the mirror of this very tenant. */
  isOf({ endpoint, tenant }: MirrorOwner): boolean {
    return endpoint === this.#owner.endpoint && tenant === this.#owner.tenant;
  }

  /** True while its file is the one that was opened. */
  isInPlace(): boolean {
    return fileNumber(this.#path) === this.#file;
  }

  /** Another one when another program has written. */
  get #elsewhere(): number {
    const { data_version: version } = this.#sql.run('PRAGMA data_version').get() as { data_version: number };
    return version;
  }

  /** Another one when anything was written, here or by another program. */
  get #version(): string {
    return `${this.#written}/${this.#elsewhere}`;
  }

  /** Keeps rows of a list as they are now; of many, those without an id cannot be kept. `at` in unix ms; `alone` as in `keepRows`. */
  put(resource: string, parent: string, rows: readonly Row[], at: number, alone = false): void {
    if (alone && !this.#lists.find(resource, parent)) return;
    this.#together(() => {
      // What a copy has read stays marked as read: the copy may have to resume from there.
      const stamp = this.#copies.stampOf(resource, parent);
      const seenAt = at === stamp ? at + 1 : at;
      const stamped = (before: number | null) => (before !== null && before === stamp ? before : seenAt);
      const note = this.#seen.noting(resource, parent, at);
      this.#written += keepRows(this.#sql, this.#shelves, resource, parent, rows, stamped, note, alone);
      if (!alone) this.#lists.note(resource, parent, at);
    });
  }

  /** What a list's copies came to so far (`Copies.known`). */
  copiesOf(resource: string, parent: string): KnownCopies {
    return this.#copies.known(resource, parent);
  }

  /** Begins to copy a list, from a moment or the very beginning on (`Copies.begin`). */
  begin(resource: string, parent: string, now: number, begins: number | null): number {
    return this.#together(() => this.#copies.begin(resource, parent, now, begins));
  }

  /**
   * Keeps rows that a copy read, and how far it is; null while nothing could resume from there. Of a copy that another one
   * has followed meanwhile, here or in another program, the rows are kept, and nothing else: the list is the other's.
   */
  putCopied(
    resource: string,
    parent: string,
    rows: readonly Row[],
    startedAt: number,
    state: HarvestState | null,
    now: number = startedAt,
  ): void {
    this.#together(() => {
      const isCurrent = this.#copies.stampOf(resource, parent) === startedAt;
      const stamped = (before: number | null) => (isCurrent ? startedAt : Math.max(before ?? 0, startedAt));
      const note = this.#seen.noting(resource, parent, Math.max(now, startedAt));
      this.#written += keepRows(this.#sql, this.#shelves, resource, parent, rows, stamped, note);
      this.#lists.note(resource, parent, startedAt);
      if (isCurrent) this.#copies.reach(resource, parent, state);
    });
  }

  /** Ids of rows that the list's copy has read, in the order of their numbers, from one on. */
  copiedIds(resource: string, parent: string, after: number, limit: number): CopiedIds {
    return this.#copies.ids(resource, parent, after, limit);
  }

  /** No copy is resumed any more. */
  discardCopies(): void {
    this.#copies.giveUp();
  }

  /**
   * All of a list, or all since a moment, was read by the copy that began at `startedAt`. With `marksGone`, what it did
   * not meet is gone. Returns how many rows that were; 0 for a copy that another one has followed.
   */
  finish(resource: string, parent: string, { startedAt, at, since, marksGone }: FinishedCopy): number {
    return this.#together(() => {
      if (this.#copies.stampOf(resource, parent) !== startedAt) return 0;
      this.#lists.note(resource, parent, at);
      if (marksGone) this.#seen.noteGone(resource, parent, startedAt, at);
      this.#seen.finish(resource, parent, at);
      this.#sql
        .run(
          `UPDATE lists SET whole_at = ?, since = ?, reached = coalesce(
             (SELECT max(made_at) FROM rows WHERE resource = ? AND parent = ? AND seen_at = ?), reached)
           WHERE resource = ? AND parent = ?`,
        )
        .run(at, since, resource, parent, startedAt, resource, parent);
      if (marksGone) this.#shelves.removeUnseen(resource, parent, startedAt);
      const gone = marksGone
        ? this.#sql
            .run(
              'UPDATE rows SET gone_at = ? WHERE resource = ? AND parent = ? AND seen_at < ? AND gone_at IS NULL',
            )
            .run(at, resource, parent, startedAt).changes
        : 0;
      this.#copies.end(resource, parent);
      this.#written += 1;
      return Number(gone);
    });
  }

  /** Drops rows that were made before a moment, unix ms (`forgetRows`). Returns how many. */
  forgetBefore(cutoff: number): number {
    const forgotten = forgetRows(
      this.#sql,
      { shelves: this.#shelves, terms: this.#terms, indexes: this.#upgrade.indexes() },
      cutoff,
    );
    this.#written += forgotten === 0 ? 0 : 1;
    return forgotten;
  }

  #viewed(query: Query, now: number, until?: number): Omit<MirrorView, 'numbers'> & { rows: ViewRows } {
    const list = this.#lists.find(query.resource, query.parent ?? '');
    // Of a list that was only looked at, the other side may know all of it.
    const isWhole = list?.whole_at != null;
    const inverse = isWhole ? null : this.#members.inverse(resourceOf(query.resource), query.parent ?? '');
    if (inverse) {
      const tests = testsOf(resourceOf(query.resource), query.where, { now, zone: query.zone });
      const fitting = inverse.found.filter(({ row }) => fits(tests, row));
      const ordered = query.sort ? sortedBy(fitting, query.sort, ({ row }) => row) : fitting;
      const numbers = Uint32Array.from(ordered, ({ number }) => number);
      return { rows: rowsOf(numbers), asOf: inverse.asOf, whole: true };
    }
    this.#members.refuseUnknown(query);
    return {
      rows: this.#views.rows(query, now, until),
      asOf: list?.whole_at ?? list?.seen_at ?? null,
      whole: hasAll(list, query, now),
    };
  }

  /**
   * All rows of a view at this moment, by their numbers and in their order; its filters, conditions and order by the
   * mirror. Throws `query.invalid`, `mirror.members`.
   */
  view(query: Query, now: number, until?: number): MirrorView {
    const { rows, asOf, whole } = this.#viewed(query, now, until);
    return { numbers: rows.slice(0, rows.total), asOf, whole };
  }

  /** The rows of these numbers, for a view; those that were dropped meanwhile are left out. */
  rowsAt({ resource, parent = '' }: Pick<Query, 'resource' | 'parent'>, numbers: Uint32Array): Row[] {
    const kept = this.#sql.run('SELECT resource, body FROM rows WHERE number = ?');
    const rows = Array.from(numbers).flatMap((number): Row[] => {
      const found = kept.get(number) as { resource: string; body: string } | undefined;
      if (!found) return [];
      const row = keptRow(found.resource, found.body);
      return [found.resource === resource ? row : this.#members.there(resourceOf(resource), parent, row)];
    });
    return this.#members.joined(resource, rows);
  }

  /** Rows `[offset, offset + limit)` of a view. Throws `query.invalid`, `mirror.members`. */
  page(query: Query, offset: number, limit: number, now: number, until?: number): MirrorPage {
    const { rows: viewed, asOf, whole } = this.#viewed(query, now, until);
    const rows = this.rowsAt(query, viewed.slice(offset, Math.min(offset + limit, viewed.total)));
    return { rows, total: viewed.total, asOf, whole };
  }

  /** How many rows of a view have each value of a column; the most frequent ones, or of moments the newest. */
  counts(query: Query, { column, bucket, zone = 'utc' }: Counting, limit: number, now: number): CountsPage {
    const resource = resourceOf(query.resource);
    this.#members.refuseUnknown(
      query,
      resource.columns.filter(({ id }) => id === column),
    );
    const list = this.#lists.find(query.resource, query.parent ?? '');
    const found = this.#views.counts(query, { column, bucket, zone }, now);
    return {
      counts: inCountOrder(found, bucket).slice(0, limit),
      values: found.length,
      total: found.reduce((sum, { count }) => sum + count, 0),
      asOf: list?.whole_at ?? list?.seen_at ?? null,
      whole: hasAll(list, query, now),
    };
  }

  /** What the rows of a list belong to (`Members.names`). */
  joined(...asked: Parameters<Members['names']>): JoinedNames {
    return this.#members.names(...asked);
  }

  /** One row, of its own list or of any other that shows it; null when it was never seen. */
  row(resource: string, id: string): Row | null {
    const found = this.#sql.run(latest).get({ resource, id }) as { body: string } | undefined;
    return found ? (this.#members.joined(resource, [keptRow(resource, found.body)])[0] ?? null) : null;
  }

  /** What rows of a list are called, by id; only those that are kept. */
  names(resource: string, ids: readonly string[]): Record<string, string> {
    const found = this.#sql.run(latest);
    return Object.fromEntries(
      ids.flatMap((id) => {
        const body = found.get({ resource, id })?.body;
        return typeof body === 'string'
          ? [[id, rowLabelOf(resourceOf(resource), JSON.parse(body) as Row)]]
          : [];
      }),
    );
  }

  /** What copies saw change (`SeenChanges.page`). */
  seenChanges(asked: SeenAsked): SeenPage {
    return this.#sql.atOnce(() => this.#seen.page(asked));
  }

  /** What is kept of the top-level lists, or of one list. */
  lists(resource?: string, parent = ''): MirroredList[] {
    return this.#lists.all(resource, parent);
  }

  /** What is kept of lists below rows: those of one kind together. */
  below(): MirroredBelow[] {
    return this.#lists.below();
  }

  /** Those of some paths that no kept row of a list has; none where nothing of the list is kept. */
  absentPaths(resource: string, parent: string, paths: readonly string[]): string[] {
    return this.#lists.absentPaths(resource, parent, paths);
  }

  /** Rows in which every word of a text stands (`searchRows`). */
  search(text: string, limit: number): SearchAnswer {
    return searchRows(this.#sql, this.#terms, this.#upgrade.indexes(), text, limit);
  }

  /** Everything that is kept, in one file to hand over. */
  snapshot(asked: SnapshotAsked, places: SnapshotPlaces, now: number): Promise<SnapshotManifest> {
    return writeSnapshot(this.#sql.db, asked, places, now);
  }

  /** Bytes on the disk. */
  get size(): number {
    return [this.#path, `${this.#path}-wal`].reduce((sum, path) => {
      const { size } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0 };
      return sum + size;
    }, 0);
  }

  close() {
    this.#sql.close();
  }
}
