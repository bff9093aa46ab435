import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { findResource } from '../shared/catalog/index.ts';
import { exportFormats } from '../shared/export-formats.ts';
import { addressesOf, profileInput, profileOf } from '../shared/profile.ts';
import { querySchema, zoneSchema } from '../shared/query.ts';
import { queryOfView, savedViewSchema, withViews } from '../shared/saved-view.ts';
import { wellFormed } from '../shared/text.ts';
import { procedure, profileId, t, unlocked } from './contract.ts';
import { countsSchema } from './export/counts.ts';
import { folderManifest } from './export/file-names.ts';
import { listItems, viewItems } from './export/folder.ts';
import { exportSchema } from './export/request.ts';
import { copied } from './mirror/copy-tenant.ts';
import { mirrorRouter } from './mirror/router.ts';
import { carriersOf } from './rows/carriers.ts';
import { exportPresetSchema, preferenceChanges, workspaceSchema } from './settings/settings.ts';
import { passphraseSchema, snapshotExtension, snapshotPath } from './tenants/snapshots.ts';

const secretPlace = z.enum(['keychain', 'memory']);
const secret = wellFormed.min(1).max(1024);
const until = z.number().int().optional();

const profilesRouter = t.router({
  list: unlocked.query(({ ctx }) =>
    ctx.core.profiles
      .list()
      .map((profile) => ({ ...profile, secretPlace: ctx.core.secrets.placeOf(profile.id) })),
  ),
  /** The demo tenant's profile; starts it. */
  demo: unlocked.mutation(({ ctx }) => ctx.core.profileFor('demo')),
  /** The addresses that follow from what is entered so far, or what is wrong with it. */
  preview: unlocked.input(profileInput).query(({ input }) => addressesOf(profileOf(input, 'preview'))),
  add: unlocked
    .input(z.object({ input: profileInput, secret, secretPlace }))
    .mutation(({ ctx, input }) => ctx.core.profiles.add(input.input, input.secret, input.secretPlace)),
  update: unlocked
    .input(z.object({ id: profileId, input: profileInput, secret: secret.optional(), secretPlace }))
    .mutation(({ ctx, input }) =>
      ctx.core.profiles.update(input.id, input.input, input.secret, input.secretPlace),
    ),
  remove: unlocked
    .input(z.object({ id: profileId }))
    .mutation(({ ctx, input }) => ctx.core.profiles.remove(input.id)),
  /** What a tenant was found to have; null where that is not known. Learns it, once a session. */
  capabilities: unlocked
    .input(z.object({ profile: profileId }))
    .query(({ ctx, input }) => ctx.core.capabilitiesOf(input.profile)),
  /**
   * Takes what is to be tested, its secret included, and gives a number for `test`: a subscription's input travels in an
   * address, where no secret may stand.
   */
  prepareTest: unlocked
    .input(
      z.union([
        z.object({ input: profileInput, secret }),
        z.object({ profile: profileId, input: profileInput.optional() }),
      ]),
    )
    .mutation(({ ctx, input }) => ctx.core.tests.prepare(input)),
  test: unlocked.input(z.object({ id: z.uuid() })).subscription(async function* ({ ctx, input }) {
    yield* ctx.core.tests.run(input.id);
  }),
});

