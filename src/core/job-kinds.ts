import { changesJob } from './changes/job.ts';
import { dossierJob } from './dossier/job.ts';
import { folderJob } from './export/folder-job.ts';
import { exportJob } from './export/job.ts';
import type { JobFor } from './jobs/kind.ts';
import { copyJob } from './mirror/copy-job.ts';
import { snapshotJob } from './mirror/snapshot-job.ts';

/** What can run for long: of each kind what makes it of what it works with. */
export const jobKinds = [exportJob, folderJob, copyJob, snapshotJob, changesJob, dossierJob] as const;

type Opened = (typeof jobKinds)[number];

/** What all kinds together work with. */
export type KindDeps = Opened extends (deps: infer Deps) => unknown ? Deps : never;

export type Kind = ReturnType<Opened>;

/** A job of any kind; `kind` tells what its result is. */
export type Job = JobFor<Kind>;
