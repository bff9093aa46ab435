import { basename } from 'node:path';
import { DeskError, type ErrorValue, errorValueOf } from '../shared/errors.ts';
import { queryResource } from '../shared/query.ts';
import { Scratch } from './base/scratch.ts';
import type { RetryPolicy } from './client/retry.ts';
import { type Fetch, sender, type TimeLimits } from './client/send.ts';
import { Links } from './desk/links.ts';
import { Lock } from './desk/lock.ts';
import { OpenViews } from './desk/open-views.ts';
import { type ExportProgress, openPlace, shaped, writeExport } from './export/export.ts';
import { exportFolder, type FolderAsked, type FolderItem, folderSchema } from './export/folder.ts';
import { type ExportAsked, exportSchema } from './export/request.ts';
import type { Source } from './harvest/source.ts';
import { type Job, Jobs } from './jobs/jobs.ts';
import { KeptJobs } from './jobs/resumable.ts';
import { type CopyAsked, copySchema, copyTenant } from './mirror/copy-tenant.ts';
import { Mirrors } from './mirror/mirror.ts';
import { MirrorKeeper } from './mirror/mirror-schedule.ts';
import { type KeptJob, Settings, type SettingsStore } from './settings/settings.ts';
import { addressesOfHost, ConnectionTests } from './tenants/connection-tests.ts';
import { type Demo, DemoTenant } from './tenants/demo.ts';
import { readImage } from './tenants/images.ts';
import { type Keychain, Secrets } from './tenants/keychain.ts';
import { Pages } from './tenants/pages.ts';
import { Scans } from './tenants/scans.ts';
import { Snapshots } from './tenants/snapshots.ts';
import { Tenants } from './tenants/tenants.ts';

export type Log = { info(text: string): void; warn(text: string): void; error(text: string): void };

/** Of a door: its version, what runs it, and where its files are. */
export type About = { name: string; version: string; runtime: string; dataDir: string; logFile: string };

export type CoreDeps = {
  settings: SettingsStore;
  keychain: Keychain;
  fetch: Fetch;
  /** Reaches the public network only; where a proxy is between, the proxy looks names up. */
  fetchPublic: Fetch;
  startDemo: () => Promise<Demo>;
  log: Log;
  /** What this program is and where its files are. */
  about?: About;
  clock?: () => number;
  limits?: TimeLimits;
  retry?: RetryPolicy;
  proxied?: (url: string) => boolean;
  /** What a person has to know of the settings file; absent or null when all is well. */
  settingsNotice?: ErrorValue | null;
  /** Where the tenants' mirrors are, and the program that works on them. */
  mirror: { folder: string; worker: URL };
  /** Where things are made that nobody else may see half-made or plain. */
  scratch: string;
  /** The program that makes Excel and Parquet files out of their rows. */
  converter: URL;
  lookup?: (host: string) => Promise<string[]>;
};

type SourceAsked = Pick<ExportAsked, 'query' | 'mirrored' | 'joined' | 'counts' | 'below'>;

