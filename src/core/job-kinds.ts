import { errorValueOf } from '../shared/errors.ts';
import { type ChangesJobDeps, type ChangesRequest, changesJob } from './changes/job.ts';
import { type DossierJobDeps, type DossierRequest, dossierJob } from './dossier/job.ts';
import type { FolderAsked } from './export/folder.ts';
import { folderJob } from './export/folder-job.ts';
import type { ExportJobsDeps } from './export/job.ts';
import { exportJob } from './export/job.ts';
import type { ExportAsked } from './export/request.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { JobFor, JobId } from './jobs/kind.ts';
import { type JobHistory, type KeptJobs, ResumableJobs } from './jobs/resumable.ts';
import { type CopyJobDeps, copyJob } from './mirror/copy-job.ts';
import type { CopyAsked } from './mirror/copy-tenant.ts';
import { snapshotJob } from './mirror/snapshot-job.ts';

type KindDeps = ExportJobsDeps & CopyJobDeps & ChangesJobDeps & DossierJobDeps;

/** What can run for long, a line for each kind. */
const jobKinds = (deps: KindDeps) => ({
  export: exportJob(deps),
  folder: folderJob(deps),
  copy: copyJob(deps),
  snapshot: snapshotJob(deps),
  changes: changesJob(deps),
  dossier: dossierJob(deps),
});

type Kinds = ReturnType<typeof jobKinds>;

/** A job of any kind; `kind` tells what its result is. */
export type Job = JobFor<Kinds[keyof Kinds]>;

type Deps = KindDeps & { kept: KeptJobs; history: JobHistory; warn: (text: string) => void };

/** Jobs of every kind, as the doors start them and resume them. */
export const startJobs = (running: Jobs<Job>, deps: Deps) => {
  const kinds = jobKinds(deps);
  const { kept, history, isKnown, clock, profileOf } = deps;
  const warn = (error: unknown) => deps.warn(errorValueOf(error).code);
  const jobs = new ResumableJobs<Job>({
    jobs: running,
    kinds: Object.values(kinds),
    kept,
    history,
    isKnown,
    clock,
    warn,
  });
  return {
    /** `resume`: continues where the same export broke off. */
    startExport: (asked: ExportAsked, path: string, resume = false) =>
      jobs.start(kinds.export, asked, { path, resume }),
    startFolder: (asked: FolderAsked) => jobs.start(kinds.folder, asked, { path: asked.folder }),
    startCopy: (asked: CopyAsked) => jobs.start(kinds.copy, asked),
    startSnapshot: (profile: string, path: string, passphrase: string | null) =>
      jobs.start(kinds.snapshot, { profile, passphrase }, { path }),
    /** Everything known of one user, into a file. */
    startDossier: (asked: DossierRequest, path: string) => jobs.start(kinds.dossier, asked, { path }),
    /** Applies a plan (`ChangeDesk.applying`). */
    startChanges: (asked: ChangesRequest) => jobs.start(kinds.changes, asked),
    /** Resumes the copy of a tenant that broke off; null where none did. */
    resumeCopy: async (idOrName: string) => jobs.resumeOf('copy', (await profileOf(idOrName)).id),
    /** `confirmed`: of changes, the tenant's name, where its label asks for that by now. */
    resumeJob: <Id extends Job['kind']>(id: JobId<Id>, given: { confirmed?: string } = {}) =>
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
