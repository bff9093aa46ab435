import { DeskError } from '../../shared/errors.ts';
import { isElsewhere } from '../base/processes.ts';
import type { Jobs } from './jobs.ts';
import type { EndedJob, KeptJob } from './kept.ts';
import type { AnyJob, Counted, JobId, JobKind, JobOf, JobPlace } from './kind.ts';

/** Entries that are kept over a restart. */
type Kept<Entry> = { get(): Entry[]; change(next: (before: Entry[]) => Entry[]): void };

/** Where jobs under way, and those that broke off, are kept. */
export type KeptJobs = Kept<KeptJob>;
/** Where jobs that ended are kept to be listed, the oldest first. */
export type JobHistory = Kept<EndedJob>;

/** Ended jobs that are listed. */
const mostEnded = 50;
/** Jobs under way or broken off that are kept: a terminal may leave one each night, under another name, that nobody resumes. */
const mostKept = 100;

type Deps<Job extends AnyJob> = {
  jobs: Jobs<Job>;
  kinds: readonly JobKind[];
  kept: KeptJobs;
  history: JobHistory;
  isKnown: (profile: string) => boolean;
  clock: () => number;
  /** Jobs that cannot be kept are told here, by an error's code: they are only not there after a restart. */
  warn: (error: unknown) => void;
};

/**
 * Starts jobs of every kind, and keeps what breaks off, by a crash, by quitting or by an error, to be resumed or
 * discarded; of what ended otherwise, what it came to.
 */
export class ResumableJobs<Job extends AnyJob> {
  readonly #deps: Deps<Job>;
  /** What was asked, by job. */
  readonly #asked = new Map<string, KeptJob>();
  /** Places of jobs that begin. */
  readonly #opening = new Set<string>();
  /** Tenants that were removed: of what ends after that nothing is kept. */
  readonly #removed = new Set<string>();

  constructor(deps: Deps<Job>) {
    this.#deps = deps;
  }

