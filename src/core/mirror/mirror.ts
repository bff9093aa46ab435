import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DeskError } from '../../shared/errors.ts';
import type { Counting } from '../../shared/local.ts';
import { type Profile, profileIdForm } from '../../shared/profile.ts';
import type { Query } from '../../shared/query.ts';
import type { JoinedNames, Row } from '../../shared/row.ts';
import type { SeenAsked, SeenPage } from '../../shared/seen-changes.ts';
import { fileError } from '../base/file-errors.ts';
import { holdPlain } from '../base/plain-place.ts';
import type { Scratch } from '../base/scratch.ts';
import type { HarvestState } from '../harvest/state.ts';
import type { Answer, Answered, Call, MirrorAbout, MirrorCalls, MirrorMethod } from './calls.ts';
import type { CopiedIds, FinishedCopy, KnownCopies } from './copy-progress.ts';
import { hasMirror, ownerOf } from './file.ts';
import type { MirroredList } from './kept-lists.ts';
import type { SnapshotManifest } from './manifest.ts';
import type { SearchAnswer } from './search.ts';
import type { SnapshotAsked } from './snapshot.ts';
import type { CountsPage, MirrorPage, MirrorView } from './store.ts';

/** Ids that are asked for at a time. */
const idsAtOnce = 10_000;

/** Whose mirror is asked: a profile as it is stored, or as a session was opened with. Never a name that came from outside. */
export type Mirrored = Pick<Profile, 'id' | 'kind' | 'endpoint' | 'resource' | 'takenAt'>;

type Waiting = { resolve: (value: unknown) => void; reject: (error: unknown) => void };

const failureOf = ({ error, reason }: Answer) =>
  !error || error.code === 'internal'
    ? new DeskError('mirror.failed', { reason: reason ?? '' })
    : new DeskError(error.code, error.detail);

export type MirrorsDeps = {
  folder: string;
  /** The program that works on the mirrors. */
  worker: URL;
  /** How long it may look for a view with an expression; without it as long as `worker.ts` says. */
  expressionMs?: number | undefined;
  scratch: Scratch;
  clock: () => number;
};

/** The mirrors of all tenants, one file each in `folder`; their work is done by a worker that starts when it is needed. */
export class Mirrors {
  readonly #deps: MirrorsDeps;
  readonly #waiting = new Map<number, Waiting>();
  /** Workers with one piece of work each, which is broken off by ending them. */
  readonly #single = new Set<Worker>();
  #worker: Worker | null = null;
  #isOver = false;
  #calls = 0;

  constructor(deps: MirrorsDeps) {
    this.#deps = deps;
  }

