import { folderJob } from './export/folder-job.ts';
import type { ExportJobsDeps } from './export/job.ts';
import { exportJob } from './export/job.ts';
import type { JobFor } from './jobs/kind.ts';
import { type CopyJobDeps, copyJob } from './mirror/copy-job.ts';
import { snapshotJob } from './mirror/snapshot-job.ts';

/** What can run for long, a line for each kind. */
export const jobKinds = (deps: ExportJobsDeps & CopyJobDeps) => ({
  export: exportJob(deps),
  folder: folderJob(deps),
  copy: copyJob(deps),
  snapshot: snapshotJob(deps),
});

type Kinds = ReturnType<typeof jobKinds>;

/** A job of any kind; `kind` tells what its result is. */
export type Job = JobFor<Kinds[keyof Kinds]>;