  #kindOf(kept: KeptJob) {
    return this.#deps.kinds.find(({ id }) => id === kept.kind);
  }

  /** What two entries of one file, folder or copy share; null for a kind that is not known here. */
  #placeOf(kept: KeptJob): string | null {
    return this.#kindOf(kept)?.resume?.place(kept) ?? null;
  }

  #isSame(one: KeptJob, other: KeptJob): boolean {
    const place = this.#placeOf(one);
    return place !== null && place === this.#placeOf(other);
  }

  /** True of what stands for one job: another program may have begun in the same place since, and keeps that. */
  #isOne(one: KeptJob, other: KeptJob): boolean {
    return this.#isSame(one, other) && one.pid === other.pid && one.pidAt === other.pidAt;
  }

  /** Starts a job of a kind. Throws `job.busy` where another one is writing in its place, and `DeskError` before it starts. */
  async start<Id extends Job['kind'], Request, Result extends Counted>(
    kind: JobKind<Id, Request, Result>,
    request: Request,
    place: JobPlace = {},
  ): Promise<JobOf<Id, Result>> {
    const { jobs, clock, warn } = this.#deps;
    const { path: wanted = '' } = place;
    this.#take(wanted);
    const opening = kind.open(request, place);
    const opened = await opening.finally(() => this.#opening.delete(wanted));
    const { about, kept: asked } = opened;
    const all: AnyJob[] = jobs.list();
    const running = all.find(
      (job): job is JobOf<Id, Result> =>
        job.kind === kind.id && job.state === 'running' && job.profile === about.profile,
    );
    if (running && kind.isAlone) return running;
    const job = jobs.start(kind.id, opened);
    const { title, profile, path = '' } = about;
    this.#removed.delete(profile);
    const startedAt = place.left?.startedAt ?? clock();
    const kept: KeptJob = {
      kind: kind.id,
      title,
      profile,
      path,
      pid: process.pid,
      pidAt: clock(),
      startedAt,
      asked,
    };
    const isKept = kind.resume && asked !== null;
    const ended = isKept ? this.#follow(job.id, kept) : jobs.ended(job.id);
    void ended.then(() => about.passing || this.#note(job.id)).catch(warn);
    return job;
  }

  /** A place is taken from when a job begins there until it has ended. Throws `job.busy`. */
  #take(path: string) {
    const all: AnyJob[] = this.#deps.jobs.list();
    const isTaken =
      this.#opening.has(path) || all.some((job) => job.state === 'running' && job.path === path);
    if (path !== '' && isTaken) throw new DeskError('job.busy', { where: path });
    this.#opening.add(path);
  }

  /** Notes what an ended job came to; one that can be resumed is kept as that, if it is kept at all. */
  #note(id: string) {
    const job: AnyJob | undefined = this.#deps.jobs.find(id);
    if (!job || job.state === 'running' || (job.resumable && !job.picked)) return;
    // Another program may have removed the tenant, too.
    if (this.#removed.has(job.profile) || !this.#deps.isKnown(job.profile)) return;
    const { kind, title, profile, query, picked, state, rows, total, startedAt, path, run, error } = job;
    const entry = {
      id,
      kind,
      title,
      profile,
      query,
      picked,
      state,
      rows,
      total,
      startedAt,
      path,
      run,
      error,
    };
    const ended = { ...entry, endedAt: job.endedAt ?? 0, result: this.#trimmed(kind, job.result) };
    this.#deps.history.change((before) => [...before, ended].slice(-mostEnded));
  }

  #trimmed(kindId: string, result: Counted | null): Counted | null {
    const kind = this.#deps.kinds.find(({ id }) => id === kindId);
    return result && (kind?.trimmed?.(result) ?? result);
  }

  #unlist(id: string) {
    const { jobs, history } = this.#deps;
    jobs.dismiss(id);
    if (history.get().some((one) => one.id === id))
      history.change((before) => before.filter((one) => one.id !== id));
  }

  /** Notes a started job, and what becomes of it; of one of picked rows only as long as the program runs. */
  async #follow(id: string, kept: KeptJob): Promise<void> {
    const { jobs } = this.#deps;
    // Whatever broke off in the same place is over: this job resumes it, or starts anew.
    for (const [other, before] of this.#asked)
      if (this.#isSame(before, kept)) {
        this.#asked.delete(other);
        this.#unlist(other);
      }
    this.#asked.set(id, kept);
    const others = (before: KeptJob[]) => before.filter((one) => !this.#isSame(one, kept));
    const isPicked = jobs.find(id)?.picked ?? false;
    this.#deps.kept.change((before) => [...others(before), ...(isPicked ? [] : [kept])].slice(-mostKept));
    const job: AnyJob = await jobs.ended(id);
    if (await this.#kindOf(kept)?.resume?.isLeft(job, kept)) {
      jobs.change(id, { resumable: true });
      if (job.state === 'done') this.#end(kept, job);
    } else this.#forget(id);
  }

  #forget(id: string) {
    const kept = this.#asked.get(id);
    this.#asked.delete(id);
    if (kept) this.#drop(kept);
  }

  /** It ended: after a restart it is shown as what it came to, not as broken off. */
  #end(kept: KeptJob, { endedAt, result }: AnyJob) {
    const ended = { at: endedAt ?? 0, result: this.#trimmed(kept.kind, result) };
    this.#deps.kept.change((before) =>
      before.map((one) => (this.#isOne(one, kept) ? { ...one, ended } : one)),
    );
  }

  #drop(kept: KeptJob) {
    this.#deps.kept.change((before) => before.filter((one) => !this.#isOne(one, kept)));
  }

  /** Shows what an earlier run of the program ended or left, as jobs. What is no longer there is forgotten. */
  async restore(): Promise<void> {
    for (const ended of this.#deps.history.get()) {
      const kind = this.#deps.kinds.find(({ id }) => id === ended.kind);
      const result = kind?.result.safeParse(ended.result).data ?? null;
      // What it came to cannot be told: nothing else of it is.
      if (!kind || !this.#deps.isKnown(ended.profile) || (ended.state === 'done' && result === null))
        continue;
      this.#deps.jobs.show({ ...ended, result });
    }
    for (const kept of this.#deps.kept.get()) {
      const kind = this.#kindOf(kept);
      const { resume } = kind ?? {};
      if (!kind || !resume) continue;
      const left = await resume.find(kept);
      if (left === 'busy') continue;
      if (left === 'gone') {
        await resume.discard(kept);
        this.#drop(kept);
        continue;
      }
      const result = kind.result.safeParse(kept.ended?.result).data;
      const ended = kept.ended && result ? { at: kept.ended.at, result } : null;
      this.#asked.set(this.#deps.jobs.restore(kind.id, left, ended), kept);
    }
  }

  async #again<Id extends Job['kind']>(
    kept: KeptJob,
    given: Readonly<Record<string, unknown>> = {},
  ): Promise<Extract<Job, { kind: Id }> | null> {
    const kind = this.#kindOf(kept);
    if (!kind) return null;
    const { path } = kept;
    const job: AnyJob = await this.start(kind, kind.request.parse({ ...Object(kept.asked), ...given }), {
      path,
      resume: true,
      left: kept,
    });
    return job as Extract<Job, { kind: Id }>;
  }

  /**
   * Resumes a job that broke off, or asks for its missing rows; null if there is no job with that id. `given`: of its request,
   * what is asked for by now.
   */
  async resume<Id extends Job['kind']>(
    id: JobId<Id>,
    given: Readonly<Record<string, unknown>> = {},
  ): Promise<Extract<Job, { kind: Id }> | null> {
    const kept = this.#asked.get(id);
    return kept ? this.#again(kept, given) : null;
  }

  /** Resumes what broke off for a tenant, in this run of the program or in an earlier one; null where nothing did. */
  async resumeOf<Id extends Job['kind']>(
    kind: Id,
    profile: string,
  ): Promise<Extract<Job, { kind: Id }> | null> {
    const left = this.#deps.kept
      .get()
      .find((kept) => kept.kind === kind && kept.profile === profile && !isElsewhere(kept.pid, kept.pidAt));
    return left ? this.#again(left) : null;
  }

  /** Takes an ended job off the list; what is left of one that broke off is discarded. */
  async dismiss(id: string): Promise<void> {
    const kept = this.#asked.get(id);
    this.#forget(id);
    if (kept) await this.#kindOf(kept)?.resume?.discard(kept);
    this.#unlist(id);
  }

  /** What broke off for a tenant is not resumed: its id stands for another server by now, or for none. */
  abandon(profile: string) {
    for (const kept of this.#deps.kept.get().filter((one) => one.profile === profile)) {
      const [id] = [...this.#asked].find(([, one]) => this.#isSame(one, kept)) ?? [];
      const job = id === undefined ? undefined : this.#deps.jobs.find(id);
      if (id !== undefined && job?.state !== 'running') {
        this.#asked.delete(id);
        if (job) this.#deps.jobs.change(id, { resumable: false });
      }
      this.#drop(kept);
      if (job?.state !== 'running' && !isElsewhere(kept.pid, kept.pidAt))
        void this.#kindOf(kept)?.resume?.discard(kept).catch(this.#deps.warn);
    }
  }

  /** A tenant is removed: what is kept of its ended jobs, too. */
  forget(profile: string) {
    this.#removed.add(profile);
    this.abandon(profile);
    for (const { id, earlier, profile: of } of this.#deps.jobs.list())
      if (of === profile && earlier) this.#deps.jobs.dismiss(id);
      else if (of === profile) this.#deps.jobs.change(id, { query: null });
    this.#deps.history.change((before) => before.filter((one) => one.profile !== profile));
  }

  /** Files that interrupted jobs of an earlier run need to resume. */
  get paths(): string[] {
    return this.#deps.kept.get().flatMap(({ path }) => (path === '' ? [] : [path]));
  }
}
