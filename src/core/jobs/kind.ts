import type { ZodType } from 'zod';
import type { ErrorValue } from '../../shared/errors.ts';
import type { Query } from '../../shared/query.ts';
import type { KeptJob } from './kept.ts';

declare const ofKind: unique symbol;

/** A job's id, which knows of which kind the job is. */
export type JobId<Id extends string = string> = string & { readonly [ofKind]?: Id };

/** The list that work on several is at, from 1, of so many; `rows` of that one alone. */
export type Part = { number: number; of: number; rows?: number };

/** Long work that a user started, as every door shows it. Times in unix ms. */
export type JobOf<Id extends string, Result> = {
  id: JobId<Id>;
  kind: Id;
  title: string;
  profile: string;
  /** The view that an export is of; null for any other, where it is too long, and where it is not known any more. */
  query: Query | null;
  /** Only rows that the user picked were asked for. */
  picked: boolean;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  rows: number;
  total: number | null;
  /** Of several lists, the one that it is at: `total` counts no further than that one. */
  part: Part | null;
  startedAt: number;
  endedAt: number | null;
  /** An earlier run of the program ended it. */
  earlier: boolean;
  /** It broke off, and can be resumed; or it is done, and its missing rows can be asked for again. */
  resumable: boolean;
  /** Where the file is, or will be; empty where there is none. */
  path: string;
  /** Its name, without the folder. */
  fileName: string;
  /** Of changes: what the journal calls it; empty for any other. */
  run: string;
  /** What it came to; null while it runs, and where it failed. */
  result: Result | null;
  error: ErrorValue | null;
};
/** What any job comes to, at least. */
export type Counted = { rows: number };
export type AnyJob = JobOf<string, Counted>;

/** What is known of a job when it starts: the list or tenant that it is of, and whose. */
export type JobAbout = Pick<AnyJob, 'title' | 'profile'> &
  Partial<Pick<AnyJob, 'query' | 'path' | 'picked' | 'run'>> & {
    /** What it did is gone with the program: it is not listed after a restart. */
    passing?: boolean;
  };

/** How far a job is; `title`: the list that it is at, `part`: which of them that is. */
export type Progress = { rows: number; total: number | null; title?: string; part?: Part };

/** What runs gets: a signal that ends it, and somebody to tell how far it is. */
export type JobContext = { signal: AbortSignal; tell: (progress: Progress) => void };

/** A job that is ready to run. */
export type OpenedJob<Request, Result> = {
  about: JobAbout;
  run(context: JobContext): Promise<Result>;
  /** The request, for the run that resumes it; null if none can. */
  kept: Request | null;
};

/** Where a job writes, whether it resumes what broke off there, and what that was. */
export type JobPlace = { path?: string; resume?: boolean; left?: KeptJob };

/** How a kind resumes what broke off. */
export type Resuming<Result> = {
  /** What two runs cannot share, such as a file: who starts there takes the place of what broke off. */
  place(kept: KeptJob): string;
  /** Whether an ended job can be resumed, or what it lacks be asked for again. */
  isLeft(job: JobOf<string, Result>, kept: KeptJob): boolean | Promise<boolean>;
  /**
   * What an earlier run of the program left, broken off or ended with rows that lack; `gone` where nothing is left, `busy`
   * while somebody works on it.
   */
  find(kept: KeptJob): Promise<(JobAbout & { startedAt: number }) | 'gone' | 'busy'>;
  /** Nothing half-made is left. */
  discard(kept: KeptJob): Promise<void>;
};

/**
 * What can run for long. A new kind is a file beside what it runs, with a function that makes one of this shape of what it
 * works with, and a line in `core/job-kinds.ts`: it is started, watched, cancelled, kept over a restart and resumed as
 * all others are.
 */
export type JobKind<Id extends string = string, Request = unknown, Result extends Counted = Counted> = {
  id: Id;
  /** What it is asked, as it is kept for another run of the program: without the secret of anything. */
  request: ZodType<Request>;
  /** Reads what an ended job came to, to be listed after a restart. */
  result: ZodType<Result>;
  /** What is kept of what it came to; absent: all of it. */
  trimmed?(result: Result): Result;
  /** One of a tenant runs at a time: asked again, it is the same job. */
  isAlone?: boolean;
  /** What is where it writes when it is done: a folder is downloaded as one file. Absent: it writes nowhere. */
  makes?: 'file' | 'folder';
  /** It can be ended once what is under way is answered, to be resumed. */
  isPausable?: boolean;
  /** Opens what a run needs. Throws `DeskError` before anything started. */
  open(request: Request, place: JobPlace): Promise<OpenedJob<Request, Result>>;
  resume?: Resuming<Result>;
};

/** The job of a kind. */
export type JobFor<Kind> =
  Kind extends JobKind<infer Id, infer _Request, infer Result> ? JobOf<Id, Result> : never;

/** What a kind is asked. */
export type RequestFor<Kind> =
  Kind extends JobKind<infer _Id, infer Request, infer _Result> ? Request : never;

/** What a job of a kind comes to. */
export type ResultFor<Kind> = Kind extends JobKind<infer _Id, infer _Request, infer Result> ? Result : never;

/** True for a job that was ended by an error, or by the end of the program. */
export const isInterrupted = ({ state, error }: AnyJob): boolean =>
  state === 'failed' || error?.code === 'export.interrupted';
