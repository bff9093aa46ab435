import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { DeskError, errorValueOf } from '../../shared/errors.ts';
import { type Query, queryOf, urlOf } from '../../shared/query.ts';
import { Changes } from '../base/changes.ts';
import type { EndedJob } from './kept.ts';
import type { AnyJob, Counted, JobAbout, JobId, JobOf, OpenedJob, Progress } from './kind.ts';

const reportEveryMs = 200;
const keptJobs = 50;
/** A longer view, such as one of thousands of pasted lines, is not told each time with its job; characters of JSON. */
const longestView = 16_000;

/** What a job came to, and when it ended, unix ms. */
type Ended = { at: number; result: Counted };

/** The view of a job as it is told: none that is longer, or that this version cannot open (a newer one may have kept it). */
const toldView = (query: Query | null): Query | null => {
  if (query === null || JSON.stringify(query).length > longestView) return null;
  try {
    queryOf(urlOf(query));
  } catch {
    return null;
  }
  return query;
};

type Running<Job> = { job: Job; control: AbortController; ended: Promise<Job> };

/** Long work, of every kind: watched and cancelled. `Job` is the union of the jobs of all kinds. */
export class Jobs<Job extends AnyJob = AnyJob> {
  readonly #jobs = new Map<string, Running<Job>>();
  readonly #changes = new Changes();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Runs what was opened. */
  start<Id extends Job['kind'], Result extends Counted>(
    kind: Id,
    { about, run }: Pick<OpenedJob<unknown, Result>, 'about' | 'run'>,
  ): JobOf<Id, Result> {
    const control = new AbortController();
    const job: JobOf<Id, Result> = this.#job(kind, about);
    let reportedAt = 0;
    const tell = (progress: Progress) => {
      Object.assign(job, progress);
      if (this.#clock() - reportedAt < reportEveryMs) return;
      reportedAt = this.#clock();
      this.#changes.tell();
    };
    const ended = run({ signal: control.signal, tell }).then(
      (result) => this.#end(job, { state: 'done', result, rows: result.rows }),
      (error: unknown) => {
        const { aborted, reason } = control.signal;
        return this.#end(job, {
          state: aborted ? 'cancelled' : 'failed',
          error: errorValueOf(aborted ? reason : error),
        });
      },
    );
    this.#add({ job, control, ended });
    return job;
  }

  #end<Ended extends AnyJob>(job: Ended, outcome: Partial<Ended>): Ended {
    Object.assign(job, outcome);
    job.endedAt = this.#clock();
    this.#changes.tell();
    return job;
  }

  /** Only jobs of the kinds that `Job` is made of are started. */
  #add(running: Running<AnyJob>) {
    this.#jobs.set(running.job.id, running as Running<Job>);
    this.#forgetOldest();
    this.#changes.tell();
  }

  /**
   * Shows what an earlier run of the program began and did not end, or ended with rows that lack. Returns the job's id.
   */
  restore(kind: Job['kind'], about: JobAbout & { startedAt: number }, ended: Ended | null = null): string {
    const { startedAt } = about;
    const shown = { ...this.#job<string>(kind, about), startedAt, resumable: true };
    const job: AnyJob = ended
      ? { ...shown, state: 'done', endedAt: ended.at, result: ended.result, rows: ended.result.rows }
      : {
          ...shown,
          state: 'failed',
          endedAt: this.#clock(),
          error: { code: 'export.interrupted', detail: {} },
        };
    this.#add({ job, control: new AbortController(), ended: Promise.resolve(job) });
    return job.id;
  }

  /** Shows a job that an earlier run of the program ended. */
  show(ended: Omit<EndedJob, 'kind' | 'result'> & { kind: Job['kind']; result: Counted | null }) {
    const query = toldView(ended.query);
    const job: AnyJob = { ...this.#job<string>(ended.kind, ended), ...ended, query, earlier: true };
    this.#add({ job, control: new AbortController(), ended: Promise.resolve(job) });
  }

  #job<Id extends string>(
    kind: Id,
    { title, profile, query = null, path = '', picked = false, run = '' }: JobAbout,
  ): JobOf<Id, never> {
    return {
      id: randomUUID(),
      kind,
      title,
      profile,
      query: toldView(query),
      picked,
      state: 'running',
      rows: 0,
      total: null,
      part: null,
      startedAt: this.#clock(),
      endedAt: null,
      earlier: false,
      resumable: false,
      path,
      fileName: basename(path),
      run,
      result: null,
      error: null,
    };
  }

  /** Changes what is known of a job. */
  change(id: string, changes: Partial<Pick<AnyJob, 'resumable' | 'query'>>) {
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
  ended<Id extends Job['kind']>(id: JobId<Id>): Promise<Extract<Job, { kind: Id }>>;
  ended(id: string): Promise<Job>;
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

  /** The program ends: what runs breaks off, and is kept where it can be resumed. */
  async interruptAll(): Promise<void> {
    const reason = new DeskError('export.interrupted');
    await Promise.all(this.#running().map(({ id }) => this.cancel(id, reason)));
  }

  #running(): Job[] {
    return [...this.#jobs.values()].map(({ job }) => job).filter(({ state }) => state === 'running');
  }

  #get(id: string) {
    const known = this.#jobs.get(id);
    if (!known) throw new DeskError('job.not_found');
    return known;
  }

  #forgetOldest() {
    for (const [id, { job }] of this.#jobs) {
      if (this.#jobs.size <= keptJobs) return;
      if (job.state !== 'running') this.#jobs.delete(id);
    }
  }
}
