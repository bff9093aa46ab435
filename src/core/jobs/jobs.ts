import { randomUUID } from 'node:crypto';
import { DeskError, type ErrorValue, errorValueOf } from '../../shared/errors.ts';
import { Changes } from '../base/changes.ts';
import type { ExportProgress, ExportResult } from '../export/export.ts';
import type { ListOutcome } from '../export/folder.ts';
import type { CopyReport } from '../mirror/copy-tenant.ts';
import type { SnapshotManifest } from '../mirror/manifest.ts';
import type { Ended } from '../settings/ended-job.ts';

/** Long work that a user started, as every door shows it. Times in unix ms, rates in rows per second. */
export type Job = {
  id: string;
  /** What it does: an export writes a file, a copy fills a tenant's mirror, a snapshot writes a mirror into a file, a folder has several exports. */
  kind: 'export' | 'copy' | 'snapshot' | 'folder';
  title: string;
  profile: string;
  /** Only rows that the user picked were asked for. */
  picked: boolean;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  rows: number;
  total: number | null;
  startedAt: number;
  endedAt: number | null;
  /** It broke off, and can go on from there; or it is done, rows lack, and those can be asked for again. */
  resumable: boolean;
  /** Where the file is, or will be. */
  path: string;
  /** Its name, without the folder. */
  fileName: string;
  result: ExportResult | null;
  copied: CopyReport | null;
  snapshot: SnapshotManifest | null;
  files: ListOutcome[] | null;
  error: ErrorValue | null;
};

type Progress = ExportProgress & { title?: string };
type Outcome =
  | { result: ExportResult }
  | { copied: CopyReport }
  | { snapshot: SnapshotManifest }
  | { files: ListOutcome[] };
type Work = (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<Outcome>;
type About = Pick<Job, 'title' | 'profile'> & Partial<Pick<Job, 'kind' | 'path' | 'fileName' | 'picked'>>;

type Restored = About & Pick<Job, 'startedAt'> & { ended?: Ended | null };

const rowsOfFiles = (files: readonly Pick<ListOutcome, 'rows'>[]) =>
  files.reduce((sum, { rows }) => sum + rows, 0);

const rowsOfEnded = ({ result, files }: Ended): number => result?.rows ?? rowsOfFiles(files ?? []);

const rowsOf = (outcome: Outcome): number => {
  if ('result' in outcome) return outcome.result.rows;
  if ('copied' in outcome) return outcome.copied.rows;
  if ('files' in outcome) return rowsOfFiles(outcome.files);
  return outcome.snapshot.lists.reduce((sum, { rows }) => sum + rows, 0);
};

const reportEveryMs = 200;
const keptJobs = 50;

/** Long work: started, watched, cancelled. */
export class Jobs {
  readonly #jobs = new Map<string, { job: Job; control: AbortController; ended: Promise<Job> }>();
  readonly #changes = new Changes();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  start(about: About, work: Work): Job {
    const control = new AbortController();
    const job = this.#job(about);
    let reportedAt = 0;
    const ended = work(control.signal, (progress) => {
      Object.assign(job, progress);
      if (this.#clock() - reportedAt < reportEveryMs) return;
      reportedAt = this.#clock();
      this.#changes.tell();
    })
      .then(
        (outcome) => {
          return Object.assign(job, { state: 'done' as const, ...outcome, rows: rowsOf(outcome) });
        },
        (error: unknown) => {
          const { aborted, reason } = control.signal;
          return Object.assign(job, {
            state: aborted ? ('cancelled' as const) : ('failed' as const),
            error: errorValueOf(aborted ? reason : error),
          });
        },
      )
      .then(() => {
        job.endedAt = this.#clock();
        this.#changes.tell();
        return job;
      });
    this.#jobs.set(job.id, { job, control, ended });
    this.#forgetOldest();
    this.#changes.tell();
    return job;
  }

  /**
   * Shows what an earlier run of the program began and did not end, or ended with rows that lack. Returns the job's id.
   */
  restore({ ended = null, ...about }: Restored): string {
    const broken = {
      state: 'failed',
      endedAt: this.#clock(),
      error: { code: 'export.interrupted', detail: {} },
    } as const;
    const job: Job = {
      ...this.#job(about),
      ...(ended
        ? {
            state: 'done' as const,
            endedAt: ended.at,
            result: ended.result,
            files: ended.files,
            rows: rowsOfEnded(ended),
          }
        : broken),
      startedAt: about.startedAt,
      resumable: true,
    };
    this.#jobs.set(job.id, { job, control: new AbortController(), ended: Promise.resolve(job) });
    this.#changes.tell();
    return job.id;
  }

  #job(about: About): Job {
    return {
      kind: 'export',
      path: '',
      fileName: '',
      picked: false,
      ...about,
      id: randomUUID(),
      state: 'running',
      rows: 0,
      total: null,
      startedAt: this.#clock(),
      endedAt: null,
      resumable: false,
      result: null,
      copied: null,
      snapshot: null,
      files: null,
      error: null,
    };
  }

  /** Changes what is known of a job. */
  change(id: string, changes: Pick<Job, 'resumable'>) {
    Object.assign(this.#get(id).job, changes);
    this.#changes.tell();
  }

  find(id: string): Job | undefined {
    return this.#jobs.get(id)?.job;
  }

  list(): Job[] {
    return [...this.#jobs.values()].map(({ job }) => ({ ...job }));
  }

  /** The jobs now and after every change. */
  watch(signal?: AbortSignal): AsyncGenerator<Job[]> {
    return this.#changes.watch(() => this.list(), signal);
  }

  /** Resolves with the job when it has ended, however. */
  ended(id: string): Promise<Job> {
    return this.#get(id).ended;
  }

  async cancel(id: string, reason = new DeskError('cancelled')): Promise<void> {
    const { control, ended } = this.#get(id);
    control.abort(reason);
    await ended;
  }

  /** Takes an ended job off the list. */
  dismiss(id: string) {
    if (this.#get(id).job.state !== 'running') this.#jobs.delete(id);
    this.#changes.tell();
  }

  /** Cancels what runs for one profile. */
  async cancelAll(profile: string): Promise<void> {
    await Promise.all(
      this.#running()
        .filter((job) => job.profile === profile)
        .map(({ id }) => this.cancel(id)),
    );
  }

  /** The program ends: what runs breaks off, and is kept where it can be gone on with. */
  async interruptAll(): Promise<void> {
    const reason = new DeskError('export.interrupted');
    await Promise.all(this.#running().map(({ id }) => this.cancel(id, reason)));
  }

  #running(): Job[] {
    return [...this.#jobs.values()].map(({ job }) => job).filter(({ state }) => state === 'running');
  }

  #get(id: string) {
    const known = this.#jobs.get(id);
    if (!known) throw new DeskError('query.invalid', { where: 'job', reason: 'there is no such job' });
    return known;
  }

  #forgetOldest() {
    for (const [id, { job }] of this.#jobs) {
      if (this.#jobs.size <= keptJobs) return;
      if (job.state !== 'running') this.#jobs.delete(id);
    }
  }
}