const listRouter = t.router({
  page: unlocked
    .input(
      z.object({
        query: querySchema,
        index: z.number().int().min(0).max(1_000_000),
        until,
        priority: z.enum(['visible', 'ahead']).default('visible'),
        /** Answered by the mirror, local conditions and order included. */
        mirrored: z.boolean().default(false),
      }),
    )
    .query(({ ctx: { core }, input: { query, index, until: pinned, priority, mirrored }, signal }) => {
      const asked = { query, index, ...(pinned === undefined ? {} : { until: pinned }) };
      return mirrored
        ? core.pages.fromMirror(asked)
        : core.pages.page(asked, { priority, ...(signal ? { signal } : {}) });
    }),
  count: unlocked
    .input(z.object({ query: querySchema, until }))
    .query(({ ctx: { core }, input: { query, until: at }, signal }) =>
      core.pages.count(query, at, { priority: 'ahead', ...(signal ? { signal } : {}) }),
    ),
  /** Conditions held against every row of a view: `start` gives a number, each `look` takes what was found since. */
  scan: t.router({
    start: unlocked
      .input(
        z.object({
          query: querySchema,
          until,
          mirrored: z.boolean().default(false),
          counts: countsSchema.optional(),
        }),
      )
      .mutation(({ ctx: { core }, input }) => core.scans.start(input)),
    look: unlocked
      .input(z.object({ id: z.uuid(), from: z.number().int().min(0) }))
      .query(({ ctx: { core }, input }) => core.scans.look(input.id, input.from)),
    stop: unlocked
      .input(z.object({ id: z.uuid() }))
      .mutation(({ ctx: { core }, input }) => core.scans.stop(input.id)),
  }),
  newer: unlocked
    .input(z.object({ query: querySchema, until: z.number().int() }))
    .query(({ ctx: { core }, input: { query, until: at }, signal }) =>
      core.pages.newer(query, at, { priority: 'ahead', ...(signal ? { signal } : {}) }),
    ),
  /** What rows of a resource are called, by id; null where it is not known. */
  names: unlocked
    .input(
      z.object({
        profile: profileId,
        resource: z.string().refine((id) => findResource(id) !== undefined, 'there is no such list'),
        ids: z.array(wellFormed.min(1).max(256)).max(500),
      }),
    )
    .query(({ ctx: { core }, input: { profile, resource, ids } }) =>
      core.pages.names(profile, resource, ids, async () => (await core.namesOf(profile)).of(resource, ids)),
    ),
  /** A picture that a row names, as a `data:` URL, where the tenant's settings allow it. */
  image: unlocked
    .input(z.object({ profile: profileId, address: wellFormed.max(2048) }))
    .query(({ ctx: { core }, input, signal }) => core.imageOf(input.profile, input.address, signal)),
  /** The roles that carry each permission, by the permission's id. */
  carriers: unlocked
    .input(z.object({ profile: profileId }))
    .query(async ({ ctx: { core }, input, signal }) =>
      carriersOf(await core.sessionOf(input.profile), signal),
    ),
  /**
   * Who of a pasted list is there: emails, ids, phones and usernames, one a line or between commas, semicolons and tabs.
   * `query` of the answer is the view of those who were found; entries without ids were not, with several are ambiguous.
   */
  find: unlocked
    .input(
      z.object({
        profile: profileId,
        text: wellFormed.max(2_000_000),
        /** Answered by the mirror. */
        mirrored: z.boolean().default(false),
      }),
    )
    .query(({ ctx: { core }, input: { profile, text, mirrored }, signal }) =>
      core.pages.find(profile, text, { mirrored, ...(signal ? { signal } : {}) }),
    ),
  row: unlocked
    .input(z.object({ profile: profileId, resource: z.string().max(64), id: wellFormed.min(1).max(256) }))
    .query(({ ctx: { core }, input, signal }) =>
      core.pages.row(input.profile, input.resource, input.id, signal ? { signal } : {}),
    ),
});

const safeName = (parts: readonly string[]) =>
  parts.map((part) => part.replace(/[^\p{L}\p{N}._-]+/gu, '-')).join('-');
const fileNameOf = (parts: readonly string[], format: string) => `${safeName(parts)}.${format}`;