/** The services of the core, put together. Every door starts one and closes it when it ends. */
export const createCore = (deps: CoreDeps) => {
  const clock = deps.clock ?? Date.now;
  const { converter } = deps;
  const settings = new Settings(deps.settings);
  const openViews = new OpenViews(settings);
  const secrets = new Secrets(deps.keychain);
  const scratch = new Scratch(deps.scratch);
  const mirrors = new Mirrors({ ...deps.mirror, scratch, clock });
  const jobs = new Jobs(clock);
  const demo = new DemoTenant(deps.startDemo);
  const session = {
    send: sender(deps.fetch, deps.limits),
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
    cancelJobs: (id) => jobs.cancelAll(id),
    warn: (text) => deps.log.warn(text),
  });
  const { profiles } = tenants;
  const connection = {
    ...session,
    lookup: deps.lookup ?? addressesOfHost,
    proxied: deps.proxied ?? (() => false),
  };
  const tests = new ConnectionTests({ tenants, connection });
  const pages = new Pages((id) => tenants.open(id));
  const scans = new Scans(pages, clock);
  const snapshots = new Snapshots({ mirrors, profiles, jobs });

  /**
   * Where an export's rows come from; `strict`: refusing fields that no row has. Throws before anything is opened when the
   * tenant is not known.
   */
  const sourceOf = async (asked: SourceAsked, options: { strict?: boolean } = {}): Promise<Source> =>
    shaped(await pages.source(asked, options), asked, clock);

  const lock = new Lock(() => {
    tenants.closeAll();
    scans.stopAll();
  });
  const links = new Links();
  const settingsNotice = deps.settingsNotice ?? null;
  if (settingsNotice) deps.log.warn(`${settingsNotice.code}: ${settingsNotice.detail.where}`);

  const kept = new KeptJobs({
    settings,
    jobs,
    isKnown: (id) => tenants.isKnown(id),
    giveUpCopies: async (id) =>
      tenants.isKnown(id) ? mirrors.giveUpCopies(await tenants.profile(id)) : undefined,
  });

  /** Settings that cannot be written stand in nobody's way: the job is only not there after a restart. */
  const follow = (id: string, job: KeptJob) =>
    void kept.follow(id, job).catch((error: unknown) => deps.log.warn(errorValueOf(error).code));

  /** Copies lists of a tenant into its mirror. One copy of a tenant runs at a time: asked again, it is the same job. */
  const startCopy = async (asked: CopyAsked): Promise<Job> => {
    const session = (await tenants.open(asked.profile)).server();
    const running = jobs
      .list()
      .find(
        ({ kind, state, profile }) =>
          kind === 'copy' && state === 'running' && profile === session.profile.id,
      );
    if (running) return running;
    const about = { kind: 'copy' as const, title: 'users', profile: session.profile.id };
    const held = { ...asked, profile: session.profile.id };
    const startedAt = asked.resume ?? clock();
    const job = jobs.start(about, async (signal, onProgress) => ({
      copied: await copyTenant(held, { session, mirrors, clock, signal, onProgress }),
    }));
    follow(job.id, { ...about, pid: process.pid, startedAt, asked: copySchema.parse(asked) });
    return job;
  };

  /** Goes on with the copy of a tenant that broke off, as it was asked then; null when there is none. */
  const resumeCopy = async (idOrName: string): Promise<Job | null> => {
    const { id } = await tenants.profile(idOrName);
    const left = kept.copyOf(id);
    return left ? startCopy({ ...copySchema.parse(left.asked), profile: id, resume: left.startedAt }) : null;
  };

  const keeper = new MirrorKeeper({
    plans: () =>
      Object.fromEntries(Object.entries(settings.mirrorPlans).filter(([id]) => tenants.isKnown(id))),
    mirrors,
    profileFor: (id) => tenants.profile(id),
    isLocked: () => lock.isClosed,
    copy: startCopy,
    clock,
    warn: (text) => deps.log.warn(text),
  });

  /** Starts an export of several views into a folder. Throws before it starts when the tenant is not known. */
  const startFolder = async (profileId: string, asked: FolderAsked): Promise<Job> => {
    const [first] = asked.items;
    if (!first) throw new DeskError('query.invalid', { where: 'items', reason: 'nothing was chosen' });
    const source = await sourceOf({
      query: { ...first.query, profile: profileId },
      mirrored: asked.mirrored,
    });
    const about = {
      kind: 'folder' as const,
      title: first.query.resource,
      profile: source.profile.id,
      path: asked.folder,
      fileName: basename(asked.folder),
    };
    const job = jobs.start(about, async (signal, tell) => {
      const done = new Map<string, number>();
      const onProgress = ({ name, query }: FolderItem, { rows }: ExportProgress) => {
        done.set(name, rows);
        tell({ rows: [...done.values()].reduce((a, b) => a + b, 0), total: null, title: query.resource });
      };
      return {
        files: await exportFolder(asked, {
          source,
          clock,
          signal,
          onProgress,
          converter,
          installation: settings.installation,
        }),
      };
    });
    follow(job.id, { ...about, pid: process.pid, startedAt: clock(), asked });
    return job;
  };

  /**
   * Starts an export to a file, or goes on where the same one broke off. Throws before it starts when the query is wrong
   * or the tenant unknown.
   */
  const startExport = async (wanted: ExportAsked, path: string, resume = false): Promise<Job> => {
    queryResource(wanted.query);
    const asked = await pages.withIds(wanted);
    const source = await sourceOf(asked);
    const part = await openPlace(source, asked, path, {
      clock,
      resume,
      installation: settings.installation,
    });
    const about = {
      title: asked.query.resource,
      profile: source.profile.id,
      path,
      fileName: basename(path),
      picked: asked.picked !== undefined,
    };
    const job = jobs.start(about, async (signal, onProgress) => ({
      result: await writeExport(source, asked, part, { clock, signal, onProgress, converter }),
    }));
    follow(job.id, { kind: 'export', path, asked });
    return job;
  };

  return {
    settings,
    openViews,
    settingsNotice,
    lock,
    links,
    secrets,
    profiles,
    jobs,
    clock,
    log: deps.log,
    about: deps.about ?? null,
    tenants,
    profileFor: (idOrName: string) => tenants.profile(idOrName),
    sessionOf: async (idOrName: string) => (await tenants.open(idOrName)).server(),
    sourceOf,
    pages,
    scans,
    mirrors,
    scratch,
    snapshots,
    tests,
    startCopy,
    keeper,
    converter,

    /** A picture of a tenant as a `data:` URL. Throws `image.refused`. */
    imageOf: async (idOrName: string, address: string, signal?: AbortSignal) =>
      readImage(
        { own: deps.fetch, others: deps.fetchPublic },
        await tenants.profile(idOrName),
        address,
        signal,
      ),

    startExport,
    startFolder,

    /** Takes up what an earlier run of the program left: exports that broke off are shown, mirrors are kept. */
    async takeUp(): Promise<void> {
      await kept.restore();
      keeper.start();
    },

    resumeCopy,

    /** Files that interrupted exports of an earlier run need to resume. */
    keptPaths: (): string[] => settings.keptJobs.flatMap((job) => ('path' in job ? [job.path] : [])),

    /** Goes on with a job that broke off; null when there is none of that id. */
    async resumeJob(id: string): Promise<Job | null> {
      const left = kept.of(id);
      if (!left) return null;
      if (left.kind === 'export') return startExport(exportSchema.parse(left.asked), left.path, true);
      if (left.kind === 'copy') return resumeCopy(left.profile);
      return startFolder(left.profile, { ...folderSchema.parse(left.asked), resume: true });
    },

    /** Takes an ended job off the list; what is left of one that broke off is discarded. */
    async dismiss(id: string): Promise<void> {
      await kept.giveUp(id);
      jobs.dismiss(id);
    },

    async stop(): Promise<void> {
      openViews.end();
      keeper.stop();
      scans.stopAll();
      await jobs.interruptAll();
      tenants.closeAll();
      await mirrors.stop();
      scratch.remove();
      await demo.stop();
    },
  };
};

export type Core = ReturnType<typeof createCore>;
