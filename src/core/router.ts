import { importsRouter } from './changes/import/router.ts';
import { changesRouter } from './changes/router.ts';
import { t } from './contract.ts';
import { appRouter, lockRouter, preferencesRouter, viewsRouter, workspaceRouter } from './desk/router.ts';
import { dossierRouter } from './dossier/router.ts';
import { exportsRouter } from './export/router.ts';
import { homeRouter } from './home/router.ts';
import { jobsRouter } from './jobs/router.ts';
import { mirrorRouter } from './mirror/router.ts';
import { profilesRouter } from './tenants/router.ts';
import { rowsRouter } from './tenants/rows-router.ts';
import { snapshotsRouter } from './tenants/snapshots-router.ts';

/** The contract between the interface and the core: the only way from one to the other. */
export const router = t.router({
  app: appRouter,
  lock: lockRouter,
  profiles: profilesRouter,
  list: rowsRouter,
  exports: exportsRouter,
  dossiers: dossierRouter,
  home: homeRouter,
  jobs: jobsRouter,
  mirror: mirrorRouter,
  changes: changesRouter,
  imports: importsRouter,
  snapshots: snapshotsRouter,
  views: viewsRouter,
  workspace: workspaceRouter,
  preferences: preferencesRouter,
});

export type AppRouter = typeof router;
export type { MadeSecret } from './changes/change-desk.ts';
export type { ChangesResult } from './changes/job.ts';
export type { Found } from './client/capabilities.ts';
export type { Context, Door } from './contract.ts';
export type { HarvestReport, Lack } from './harvest/report.ts';
export type { Counted, Known, Trend } from './home/counted.ts';
export type { Expiring, ExpiryPart } from './home/expiring.ts';
export type { FailedSignIns } from './home/failures.ts';
export type { CopyAge, NewUser } from './home/home.ts';
export type { Job } from './job-kinds.ts';
export type { MirrorAbout } from './mirror/calls.ts';
export type { MirroredList } from './mirror/kept-lists.ts';
export type { Carrier } from './rows/carriers.ts';
export type { FoundEntry, FoundList } from './rows/find.ts';
export type { FoundObject, LookedUp } from './rows/look-up.ts';
export type { PageOfRows } from './rows/page.ts';
export type { ExportPreset, MirrorPlan, Preferences, Workspace } from './settings/settings.ts';
export type { ConnectionStep } from './tenants/connection.ts';
export type { FoundRow, ScanLook } from './tenants/scans.ts';