  get #clock() {
    return this.#deps.clock;
  }

  #callOf<Method extends MirrorMethod>(
    profile: Mirrored,
    method: Method,
    args: Parameters<MirrorCalls[Method]>,
    left: Int32Array | null = null,
  ): Call<Method> {
    this.#calls += 1;
    const path = this.#pathOf(profile.id);
    return { id: this.#calls, path, owner: ownerOf(profile), now: this.#clock(), method, args, left };
  }

  /** Throws `mirror.failed` when the worker cannot do its work, `mirror.foreign` for a mirror of another tenant. */
  async #call<Method extends MirrorMethod>(
    profile: Mirrored,
    method: Method,
    ...args: Parameters<MirrorCalls[Method]>
  ): Promise<Answered<Method>> {
    return this.#asked(this.#callOf(profile, method, args));
  }

  /** The same; when the signal is aborted, the worker breaks the work off. Throws `cancelled` then. */
  async #callUntil<Method extends MirrorMethod>(
    signal: AbortSignal | undefined,
    profile: Mirrored,
    method: Method,
    ...args: Parameters<MirrorCalls[Method]>
  ): Promise<Answered<Method>> {
    if (!signal) return this.#call(profile, method, ...args);
    if (signal.aborted) throw new DeskError('cancelled');
    const left = new Int32Array(new SharedArrayBuffer(4));
    const leave = () => Atomics.store(left, 0, 1);
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await this.#asked(this.#callOf(profile, method, args, left));
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  async #asked<Method extends MirrorMethod>(call: Call<Method>): Promise<Answered<Method>> {
    const worker = this.#started();
    return new Promise((resolve, reject) => {
      // The worker answers a call by what its method gives (`calls.ts`).
      this.#waiting.set(call.id, { resolve: (value) => resolve(value as Answered<Method>), reject });
      worker.ref();
      worker.postMessage(call);
    });
  }

  #started(): Worker {
    // A worker that began now would be ended by nobody.
    if (this.#isOver) throw new DeskError('cancelled');
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#deps.worker, { workerData: { expressionMs: this.#deps.expressionMs } });
    worker.on('message', (answer: Answer) => {
      const call = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      // A program that waits for nothing else may end; one that waits for the worker's end waits.
      if (this.#waiting.size === 0 && !this.#isOver) worker.unref();
      if (answer.error) call?.reject(failureOf(answer));
      else call?.resolve(answer.value);
    });
    worker.on('error', (error) => {
      this.#worker = null;
      this.#refuse(new DeskError('mirror.failed', { reason: error instanceof Error ? error.message : '' }));
    });
    this.#worker = worker;
    return worker;
  }

  /** What waits for the worker waits for nothing any more. */
  #refuse(error: DeskError) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  /** Work that takes its time, in a worker of its own that ends with the signal. Throws `cancelled`. */
  #alone<Method extends MirrorMethod>(
    call: Call<Method>,
    signal: AbortSignal | undefined,
  ): Promise<Answered<Method>> {
    if (this.#isOver) return Promise.reject(new DeskError('cancelled'));
    const worker = new Worker(this.#deps.worker, { workerData: { expressionMs: this.#deps.expressionMs } });
    this.#single.add(worker);
    const end = () => void worker.terminate();
    signal?.addEventListener('abort', end, { once: true });
    return new Promise((resolve, reject) => {
      worker.once('message', (answer: Answer) => {
        if (answer.error) reject(failureOf(answer));
        else resolve(answer.value as Answered<Method>);
        end();
      });
      worker.once('error', (error) =>
        reject(new DeskError('mirror.failed', { reason: error instanceof Error ? error.message : '' })),
      );
      // Only when it has ended does nobody write any more.
      worker.once('exit', () => {
        this.#single.delete(worker);
        signal?.removeEventListener('abort', end);
        reject(new DeskError('cancelled'));
      });
      worker.postMessage(call);
      if (signal?.aborted) end();
    });
  }

  /** Where a profile's mirror is. Throws `profile.not_found` for what cannot be a profile's id. */
  #pathOf(id: string): string {
    if (!profileIdForm.test(id)) throw new DeskError('profile.not_found', { where: id });
    return join(this.#deps.folder, `${id}.sqlite`);
  }

  /** Keeps rows as they are now. `at` in unix ms. */
  put(profile: Mirrored, { resource, parent = '' }: Query, rows: readonly Row[], at: number): Promise<void> {
    return this.#call(profile, 'put', resource, parent, rows, at);
  }

  /** Keeps what a row that was read alone is now, where its list has it. `at` in unix ms. */
  refresh(profile: Mirrored, resource: string, row: Row, at: number): Promise<void> {
    return this.#call(profile, 'put', resource, '', [row], at, true);
  }

  /** What a list's copies came to so far. */
  copiesOf(profile: Mirrored, { resource, parent = '' }: Query): Promise<KnownCopies> {
    return this.#call(profile, 'copiesOf', resource, parent);
  }

  /** Begins to copy a list (`MirrorStore.begin`). */
  begin(profile: Mirrored, { resource, parent = '' }: Query, begins: number | null): Promise<number> {
    return this.#call(profile, 'begin', resource, parent, this.#clock(), begins);
  }

  /** Keeps rows that a copy read, and how far it is (`MirrorStore.putCopied`). */
  putCopied(
    profile: Mirrored,
    { resource, parent = '' }: Query,
    rows: readonly Row[],
    startedAt: number,
    state: HarvestState | null,
  ): Promise<void> {
    return this.#call(profile, 'putCopied', resource, parent, rows, startedAt, state, this.#clock());
  }

  /** Ids of the rows that a list's copy has read. */
  async *copiedIds(profile: Mirrored, { resource, parent = '' }: Query): AsyncGenerator<string> {
    for (let after: number | null = 0; after !== null; ) {
      const found: CopiedIds = await this.#call(profile, 'copiedIds', resource, parent, after, idsAtOnce);
      yield* found.ids;
      after = found.last;
    }
  }

  /** No interrupted copy of the tenant is resumed any more. */
  discardCopies(profile: Mirrored): Promise<void> {
    return this.#call(profile, 'discardCopies');
  }

  /** A list's copy is over (`MirrorStore.finish`). Returns how many rows are gone. */
  finish(profile: Mirrored, { resource, parent = '' }: Query, finished: FinishedCopy): Promise<number> {
    return this.#call(profile, 'finish', resource, parent, finished);
  }

  /** Drops logs that were made before a moment, unix ms. Returns how many rows went. */
  forgetBefore(profile: Mirrored, cutoff: number): Promise<number> {
    return this.#call(profile, 'forgetBefore', cutoff);
  }

  /** Rows of a view; with a signal it is broken off when that is aborted. Throws `cancelled` then. */
  page(
    profile: Mirrored,
    query: Query,
    offset: number,
    limit: number,
    until?: number,
    signal?: AbortSignal,
  ): Promise<MirrorPage> {
    return this.#callUntil(signal, profile, 'page', query, offset, limit, this.#clock(), until);
  }

  /** All rows of a view at one moment, by number (`MirrorStore.view`). */
  view(profile: Mirrored, query: Query, until?: number, signal?: AbortSignal): Promise<MirrorView> {
    return this.#callUntil(signal, profile, 'view', query, this.#clock(), until);
  }

  rowsAt(profile: Mirrored, query: Query, numbers: Uint32Array): Promise<Row[]> {
    return this.#call(profile, 'rowsAt', query, numbers);
  }

  counts(
    profile: Mirrored,
    query: Query,
    counting: Counting,
    limit: number,
    signal?: AbortSignal,
  ): Promise<CountsPage> {
    return this.#callUntil(signal, profile, 'counts', query, counting, limit, this.#clock());
  }

  row(profile: Mirrored, resource: string, id: string): Promise<Row | null> {
    return this.#call(profile, 'row', resource, id);
  }

  names(profile: Mirrored, resource: string, ids: readonly string[]): Promise<Record<string, string>> {
    return this.#call(profile, 'names', resource, ids);
  }

  /** The names of the parents below which rows are listed (`MirrorStore.joined`). */
  joined(
    profile: Mirrored,
    resource: string,
    ids: readonly string[],
    columns: readonly string[] | null,
    needed: readonly string[] = [],
  ): Promise<JoinedNames> {
    return this.#call(profile, 'joined', resource, ids, columns, needed);
  }

  about(profile: Mirrored): Promise<MirrorAbout> {
    return this.#call(profile, 'about');
  }

  /** What is kept of one list; null when nothing is. */
  async list(profile: Mirrored, { resource, parent = '' }: Query): Promise<MirroredList | null> {
    const [list] = await this.#call(profile, 'lists', resource, parent);
    return list ?? null;
  }

  search(profile: Mirrored, text: string, limit: number): Promise<SearchAnswer> {
    return this.#call(profile, 'search', text, limit);
  }

  /** What copies of a tenant saw change; nothing where none is kept. */
  async seenChanges(profile: Mirrored, asked: SeenAsked): Promise<SeenPage> {
    if (!hasMirror(this.#pathOf(profile.id))) return { total: 0, changes: [], lists: [], newest: 0 };
    return this.#call(profile, 'seenChanges', asked);
  }

  /** Those of some paths that no kept row of a list has; none where nothing of the list is kept. */
  absentPaths(
    profile: Mirrored,
    { resource, parent = '' }: Query,
    paths: readonly string[],
  ): Promise<string[]> {
    return this.#call(profile, 'absentPaths', resource, parent, paths);
  }

  /**
   * Writes all that is kept of a tenant into one file, which appears in its place when it is whole: it is made in a folder
   * of ours, and only what is encrypted ever stands beside its place. Throws `mirror.empty`, `export.not_writable`,
   * `export.disk_full`, `cancelled` when the signal is aborted; then nothing is left.
   */
  async snapshot(profile: Mirrored, asked: SnapshotAsked, signal?: AbortSignal): Promise<SnapshotManifest> {
    await holdPlain(asked.path);
    const folder = this.#deps.scratch.folder();
    const plain = join(folder, 'plain');
    const name = `.${basename(asked.path)}.${randomBytes(4).toString('hex')}.part`;
    const beside = join(dirname(asked.path), name);
    try {
      const call = this.#callOf(profile, 'snapshot', [asked, { plain, beside }, this.#clock()]);
      const manifest = await this.#alone(call, signal);
      if (signal?.aborted) throw new DeskError('cancelled');
      renameSync(beside, asked.path);
      return manifest;
    } catch (error) {
      throw fileError(error, asked.path);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      rmSync(beside, { force: true });
    }
  }

  /**
   * Verifies all of a snapshot and makes a mirror of it, which `place` puts in a tenant's place. Throws `snapshot.*`,
   * `export.disk_full`, `cancelled` when the signal is aborted.
   */
  async openSnapshot<T>(
    path: string,
    passphrase: string | null,
    place: (manifest: SnapshotManifest, made: string) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const folder = this.#deps.scratch.folder();
    const made = join(folder, 'made');
    try {
      const nobody: Mirrored = { id: 'snapshot', kind: 'snapshot', endpoint: '', resource: '' };
      const places = { plain: join(folder, 'plain'), made };
      const call = this.#callOf(nobody, 'openSnapshot', [path, places, passphrase]);
      return await place(await this.#alone(call, signal), made);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Puts a mirror that was made elsewhere in a tenant's place. */
  place(profile: Mirrored, made: string): Promise<void> {
    return this.#call(profile, 'place', made);
  }

  /** Removes a tenant's mirror, whoever's it is, and whatever was set aside of it. False when there was nothing. */
  async remove(profile: Mirrored): Promise<boolean> {
    // Where nothing is, no worker has to start.
    return hasMirror(this.#pathOf(profile.id)) && this.#call(profile, 'remove');
  }

  /** The program ends: what is under way is broken off, and nothing begins any more. */
  async stop(): Promise<void> {
    this.#isOver = true;
    const worker = this.#worker;
    this.#worker = null;
    await Promise.all([worker, ...this.#single].map((one) => one?.terminate()));
    this.#refuse(new DeskError('cancelled'));
  }
}