const exportsRouter = t.router({
  /** Asks for a place and starts; null when the user cancelled the dialog. */
  start: unlocked.input(exportSchema).mutation(async ({ ctx: { core, door }, input }) => {
    const profile = await core.profileFor(input.query.profile);
    const day = new Date(core.clock()).toISOString().slice(0, 10);
    const by = input.counts ? [`by-${input.counts.column}`] : [];
    const name = fileNameOf([profile.name, input.query.resource, ...by, day], input.format);
    const path = await door.chooseFile(name);
    return path === null ? null : core.startExport(input, path);
  }),
  /** Exports lists and saved views of a tenant into a folder; null when the user cancelled the dialog. */
  startFolder: unlocked
    .input(
      z.object({
        profile: profileId,
        resources: z.array(z.enum(copied.map(({ id }) => id))).max(100),
        views: z.array(z.string().max(60)).max(100),
        format: z.enum(exportFormats),
        /** What hangs below rows, too, a file for each kind; one request and more for each row. */
        below: z.boolean().default(true),
        /** And what hangs below users. */
        belowUsers: z.boolean().default(false),
        zone: zoneSchema.optional(),
      }),
    )
    .mutation(
      async ({ ctx: { core, door }, input: { profile: name, resources, views, format, zone, ...along } }) => {
        const profile = await core.profileFor(name);
        const items = [
          ...listItems(resources, profile.id, along),
          ...viewItems(core.settings.views, views, profile.id),
        ];
        const day = new Date(core.clock()).toISOString().slice(0, 10);
        const folder = await door.chooseFolder(safeName([profile.name, day]));
        if (folder === null) return null;
        // What an earlier run did not end is gone on with; a whole one is not written over.
        const resume = !existsSync(join(folder, folderManifest));
        const mirrored = profile.kind === 'snapshot';
        return core.startFolder(profile.id, { items, format, folder, resume, mirrored, zone });
      },
    ),
  presets: t.router({
    list: unlocked.query(({ ctx }) => ctx.core.settings.exportPresets),
    save: unlocked
      .input(exportPresetSchema)
      .mutation(({ ctx, input }) => ctx.core.settings.changeExportPreset(input.name, input)),
    remove: unlocked
      .input(z.object({ name: z.string().max(60) }))
      .mutation(({ ctx, input }) => ctx.core.settings.changeExportPreset(input.name, null)),
  }),
  watch: unlocked.subscription(async function* ({ ctx: { core, door }, signal }) {
    for await (const jobs of core.jobs.watch(signal)) {
      yield jobs.map((job) => ({
        ...job,
        /** Its file waits to be downloaded. */
        downloads: job.state === 'done' && job.path !== '' && door.download !== undefined,
      }));
    }
  }),
  cancel: unlocked
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => ctx.core.jobs.cancel(input.id)),
  dismiss: unlocked
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => ctx.core.dismiss(input.id)),
  /**
   * Goes on with a job that broke off, or asks again for the rows that one which ended lacks: for every job that is
   * `resumable`. Returns the job that takes its place.
   */
  resume: unlocked
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => ctx.core.resumeJob(input.id)),
  /** An address for one download of a finished export; null where there is nothing to download. */
  download: unlocked
    .input(z.object({ id: z.uuid(), what: z.enum(['file', 'manifest']) }))
    .mutation(({ ctx: { core, door }, input: { id, what } }) => {
      const job = core.jobs.find(id);
      return job?.state === 'done' && job.path ? (door.download?.(job, what) ?? null) : null;
    }),
  reveal: unlocked.input(z.object({ id: z.uuid() })).mutation(({ ctx: { core, door }, input }) => {
    const job = core.jobs.find(input.id);
    if (job?.state === 'done' && job.path) door.reveal?.(job);
  }),
});

