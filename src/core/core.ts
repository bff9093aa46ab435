import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { basename } from 'node:path';
import { refuseUnreadable } from '../shared/conditions.ts';
import { DeskError, type ErrorValue, errorValueOf } from '../shared/errors.ts';
import { demoProfileId, type Profile, type ProfileInput, profileOf } from '../shared/profile.ts';
import { asAsked, queryResource } from '../shared/query.ts';
import { Scratch } from './base/scratch.ts';
import type { Found } from './client/capabilities.ts';
import type { RetryPolicy } from './client/retry.ts';
import { type Fetch, sender, type TimeLimits } from './client/send.ts';
import { openSession, type Session } from './client/session.ts';
import { Links } from './desk/links.ts';
import { Lock } from './desk/lock.ts';
import { OpenViews } from './desk/open-views.ts';
import { type ExportProgress, openPlace, serverSource, shaped, writeExport } from './export/export.ts';
import { exportFolder, type FolderAsked, type FolderItem, folderSchema } from './export/folder.ts';
import { type ExportAsked, exportSchema } from './export/request.ts';
import type { Source } from './harvest/source.ts';
import { type Job, Jobs } from './jobs/jobs.ts';
import { KeptJobs } from './jobs/resumable.ts';
import { type CopyAsked, copySchema, copyTenant } from './mirror/copy-tenant.ts';
import { Mirrors } from './mirror/mirror.ts';
import { MirrorKeeper } from './mirror/mirror-schedule.ts';
import { harvestMirror } from './mirror/read-all.ts';
import { NameBook } from './rows/names.ts';
import { withIds } from './rows/references.ts';
import { type KeptJob, Settings, type SettingsStore } from './settings/settings.ts';
import { bindingOf, isBoundTo } from './tenants/bound-secret.ts';
import { type ConnectionStep, testConnection } from './tenants/connection.ts';
import { noSuchField, unknownFields, watched } from './tenants/fields.ts';
import { readImage } from './tenants/images.ts';
import { joinedSource, joinsOf } from './tenants/joined.ts';
import { type Keychain, Secrets } from './tenants/keychain.ts';
import { Pages } from './tenants/pages.ts';
import { Profiles } from './tenants/profiles.ts';
import { Scans } from './tenants/scans.ts';
import { refuseSnapshot, Snapshots } from './tenants/snapshots.ts';

/** The demo tenant, running in this process. */
export type Demo = {
  endpoint: string;
  resource: string;
  appId: string;
  secret: string;
  stop: () => Promise<void>;
};

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

export type TestAsked = { input: ProfileInput; secret: string } | { profile: string; input?: ProfileInput };

const addressesOfHost = async (host: string) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

type SourceAsked = Pick<ExportAsked, 'query' | 'mirrored' | 'joined' | 'counts' | 'below'>;

/** Tests that wait to be run once, each under a number of its own, for a minute at most. */
const preparedTests = (run: (asked: TestAsked) => AsyncGenerator<ConnectionStep>) => {
  const waiting = new Map<string, TestAsked>();
  return {
    prepare(asked: TestAsked): string {
      const id = randomUUID();
      waiting.set(id, asked);
      setTimeout(() => waiting.delete(id), 60_000).unref();
      return id;
    },
    async *run(id: string): AsyncGenerator<ConnectionStep> {
      const asked = waiting.get(id);
      if (!asked) throw new DeskError('query.invalid', { where: 'test', reason: 'there is no such test' });
      waiting.delete(id);
      yield* run(asked);
    },
  };
};

