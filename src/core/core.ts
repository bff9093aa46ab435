import { setTimeout as delay } from 'node:timers/promises';
import { isJournal } from '../shared/journal-view.ts';
import { ownResource } from '../shared/own-resource.ts';
import { isSeen } from '../shared/seen-changes.ts';
import { openAnswering } from './answering.ts';
import { ChangeDesk } from './changes/change-desk.ts';
import { ImportDesk } from './changes/import/import-desk.ts';
import { journalSource } from './changes/journal-source.ts';
import type { CoreDeps } from './deps.ts';
import { Links } from './desk/links.ts';
import { Lock } from './desk/lock.ts';
import { OpenViews } from './desk/open-views.ts';
import { type SourceAsked, shaped } from './export/export.ts';
import type { Job } from './job-kinds.ts';
import { Jobs } from './jobs/jobs.ts';
import { MirrorSchedule } from './mirror/mirror-schedule.ts';
import { seenSource } from './mirror/seen-source.ts';
import { startJobs } from './start-jobs.ts';

/** How long the end waits for answers to changes that left, ms. */
const usualEndMs = 10_000;

/** The services of the core, put together. Every door starts one and closes it when it ends. */
export const createCore = (deps: CoreDeps) => {
  const { log, converter, clock = Date.now, settingsNotice = null } = deps;
  const warn = (text: string) => log.warn(text);
  if (settingsNotice) warn(`${settingsNotice.code}: ${settingsNotice.detail.where}`);
  const running = new Jobs<Job>(clock);
  const ending = new AbortController();
  const answering = openAnswering(deps, {
    clock,
    warn,
    ending: ending.signal,
    cancelJobs: (id) => running.cancelAll(id),
    move: (id) => started.abandonJobs(id),
    forget: (id) => {
      changes.forget(id);
      started.forgetJobs(id);
    },
  });
  const { settings, scratch, mirrors, demo, tenants, pages, scans, handed } = answering;
  const { profileFor, sessionOf } = answering;
  const openViews = new OpenViews(settings);
  const changes = new ChangeDesk({
    tenants,
    pages,
    keychain: deps.keychain,
    folder: deps.journals,
    clock,
    warn,
  });
  const imports = new ImportDesk({
    pages,
    sessionOf,
    changes,
    settings,
    files: handed,
    scratch,
  });
  const lock = new Lock(() => {
    changes.lockAll();
    void imports.forget();
    tenants.closeAll();
    scans.stopAll();
  });

  /** Where an export's rows come from. Throws before anything is opened when the tenant is not known. */
  const sourceOf = async (asked: SourceAsked) => {
    const { query, strict = false } = asked;
    if (isJournal(query)) return journalSource(await profileFor(query.profile), changes, clock);
    if (isSeen(query)) return seenSource((await tenants.open(query.profile)).copy, clock);
    return shaped(await pages.source(asked, { strict }), asked, clock);
  };

  const started = startJobs(running, {
    withIds: async (asked) => (ownResource(asked.query) ? asked : pages.withIds(asked)),
    sourceOf,
    sessionOf,
    profileOf: profileFor,
    isKnown: (id) => tenants.isKnown(id),
    installation: () => settings.installation,
    openTenant: (profile) => tenants.open(profile),
    plainSource: (asked) => pages.source(asked),
    language: () => settings.preferences.language,
    kept: { get: () => settings.keptJobs, change: (next) => settings.changeKeptJobs(next) },
    history: { get: () => settings.jobHistory, change: (next) => settings.changeJobHistory(next) },
    mirrors,
    converter,
    clock,
    warn,
    ...changes.jobDeps(),
  });

  const keeper = new MirrorSchedule({
    plans: () => settings.mirrorPlans,
    isKnown: (id) => tenants.isKnown(id),
    mirrors,
    profileFor,
    isLocked: () => lock.isClosed,
    copy: (asked) => started.startJob('copy', asked),
    clock,
    warn,
  });

  return {
    ...answering,
    openViews,
    settingsNotice,
    lock,
    links: new Links(),
    changes,
    imports,
    keeper,
    clock,
    converter,
    log,
    about: deps.about ?? null,
    sourceOf,

    /** What runs and what ended, and what starts it. */
    jobs: running,
    ...started,
    /** Takes up what an earlier run of the program left: jobs that broke off are shown, copies are kept fresh. */
    async takeUp(): Promise<void> {
      await started.restoreJobs();
      void changes.openEntries.takeUp();
      keeper.start();
    },

    async stop(): Promise<void> {
      openViews.end();
      keeper.stop();
      scans.stopAll();
      // Answers to what left are waited for, but no server holds the end: the next run looks at what came of it.
      const interrupted = running.interruptAll();
      await Promise.race([interrupted, delay(deps.endMs ?? usualEndMs, undefined, { ref: false })]);
      ending.abort();
      await interrupted;
      tenants.closeAll();
      changes.close();
      await mirrors.stop();
      scratch.remove();
      await demo.stop();
    },
  };
};

export type Core = ReturnType<typeof createCore>;
