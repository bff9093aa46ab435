import { setTimeout as delay } from 'node:timers/promises';
import { isJournal } from '../shared/journal-view.ts';
import { HandedFiles } from './base/handed-files.ts';
import { Scratch } from './base/scratch.ts';
import { ChangeDesk } from './changes/change-desk.ts';
import { ImportDesk } from './changes/import/import-desk.ts';
import { journalSource } from './changes/journal-source.ts';
import { sender } from './client/send.ts';
import type { CoreDeps } from './deps.ts';
import { Links } from './desk/links.ts';
import { Lock } from './desk/lock.ts';
import { OpenViews } from './desk/open-views.ts';
import { type SourceAsked, shaped } from './export/export.ts';
import { type Job, startJobs } from './job-kinds.ts';
import { Jobs } from './jobs/jobs.ts';
import { Mirrors } from './mirror/mirror.ts';
import { MirrorKeeper } from './mirror/mirror-schedule.ts';
import { Settings } from './settings/settings.ts';
import { addressesOfHost, ConnectionTests } from './tenants/connection-tests.ts';
import { DemoTenant } from './tenants/demo.ts';
import { readImage } from './tenants/images.ts';
import { Secrets } from './tenants/keychain.ts';
import { Pages } from './tenants/pages.ts';
import { Scans } from './tenants/scans.ts';
import { openSnapshot } from './tenants/snapshots.ts';
import { Tenants } from './tenants/tenants.ts';

/** The services of the core, put together. Every door starts one and closes it when it ends. */
/** How long the end waits for answers to changes that left, ms. */
const usualEndMs = 10_000;

export const createCore = (deps: CoreDeps) => {
  const { log, converter, clock = Date.now, settingsNotice = null } = deps;
  const warn = (text: string) => log.warn(text);
  if (settingsNotice) warn(`${settingsNotice.code}: ${settingsNotice.detail.where}`);
  const settings = new Settings(deps.settings);
  const openViews = new OpenViews(settings);
  const secrets = new Secrets(deps.keychain);
  const scratch = new Scratch(deps.scratch);
  const mirrors = new Mirrors({ ...deps.mirror, scratch, clock });
  const demo = new DemoTenant(deps.startDemo);
  const running = new Jobs<Job>(clock);
  const ending = new AbortController();
  const session = {
    send: sender(deps.fetch, deps.limits, ending.signal),
    ending: ending.signal,
    clock,
    language: () => settings.preferences.language,
    ...(deps.retry ? { retry: deps.retry } : {}),
  };
  const tenants = new Tenants({
    settings,
    secrets,
    mirrors,
    demo,
    session,
    stopScans: (id) => scans.stopAll(id),
    cancelJobs: (id) => running.cancelAll(id),
    forget: (id) => {
      changes.forget(id);
      started.forgetJobs(id);
    },
    warn,
  });
  const { profiles } = tenants;
  const pages = new Pages((id) => tenants.open(id));
  const scans = new Scans(pages, clock);
  const lookup = deps.lookup ?? addressesOfHost;
  const proxied = deps.proxied ?? (() => false);
  const tests = new ConnectionTests({ tenants, connection: { ...session, lookup, proxied } });
  const changes = new ChangeDesk({
    tenants,
    pages,
    keychain: deps.keychain,
    folder: deps.journals,
    clock,
    warn,
  });
  const handed = new HandedFiles(scratch);
  const imports = new ImportDesk({
    pages,
    sessionOf: async (idOrName) => (await tenants.open(idOrName)).server(),
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

  const profileFor = (idOrName: string) => tenants.profile(idOrName);
  const sessionOf = async (idOrName: string) => (await tenants.open(idOrName)).server();

  /** Where an export's rows come from. Throws before anything is opened when the tenant is not known. */
  const sourceOf = async (asked: SourceAsked, options: { strict?: boolean } = {}) =>
    isJournal(asked.query)
      ? journalSource(await profileFor(asked.query.profile), changes, clock)
      : shaped(await pages.source(asked, options), asked, clock);

  const started = startJobs(running, {
    withIds: async (asked) => (isJournal(asked.query) ? asked : pages.withIds(asked)),
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

  const keeper = new MirrorKeeper({
    plans: () => settings.mirrorPlans,
    isKnown: (id) => tenants.isKnown(id),
    mirrors,
    profileFor,
    isLocked: () => lock.isClosed,
    copy: started.startCopy,
    clock,
    warn,
  });

  return {
    settings,
    openViews,
    settingsNotice,
    lock,
    links: new Links(),
    secrets,
    tenants,
    profiles,
    pages,
    scans,
    mirrors,
    changes,
    handed,
    imports,
    scratch,
    keeper,
    tests,
    clock,
    converter,
    log,
    about: deps.about ?? null,
    profileFor,
    sessionOf,
    sourceOf,

    /** What runs and what ended, and what starts it. */
    jobs: running,
    ...started,
    openSnapshot: (path: string, passphrase: string | null, signal?: AbortSignal) =>
      openSnapshot({ mirrors, profiles }, path, passphrase, signal),

    /** A picture of a tenant as a `data:` URL. Throws `image.refused`. */
    imageOf: async (idOrName: string, address: string, signal?: AbortSignal) =>
      readImage({ own: deps.fetch, others: deps.fetchPublic }, await profileFor(idOrName), address, signal),

    /** Takes up what an earlier run of the program left: jobs that broke off are shown, copies are kept fresh. */
    async takeUp(): Promise<void> {
      await started.restoreJobs();
      void changes.takeUp();
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