/** The services of the core, put together. Every door starts one and closes it when it ends. */
export const createCore = (deps: CoreDeps) => {
  const clock = deps.clock ?? Date.now;
  const { converter } = deps;
  const settings = new Settings(deps.settings);
  const openViews = new OpenViews(settings);
  const secrets = new Secrets(deps.keychain);
  const scratch = new Scratch(deps.scratch);
  const mirrors = new Mirrors({ ...deps.mirror, scratch, clock });
  const profiles = new Profiles(settings, secrets, {
    close: (id) => close(id),
    async remove(profile) {
      await mirrors.remove(profile);
      settings.changeMirrorPlan(profile.id, null);
    },
  });
  const jobs = new Jobs(clock);
  const send = sender(deps.fetch, deps.limits);
  const sessions = new Map<string, Session>();
  const nameBooks = new WeakMap<Session, NameBook>();
  let demo: Promise<Demo> | null = null;

  const sessionDeps = {
    send,
    clock,
    language: () => settings.preferences.language,
    ...(deps.retry ? { retry: deps.retry } : {}),
  };

  const startedDemo = () => {
    demo ??= deps.startDemo().catch((error: unknown) => {
      demo = null;
      throw error;
    });
    return demo;
  };

  const demoProfile = ({ endpoint, resource, appId }: Demo): Profile => ({
    id: demoProfileId,
    kind: 'demo',
    name: 'Demo tenant',
    label: 'demo',
    color: 'violet',
    access: 'read-only',
    images: false,
    appId,
    endpoint,
    resource,
  });

  /** A profile by id or name; the demo tenant starts when it is first asked for. */
  const profileFor = async (idOrName: string): Promise<Profile> =>
    idOrName === demoProfileId ? demoProfile(await startedDemo()) : profiles.get(idOrName);

  const secretOf = async (profile: Profile) =>
    profile.kind === 'demo' ? (await startedDemo()).secret : secrets.get(profile);

  const sessionOf = async (idOrName: string): Promise<Session> => {
    const profile = await profileFor(idOrName);
    refuseSnapshot(profile);
    const open = sessions.get(profile.id);
    if (open) return open;
    const kept = {
      get: () => settings.capabilitiesOf(profile.id),
      put: (found: Found) => {
        // The demo's server is another one each time.
        if (profile.kind === 'demo') return;
        try {
          settings.changeCapabilities(profile.id, found);
        } catch (error) {
          // Settings that cannot be written stand in nobody's way: it is learned again in the next session.
          deps.log.warn(errorValueOf(error).code);
        }
      },
    };
    const session = openSession(profile, { ...sessionDeps, secretOf, kept });
    sessions.set(profile.id, session);
    return session;
  };

  /** The names of a tenant's rows; they live as long as its session. */
  const namesOf = async (idOrName: string): Promise<NameBook> => {
    const session = await sessionOf(idOrName);
    const known = nameBooks.get(session) ?? new NameBook(session, clock);
    nameBooks.set(session, known);
    return known;
  };

  /**
   * Tests a stored profile, or one as entered. A stored secret serves an entered change that brings none, as long as it
   * stays with its address and app; else `secret.elsewhere`.
   */
  const test = async function* (asked: TestAsked): AsyncGenerator<ConnectionStep> {
    const stored = 'profile' in asked ? await profileFor(asked.profile) : null;
    const profile = asked.input ? profileOf(asked.input, stored?.id ?? 'test') : stored;
    if (!profile) throw new DeskError('profile.not_found');
    if (stored && !isBoundTo(bindingOf(stored), profile))
      throw new DeskError('secret.elsewhere', { where: stored.name });
    const secret = 'secret' in asked ? asked.secret : await secretOf(stored ?? profile);
    yield* testConnection(profile, secret, {
      ...sessionDeps,
      lookup: deps.lookup ?? addressesOfHost,
      proxied: deps.proxied ?? (() => false),
    });
  };

  const isStored = ({ id, kind, endpoint, resource }: Profile) =>
    kind === 'demo' ||
    profiles.list().some((one) => one.id === id && one.endpoint === endpoint && one.resource === resource);
  const pages = new Pages({ profileFor, sessionOf, isStored, mirrors, clock });
  const snapshots = new Snapshots({ mirrors, profiles, jobs });

  /**
   * Where an export's rows come from; `strict`: refusing fields that no row has. Throws before anything is opened when the
   * tenant is not known.
   */
  const sourceOf = async (asked: SourceAsked, { strict = false } = {}): Promise<Source> => {
    refuseUnreadable(queryResource(asked.query), asked.query.where);
    const rows = await rowsOf(asked);
    const source = strict ? await withKnownFields(rows, asked) : rows;
    return shaped(source, asked, clock);
  };

  /** The source, refusing fields that none of its rows has; the mirror knows at once whether it has them. */
  const withKnownFields = async (source: Source, asked: SourceAsked): Promise<Source> => {
    const fields = unknownFields(asked);
    const resource = queryResource(asked.query);
    if (!asked.mirrored && source.profile.kind !== 'snapshot') return watched(source, resource, fields);
    const { profile } = source;
    const query = asAsked({ ...asked.query, filters: {}, where: undefined, sort: undefined });
    const paths = fields.map(({ path }) => path);
    const [absent] = fields.length === 0 ? [] : await mirrors.absentPaths(profile, query, paths);
    const unknown = fields.find(({ path }) => path === absent);
    if (unknown) throw noSuchField(resource, unknown, (await mirrors.page(profile, query, 0, 100)).rows);
    return source;
  };

  /** What is asked, with names in its conditions and filters replaced by ids (`withIds`). */
  const namedById = async <Asked extends SourceAsked>(asked: Asked): Promise<Asked> => ({
    ...asked,
    query: await withIds(asked.query, (query, index) =>
      asked.mirrored ? pages.fromMirror({ query, index }) : pages.page({ query, index }, {}),
    ),
  });

  const rowsOf = async (asked: SourceAsked): Promise<Source> => {
    const profile = await profileFor(asked.query.profile);
    if (!asked.mirrored && profile.kind !== 'snapshot') {
      const columns = joinsOf(asked);
      const session = await sessionOf(profile.id);
      const source = serverSource(session, clock);
      return columns.length === 0 ? source : joinedSource(source, columns, { session, mirrors, clock });
    }
    return {
      profile,
      read: (options) =>
        harvestMirror(mirrors, profile, { ...options, query: { ...options.query, profile: profile.id } }),
    };
  };

  const scans = new Scans({
    sourceOf,
    withIds: namedById,
    joined: (profile, query, rows) => pages.joined(profile, query, rows),
    clock,
  });

  /** What was open towards a profile is over: its address, its secret or its access changed. */
  const close = async (id: string) => {
    sessions.delete(id);
    scans.stopAll(id);
    await jobs.cancelAll(id);
  };

  /** Tokens go with their sessions; a running export keeps its own until it ends. */
  const lock = new Lock(() => {
    sessions.clear();
    scans.stopAll();
  });
  const links = new Links();
  const settingsNotice = deps.settingsNotice ?? null;
  if (settingsNotice) deps.log.warn(`${settingsNotice.code}: ${settingsNotice.detail.where}`);

  /** Tenants that are there; the demo's only while it runs. */
  const isKnown = (id: string) =>
    profiles.list().some((one) => one.id === id) || (id === demoProfileId && demo !== null);

  const kept = new KeptJobs({
    settings,
    jobs,
    isKnown,
    giveUpCopies: async (id) => (isKnown(id) ? mirrors.giveUpCopies(await profileFor(id)) : undefined),
  });

  /** Settings that cannot be written stand in nobody's way: the job is only not there after a restart. */
  const follow = (id: string, job: KeptJob) =>
    void kept.follow(id, job).catch((error: unknown) => deps.log.warn(errorValueOf(error).code));

  /** Copies lists of a tenant into its mirror. One copy of a tenant runs at a time: asked again, it is the same job. */
  const startCopy = async (asked: CopyAsked): Promise<Job> => {
    const session = await sessionOf(asked.profile);
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
    const { id } = await profileFor(idOrName);
    const left = kept.copyOf(id);
    return left ? startCopy({ ...copySchema.parse(left.asked), profile: id, resume: left.startedAt }) : null;
  };

  const keeper = new MirrorKeeper({
    plans: () => Object.fromEntries(Object.entries(settings.mirrorPlans).filter(([id]) => isKnown(id))),
    mirrors,
    profileFor,
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
    const asked = await namedById(wanted);
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
    if (!asked.picked) follow(job.id, { kind: 'export', path, asked });
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
    profileFor,
    sourceOf,
    withIds: namedById,
    sessionOf,
    pages,
    scans,
    mirrors,
    scratch,
    snapshots,
    namesOf,
    close,

    /** Removes what is kept of a tenant, whatever is being copied into it. */
    async removeMirror(idOrName: string): Promise<void> {
      const profile = await profileFor(idOrName);
      await jobs.cancelAll(profile.id);
      await mirrors.remove(profile);
    },

    /**
     * What a tenant was found to have: learned once a session, and as an earlier one found it where it is not reached; null
     * where nothing is known. Throws `DeskError` where there is no such tenant.
     */
    capabilitiesOf: async (idOrName: string): Promise<Found | null> => {
      const profile = await profileFor(idOrName);
      if (profile.kind === 'snapshot') return null;
      const { capabilities } = await sessionOf(profile.id);
      return capabilities.learn().catch(() => capabilities.known);
    },

    /** Requests of the last 10 s, by the ids of profiles with an open session. */
    recentRequests: (): Record<string, number> =>
      Object.fromEntries([...sessions].map(([id, { limiter }]) => [id, limiter.recent])),

    test,
    tests: preparedTests(test),

    startCopy,
    keeper,
    converter,

    /** A picture of a tenant as a `data:` URL. Throws `image.refused`. */
    imageOf: async (idOrName: string, address: string, signal?: AbortSignal) =>
      readImage({ own: deps.fetch, others: deps.fetchPublic }, await profileFor(idOrName), address, signal),

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
      sessions.clear();
      await mirrors.stop();
      scratch.remove();
      await (await demo)?.stop();
    },
  };
};

export type Core = ReturnType<typeof createCore>;
