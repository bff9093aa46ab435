import { isAbsolute, join, normalize, sep } from 'node:path';
import type { Core } from '../core/core.ts';
import type { Job } from '../core/job-kinds.ts';
import type { JobId } from '../core/jobs/kind.ts';
import { DeskError, type ErrorValue } from '../shared/errors.ts';

type JobOfKind<Id extends Job['kind']> = Extract<Job, { kind: Id }>;

/**
 * A job to its end, as the command's own work: it ends with the command's signal, and `show` is told how far it is while
 * somebody looks on.
 */
export const endOfJob = async <Id extends Job['kind']>(
  core: Core,
  { id }: { id: JobId<Id> },
  signal: AbortSignal,
  show?: (job: Job) => void,
): Promise<JobOfKind<Id>> => {
  const stop = () => void core.jobs.cancel(id, signal.reason);
  const over = new AbortController();
  const shown = async () => {
    for await (const jobs of core.jobs.watch(over.signal)) {
      const now = jobs.find((job) => job.id === id);
      if (now?.state === 'running') show?.(now);
    }
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  if (show && process.stderr.isTTY) void shown().catch(() => {});
  try {
    return await core.jobs.ended(id);
  } finally {
    over.abort();
    signal.removeEventListener('abort', stop);
  }
};

/** What a job came to. Throws what it failed with. */
export const resultOf = <Result>({
  result,
  error,
}: {
  result: Result | null;
  error: ErrorValue | null;
}): Result => {
  if (result === null) throw new DeskError(error?.code ?? 'internal', error?.detail);
  return result;
};

/** What a job failed with. `typed`: jobs know a place by its whole path, of which was typed what is shown. */
export const failureOf = (error: unknown, path: string, typed: string): unknown => {
  if (!(error instanceof DeskError)) return error;
  const { where } = error.detail;
  if (where !== path && !where?.startsWith(path + sep)) return error;
  return new DeskError(error.code, { ...error.detail, where: typed + where.slice(path.length) });
};

/** A job that writes to a place, which it knows by its whole path; where it fails, the place is told as it was typed. */
export const intoPlace = async <Result>(
  typed: string,
  work: (path: string) => Promise<Result>,
): Promise<Result> => {
  // A slash at the end stays: what is meant as a folder does not become a file.
  const path = isAbsolute(typed) ? normalize(typed) : join(process.cwd(), typed);
  try {
    return await work(path);
  } catch (error) {
    throw failureOf(error, path, typed);
  }
};
