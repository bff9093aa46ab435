import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DeskError, type ErrorValue } from '../../shared/errors.ts';
import type { TimeBucket } from '../../shared/local.ts';
import type { Query } from '../../shared/query.ts';
import type { JoinedNames, Row } from '../../shared/row.ts';
import type { HarvestState } from '../harvest/state.ts';
import type { CopiedIds, FinishedCopy, KnownCopies } from './copies.ts';
import type { SearchAnswer } from './search.ts';
import type { SnapshotAsked, SnapshotManifest } from './snapshot.ts';
import type { CountsPage, MirroredBelow, MirroredList, MirrorPage, MirrorView } from './store.ts';

/** What is known of one tenant's mirror. `size` in bytes. */
export type MirrorAbout = {
  size: number;
  lists: MirroredList[];
  below: MirroredBelow[];
  setAside: string | null;
};

/** Ids that are asked for at a time. */
const idsAtOnce = 10_000;

type Waiting = { resolve: (value: unknown) => void; reject: (error: unknown) => void };
type Answer = { id: number; value?: unknown; error?: ErrorValue; reason?: string };

/** The mirrors of all tenants, one file each in `folder`; their work is done by a worker that starts when it is needed. */
export class Mirrors {
  readonly #folder: string;
  readonly #script: URL;
  readonly #clock: () => number;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #calls = 0;

  constructor(folder: string, script: URL, clock: () => number) {
    this.#folder = folder;
    this.#script = script;
    this.#clock = clock;
  }

  /** Throws `mirror.failed` when the worker cannot do its work. */
  #call<T>(profile: string, method: string, ...args: unknown[]): Promise<T> {
    const worker = this.#started();
    this.#calls += 1;
    const id = this.#calls;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      worker.ref();
      worker.postMessage({ id, path: this.#pathOf(profile), now: this.#clock(), method, args });
    });
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#script);
    worker.on('message', ({ id, value, error, reason }: Answer) => {
      const call = this.#waiting.get(id);
      this.#waiting.delete(id);
      // A program that waits for nothing else may end.
      if (this.#waiting.size === 0) worker.unref();
      if (!error) call?.resolve(value);
      else if (error.code === 'internal')
        call?.reject(new DeskError('mirror.failed', { reason: reason ?? '' }));
      else call?.reject(new DeskError(error.code, error.detail));
    });
    worker.on('error', (error) => {
      this.#worker = null;
      for (const { reject } of this.#waiting.values())
        reject(new DeskError('mirror.failed', { reason: error instanceof Error ? error.message : '' }));
      this.#waiting.clear();
    });
    this.#worker = worker;
    return worker;
  }

  #pathOf(profile: string): string {
    return join(this.#folder, `${profile}.sqlite`);
  }

  /** Keeps rows as they are now. `at` in unix ms. */
  put(profile: string, { resource, parent = '' }: Query, rows: readonly Row[], at: number): Promise<void> {
    return this.#call(profile, 'put', resource, parent, rows, at);
  }

  /** What a list's copies came to so far. */
  copiesOf(profile: string, { resource, parent = '' }: Query): Promise<KnownCopies> {
    return this.#call(profile, 'copiesOf', resource, parent);
  }

  /** Begins to copy a list (`MirrorStore.begin`). */
  begin(profile: string, { resource, parent = '' }: Query, begins: number | null): Promise<number> {
    return this.#call(profile, 'begin', resource, parent, this.#clock(), begins);
  }

  /** Keeps rows that a copy read, and how far it is (`MirrorStore.putCopied`). */
  putCopied(
    profile: string,
    { resource, parent = '' }: Query,
    rows: readonly Row[],
    startedAt: number,
    state: HarvestState | null,
  ): Promise<void> {
    return this.#call(profile, 'putCopied', resource, parent, rows, startedAt, state);
  }

  /** Ids of the rows that a list's copy has read. */
  async *copiedIds(profile: string, { resource, parent = '' }: Query): AsyncGenerator<string> {
    for (let after: number | null = 0; after !== null; ) {
      const found: CopiedIds = await this.#call(profile, 'copiedIds', resource, parent, after, idsAtOnce);
      yield* found.ids;
      after = found.last;
    }
  }

  /** No copy of the tenant that broke off is gone on with any more. */
  giveUpCopies(profile: string): Promise<void> {
    return this.#call(profile, 'giveUpCopies');
  }

  /** A list's copy is over (`MirrorStore.finish`). Returns how many rows are gone. */
  finish(profile: string, { resource, parent = '' }: Query, finished: FinishedCopy): Promise<number> {
    return this.#call(profile, 'finish', resource, parent, finished);
  }

  /** Lets go of logs that were made before a moment, unix ms. Returns how many rows went. */
  forgetBefore(profile: string, cutoff: number): Promise<number> {
    return this.#call(profile, 'forgetBefore', cutoff);
  }

  page(profile: string, query: Query, offset: number, limit: number, until?: number): Promise<MirrorPage> {
    return this.#call(profile, 'page', query, offset, limit, this.#clock(), until);
  }

  /** All rows of a view at one moment, by number (`MirrorStore.view`). */
  view(profile: string, query: Query, until?: number): Promise<MirrorView> {
    return this.#call(profile, 'view', query, this.#clock(), until);
  }

  rowsAt(profile: string, query: Query, numbers: Uint32Array): Promise<Row[]> {
    return this.#call(profile, 'rowsAt', query, numbers);
  }

  counts(
    profile: string,
    query: Query,
    column: string,
    bucket: TimeBucket | null,
    limit: number,
  ): Promise<CountsPage> {
    return this.#call(profile, 'counts', query, column, bucket, limit, this.#clock());
  }

  row(profile: string, resource: string, id: string): Promise<Row | null> {
    return this.#call(profile, 'row', resource, id);
  }

  names(profile: string, resource: string, ids: readonly string[]): Promise<Record<string, string>> {
    return this.#call(profile, 'names', resource, ids);
  }

  /** The names of the parents below which rows are listed (`MirrorStore.joined`). */
  joined(
    profile: string,
    resource: string,
    ids: readonly string[],
    columns: readonly string[] | null,
  ): Promise<JoinedNames> {
    return this.#call(profile, 'joined', resource, ids, columns);
  }

  about(profile: string): Promise<MirrorAbout> {
    return this.#call(profile, 'about');
  }

  /** What is kept of one list; null when nothing is. */
  async list(profile: string, { resource, parent = '' }: Query): Promise<MirroredList | null> {
    const [list] = await this.#call<MirroredList[]>(profile, 'lists', resource, parent);
    return list ?? null;
  }

  search(profile: string, text: string, limit: number): Promise<SearchAnswer> {
    return this.#call(profile, 'search', text, limit);
  }

  /** Writes all that is kept of a tenant into one file. Throws `mirror.empty`, `export.not_writable`, `export.disk_full`. */
  snapshot(profile: string, asked: SnapshotAsked): Promise<SnapshotManifest> {
    return this.#call(profile, 'snapshot', asked, this.#clock());
  }

  /** Takes a snapshot in as a tenant's mirror, after all of it was verified. Throws `snapshot.*`. */
  openSnapshot(profile: string, path: string, passphrase: string | null): Promise<SnapshotManifest> {
    return this.#call(profile, 'open-snapshot', path, passphrase);
  }

  /** Removes a tenant's mirror, and whatever was set aside of it. */
  async remove(profile: string): Promise<void> {
    await this.#call(profile, 'close');
    for (const suffix of ['', '-wal', '-shm']) await rm(`${this.#pathOf(profile)}${suffix}`, { force: true });
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}