/** The contract between the interface and the core: the only way from one to the other. */
export const router = t.router({
  app: t.router({
    info: procedure.query(({ ctx: { core, door } }) => ({
      door: door.kind,
      platform: process.platform,
      reveals: door.reveal !== undefined,
      settingsNotice: core.settingsNotice,
      about: core.about,
    })),
    /** Views that links asked for, and snapshots that the system handed over. */
    links: unlocked.subscription(async function* ({ ctx, signal }) {
      yield* ctx.core.links.watch(signal);
    }),
    copy: unlocked
      .input(z.object({ text: z.string().max(5_000_000), sensitive: z.boolean() }))
      .mutation(({ ctx, input }) => ctx.door.copy?.(input.text, input.sensitive)),
    /** Requests of the last 10 s, by profile id. */
    requests: unlocked.query(({ ctx }) => ctx.core.recentRequests()),
  }),
  lock: t.router({
    close: procedure.mutation(({ ctx }) => ctx.core.lock.close()),
    open: procedure.mutation(({ ctx }) => ctx.core.lock.open()),
    watch: procedure.subscription(async function* ({ ctx, signal }) {
      yield* ctx.core.lock.watch(signal);
    }),
  }),
  profiles: profilesRouter,
  list: listRouter,
  exports: exportsRouter,
  mirror: mirrorRouter,
  snapshots: t.router({
    /** Asks for a place and starts; null when the user cancelled the dialog. */
    start: unlocked
      .input(z.object({ profile: profileId, passphrase: passphraseSchema }))
      .mutation(async ({ ctx: { core, door }, input }) => {
        const profile = await core.profileFor(input.profile);
        const day = new Date(core.clock()).toISOString().slice(0, 10);
        const path = await door.chooseFile(fileNameOf([profile.name, day], snapshotExtension));
        return path === null ? null : core.snapshots.start(profile, path, input.passphrase);
      }),
    /** Asks for a snapshot's file; null when the user cancelled the dialog, or where the page asks by itself. */
    choose: unlocked.mutation(({ ctx: { door } }) => door.chooseSnapshot?.() ?? null),
    /** Adds a snapshot as a tenant. */
    open: unlocked
      .input(z.object({ path: snapshotPath, passphrase: passphraseSchema }))
      .mutation(({ ctx: { core }, input, signal }) =>
        core.snapshots.open(input.path, input.passphrase, signal),
      ),
  }),
  views: t.router({
    list: unlocked.query(({ ctx }) => ctx.core.settings.views),
    save: unlocked
      .input(z.object({ added: z.array(savedViewSchema).min(1).max(1_000) }))
      .mutation(({ ctx, input }) => {
        // A view that names no list of this version is refused before anything is kept.
        for (const view of input.added) queryOfView(view, 'any');
        ctx.core.settings.changeViews((views) => withViews(views, input.added));
      }),
    remove: unlocked
      .input(z.object({ name: z.string().max(60) }))
      .mutation(({ ctx, input }) =>
        ctx.core.settings.changeViews((views) => views.filter(({ name }) => name !== input.name)),
      ),
  }),
  workspace: t.router({
    get: unlocked.query(({ ctx }) => ctx.core.openViews.get()),
    save: procedure.input(workspaceSchema).mutation(({ ctx, input }) => ctx.core.openViews.save(input)),
  }),
  preferences: t.router({
    get: procedure.query(({ ctx }) => ctx.core.settings.preferences),
    save: procedure.input(preferenceChanges).mutation(({ ctx, input }) => {
      ctx.core.settings.changePreferences(input);
    }),
  }),
});

export type AppRouter = typeof router;
export type { Found } from './client/capabilities.ts';
export type { Context, Door } from './contract.ts';
export type { HarvestReport, Lack } from './harvest/report.ts';
export type { Job } from './jobs/jobs.ts';
export type { MirrorAbout } from './mirror/mirror.ts';
export type { MirroredList } from './mirror/store.ts';
export type { Carrier } from './rows/carriers.ts';
export type { FoundEntry, FoundList } from './rows/find.ts';
export type { PageOfRows } from './rows/page.ts';
export type { ExportPreset, MirrorPlan, Preferences, Workspace } from './settings/settings.ts';
export type { ConnectionStep } from './tenants/connection.ts';
export type { FoundRow, ScanLook } from './tenants/scans.ts';
