import { isElsewhere } from '../base/processes.ts';
import type { Jobs } from './jobs.ts';
import type { KeptJob } from './kept.ts';
import type { AnyJob, Counted, JobId, JobKind, JobOf, JobPlace } from './kind.ts';

/** Where jobs are kept over a restart (`SettingsSections.jobs`). */
export type KeptJobs = { get(): KeptJob[]; change(next: (before: KeptJob[]) => KeptJob[]): void };

type Deps<Job extends AnyJob> = {
  jobs: Jobs<Job>;
  kinds: readonly JobKind[];
  kept: KeptJobs;
  clock: () => number;
  /** Jobs that cannot be kept are told here, by an error's code: they are only not there after a restart. */
  warn: (error: unknown) => void;
};

/** Starts jobs of every kind, and keeps what breaks off, by a crash, by quitting or by an error, to be gone on with or given up. */
export class ResumableJobs<Job extends AnyJob> {
  readonly #deps: Deps<Job>;
  /** What was asked, by job. */
  readonly #asked = new Map<string, KeptJob>();

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

  /** Starts a job of a kind. Throws `DeskError` before it starts. */
  async start<Id extends Job['kind'], Request, Result extends Counted>(
    kind: JobKind<Id, Request, Result>,
    request: Request,
    place: JobPlace = {},
  ): Promise<JobOf<Id, Result>> {
    const { jobs, clock, warn } = this.#deps;
    const opened = await kind.open(request, place);
    const { about, kept: asked } = opened;
    const all: AnyJob[] = jobs.list();
    const running = all.find(
      (job): job is JobOf<Id, Result> =>
        job.kind === kind.id && job.state === 'running' && job.profile === about.profile,
    );
    if (running && kind.isAlone) return running;
    const job = jobs.start(kind.id, opened);
    if (kind.resume && asked !== null) {
      const { title, profile, path = '' } = about;
      const startedAt = place.left?.startedAt ?? clock();
      void this.#follow(job.id, {
        kind: kind.id,
        title,
        profile,
        path,
        pid: process.pid,
        pidAt: clock(),
        startedAt,
        asked,
      }).catch(warn);
    }
    return job;
  }

  /** Notes a started job, and what becomes of it; of one of picked rows only as long as the program runs. */
  async #follow(id: string, kept: KeptJob): Promise<void> {
    const { jobs } = this.#deps;
    // Whatever broke off in the same place is over: this one goes on with it, or begins anew.
    for (const [other, before] of this.#asked)
      if (this.#isSame(before, kept)) {
        this.#asked.delete(other);
        jobs.dismiss(other);
      }
    this.#asked.set(id, kept);
    const others = (before: KeptJob[]) => before.filter((one) => !this.#isSame(one, kept));
    const isPicked = jobs.find(id)?.picked ?? false;
    this.#deps.kept.change((before) => [...others(before), ...(isPicked ? [] : [kept])]);
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
    const trimmed = result && (this.#kindOf(kept)?.resume?.trimmed?.(result) ?? result);
    const ended = { at: endedAt ?? 0, result: trimmed };
    this.#deps.kept.change((before) =>
      before.map((one) => (this.#isSame(one, kept) ? { ...one, ended } : one)),
    );
  }

  #drop(kept: KeptJob) {
    this.#deps.kept.change((before) => before.filter((one) => !this.#isSame(one, kept)));
  }

  /** Shows what an earlier run of the program left, as jobs. What is no longer there is forgotten. */
  async restore(): Promise<void> {
    for (const kept of this.#deps.kept.get()) {
      const kind = this.#kindOf(kept);
      const { resume } = kind ?? {};
      if (!kind || !resume || (kept.ended && !resume.result)) continue;
      const left = await resume.find(kept);
      if (left === 'busy') continue;
      if (left === 'gone') {
        await resume.discard(kept);
        this.#drop(kept);
        continue;
      }
      const result = resume.result?.safeParse(kept.ended?.result).data;
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
   * Goes on with a job that broke off, or asks for what it lacks; null when there is none of that id. `given`: of its request,
   * what is asked for by now.
   */
  async resume<Id extends Job['kind']>(
    id: JobId<Id>,
    given: Readonly<Record<string, unknown>> = {},
  ): Promise<Extract<Job, { kind: Id }> | null> {
    const kept = this.#asked.get(id);
    return kept ? this.#again(kept, given) : null;
  }

  /** Goes on with what broke off for a tenant, in this run of the program or in an earlier one; null where nothing did. */
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
    this.#deps.jobs.dismiss(id);
  }

  /** Files that interrupted jobs of an earlier run need to go on. */
  get paths(): string[] {
    return this.#deps.kept.get().flatMap(({ path }) => (path === '' ? [] : [path]));
  }
}
