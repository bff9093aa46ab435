import { errorValueOf } from '../shared/errors.ts';
import { type Job, jobKinds, type Kind, type KindDeps } from './job-kinds.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { JobId, JobKind, JobPlace, RequestFor, ResultFor } from './jobs/kind.ts';
import { type JobHistory, type KeptJobs, ResumableJobs } from './jobs/resumable.ts';

type KindId = Job['kind'];
type Requests = { [One in Kind as One['id']]: RequestFor<One> };
type Results = { [One in Kind as One['id']]: ResultFor<One> };
type Kinds = { [Id in KindId]: JobKind<Id, Requests[Id], Results[Id]> };

type Deps = KindDeps & { kept: KeptJobs; history: JobHistory; warn: (text: string) => void };

/** Jobs of every kind, as the doors start and resume them. */
export const startJobs = (running: Jobs<Job>, deps: Deps) => {
  const kinds: readonly Kind[] = jobKinds.map((open) => open(deps));
  const byId = Object.fromEntries(kinds.map((kind) => [kind.id, kind])) as Kinds;
  const { kept, history, isKnown, clock, profileOf } = deps;
  const warn = (error: unknown) => deps.warn(errorValueOf(error).code);
  const jobs = new ResumableJobs<Job>({ jobs: running, kinds, kept, history, isKnown, clock, warn });
  return {
    /** Starts a job of a kind, by its id. `place`: where it writes, and whether it resumes where the same one broke off. */
    startJob: <Id extends KindId>(id: Id, request: Requests[Id], place: JobPlace = {}) =>
      jobs.start(byId[id], request, place),
    /** What the doors need to know of a kind. */
    kindOfJob: (id: KindId): Pick<JobKind, 'makes' | 'isPausable'> => byId[id],
    /** Resumes what broke off for a tenant; null where nothing did. */
    resumeJobOf: async <Id extends KindId>(id: Id, idOrName: string) =>
      jobs.resumeOf(id, (await profileOf(idOrName)).id),
    /** `confirmed`: of changes, the tenant's name, where its label asks for that by now. */
    resumeJob: <Id extends KindId>(id: JobId<Id>, given: { confirmed?: string } = {}) =>
      jobs.resume(id, given),
    dismiss: (id: string) => jobs.dismiss(id),
    /** A tenant has another address. */
    abandonJobs: (profile: string) => jobs.abandon(profile),
    /** A tenant is removed. */
    forgetJobs: (profile: string) => jobs.forget(profile),
    restoreJobs: () => jobs.restore(),
    /** Files that jobs of an earlier run need to resume. */
    keptPaths: () => jobs.paths,
  };
};
