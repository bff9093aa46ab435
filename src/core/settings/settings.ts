import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { z } from 'zod';
import { DeskError } from '../../shared/errors.ts';
import { exportFormats } from '../../shared/export-formats.ts';
import { type Profile, profileSchema } from '../../shared/profile.ts';
import { longestUrl } from '../../shared/query.ts';
import { type SavedView, savedViewSchema } from '../../shared/saved-view.ts';
import { plainText } from '../../shared/text.ts';
import { capabilitiesSchema, type Found } from '../client/capabilities.ts';
import { type EndedJob, endedJobSchema, type KeptJob, keptJobSchema } from '../jobs/kept.ts';

/**
 * Where an operator left off: tabs in their order, the one in front, column layouts by resource, and what was loading.
 */
export const workspaceSchema = z.object({
  tabs: z
    .array(
      z.object({
        id: z.string().max(64),
        url: z.string().max(longestUrl),
        row: z.string().max(256).optional(),
        /** It gives its place to the next view of its tenant; absent: it is kept. */
        preview: z.boolean().optional(),
        /** What the ids in its address are called, by id: its title before the tenant is asked, and without it. */
        names: z.record(z.string().max(256), z.string().max(300)).optional(),
      }),
    )
    .max(100)
    .default([]),
  active: z.string().max(64).nullable().default(null),
  /** The side bar: its width, px, and whether it is hidden. */
  side: z
    .object({ width: z.number().int().min(100).max(800), collapsed: z.boolean() })
    .partial()
    .optional(),
  /** Tabs that are shown side by side, and the width of the left one, px; absent: one alone. */
  split: z
    .object({
      left: z.string().max(64),
      right: z.string().max(64),
      width: z.number().int().min(100).max(10_000).optional(),
    })
    .optional(),
  /** Width of the panel of a row, px. */
  panel: z.number().int().min(200).max(2_000).optional(),
  /** The demo tenant was opened, and stays listed. */
  demo: z.boolean().optional(),
  /** Objects that were looked at, the last one first. */
  recent: z
    .array(
      z.object({
        profile: z.string().max(64),
        resource: z.string().max(64),
        id: z.string().max(256),
        name: z.string().max(300),
      }),
    )
    .max(20)
    .optional(),
  /** Views, by tab, whose first page had not come when this was written. */
  loading: z.array(z.string().max(64)).max(200).default([]),
  columns: z
    .record(
      z.string().max(64),
      z
        .array(
          z.object({
            id: z.string().max(128),
            width: z.number().optional(),
            hidden: z.boolean().optional(),
            pinned: z.boolean().optional(),
          }),
        )
        .max(200),
    )
    .default({}),
});
export type Workspace = z.infer<typeof workspaceSchema>;

const themes = z.enum(['system', 'light', 'dark']);
/** Of the interface, and of the servers' messages. */
const languages = z.enum(['en', 'ko', 'ja', 'de']);
/** How much room a row has. */
const densities = z.enum(['compact', 'normal', 'relaxed']);
/** The zone in which times are shown, and read where they name none: this computer's, or UTC. */
const zones = z.enum(['local', 'utc']);
/** How lists show times: as dates, or as they are from now. */
const times = z.enum(['dates', 'relative']);
/** Minutes without a sign of the operator after which the app locks itself; 0: never. */
const lockAfterMinutes = z.number().int().min(0).max(480);

export const preferencesSchema = z.object({
  theme: themes.default('system'),
  language: languages.default('en'),
  density: densities.default('normal'),
  zone: zones.default('local'),
  times: times.default('dates'),
  lockAfterMinutes: lockAfterMinutes.default(30),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** What is absent, or undefined, stays as it is. */
export type PreferenceChanges = { [Name in keyof Preferences]?: Preferences[Name] | undefined };

export const preferenceChanges = z
  .object({ theme: themes, language: languages, density: densities, zone: zones, times, lockAfterMinutes })
  .partial();

/** Choices of an export under a name; what is exported is the view's own. */
export const exportPresetSchema = z.object({
  name: plainText.trim().normalize('NFC').min(1).max(60),
  format: z.enum(exportFormats),
  columns: z.enum(['visible', 'all']),
  bom: z.boolean(),
  joined: z.array(z.string().max(64)).max(10),
  names: z.boolean().default(false),
});
export type ExportPreset = z.infer<typeof exportPresetSchema>;

/** What happens to a tenant's mirror by itself while the program runs. */
export const mirrorPlanSchema = z.object({
  /** Hours after which it is read again; 0: never. */
  everyHours: z
    .number()
    .int()
    .min(0)
    .max(24 * 30),
  /** Days that logs are kept; null: all of them. */
  keepLogsDays: z.number().int().min(1).max(3_650).nullable(),
});
export type MirrorPlan = z.infer<typeof mirrorPlanSchema>;

/** Which field each column of a file filled, by heading; nothing: it was left out. Newest first, by its headings' checksum. */
const importMappingsSchema = z
  .array(
    z.object({
      headings: z.string().length(64),
      map: z.record(z.string().max(200), z.string().max(256)),
    }),
  )
  .max(50);
type ImportMappings = z.infer<typeof importMappingsSchema>;

/** All that is kept in the settings file; no secret is ever part of it. */
export type SettingsContent = {
  version: number;
  profiles: Profile[];
  workspace: Workspace;
  preferences: Preferences;
  views: SavedView[];
  exports: KeptJob[];
  jobHistory: EndedJob[];
  exportPresets: ExportPreset[];
  mirrorPlans: Record<string, MirrorPlan>;
  importMappings: ImportMappings;
  installation: string;
  capabilities: Record<string, Found>;
};

/** Where settings are kept. What is read may be of any shape: hands and other versions write the file too. */
export type SettingsStore = {
  get(key: keyof SettingsContent): unknown;
  /** Puts `next` of what is there now in its place, with no other program's change between. */
  change(key: keyof SettingsContent, next: (before: unknown) => unknown): void;
};

/** Version of the file's format; a file of a newer one is never written. */
export const settingsVersion = 1;

/** Name of the file, without its `.json`, that every door gives to its store. */
export const settingsName = 'settings';

/** The content of a settings file's text; an editor may have put a byte order mark before it. */
export const settingsText = (text: string): SettingsContent => JSON.parse(text.replace(/^\uFEFF/, ''));

/**
 * Sets a settings file that is not JSON aside, so that the store can start anew and nothing is lost.
 * Returns the path it now has, or null when there was nothing to do.
 */
export const setDamagedAside = (path: string, now: number): string | null => {
  if (!existsSync(path)) return null;
  try {
    const content: unknown = settingsText(readFileSync(path, 'utf8'));
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return null;
    throw new SyntaxError('no settings');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const aside = path.replace(/\.json$/, `.damaged-${now}.json`);
    renameSync(path, aside);
    return aside;
  }
};

const installationSchema = z.uuid();
const foundSchema = z.record(z.string(), z.unknown());

const plansSchema = z.record(z.string(), mirrorPlanSchema);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The entries of a list that can be read. */
const readable = <Entry>(schema: z.ZodType<Entry>, value: unknown): Entry[] =>
  listOf(value).flatMap((one) => schema.safeParse(one).data ?? []);

/** The settings, each part parsed on reading: what an older or a foreign hand wrote wrong reads as absent. */
export class Settings {
  readonly #store: SettingsStore;

  constructor(store: SettingsStore) {
    this.#store = store;
  }

  get profiles(): Profile[] {
    return readable(profileSchema, this.#store.get('profiles'));
  }

  /** Changes the profiles; an entry that this version cannot read stays as it is. */
  changeProfiles(next: (before: Profile[]) => Profile[]) {
    this.#store.change('profiles', (before) => {
      const entries = listOf(before).map((entry) => ({
        entry,
        profile: profileSchema.safeParse(entry).data,
      }));
      const unread = entries.flatMap(({ entry, profile }) => (profile ? [] : [entry]));
      return [...next(entries.flatMap(({ profile }) => profile ?? [])), ...unread];
    });
  }

  /** The operator's saved views; one that cannot be read stays in the file. */
  get views(): SavedView[] {
    return readable(savedViewSchema, this.#store.get('views'));
  }

  changeViews(next: (before: SavedView[]) => SavedView[]) {
    this.#store.change('views', (before) => {
      const views = listOf(before).map((entry) => ({ entry, view: savedViewSchema.safeParse(entry).data }));
      const unread = views.flatMap(({ entry, view }) => (view ? [] : [entry]));
      return [...next(views.flatMap(({ view }) => view ?? [])), ...unread];
    });
  }

  /** Exports and copies under way, and those that broke off. */
  get keptJobs(): KeptJob[] {
    return readable(keptJobSchema, this.#store.get('exports'));
  }

  changeKeptJobs(next: (before: KeptJob[]) => KeptJob[]) {
    this.#store.change('exports', (before) => next(readable(keptJobSchema, before)));
  }

  /** Jobs that ended, the oldest first. */
  get jobHistory(): EndedJob[] {
    return readable(endedJobSchema, this.#store.get('jobHistory'));
  }

  changeJobHistory(next: (before: EndedJob[]) => EndedJob[]) {
    this.#store.change('jobHistory', (before) => next(readable(endedJobSchema, before)));
  }

  get exportPresets(): ExportPreset[] {
    return readable(exportPresetSchema, this.#store.get('exportPresets'));
  }

  /** Keeps a preset in the place of one of the same name, or takes it away. */
  changeExportPreset(name: string, preset: ExportPreset | null) {
    this.#store.change('exportPresets', (before) => {
      const others = readable(exportPresetSchema, before).filter(
        (one) => one.name.toLowerCase() !== name.toLowerCase(),
      );
      return [...others, ...(preset ? [preset] : [])].sort((a, b) => a.name.localeCompare(b.name));
    });
  }

  /** What happens to mirrors by themselves, by profile id. */
  get mirrorPlans(): Record<string, MirrorPlan> {
    return plansSchema.safeParse(this.#store.get('mirrorPlans') ?? {}).data ?? {};
  }

  changeMirrorPlan(profile: string, plan: MirrorPlan | null) {
    this.#store.change('mirrorPlans', (before) => {
      const { [profile]: _, ...others } = plansSchema.safeParse(before ?? {}).data ?? {};
      return plan ? { ...others, [profile]: plan } : others;
    });
  }

  /** What an operator said of a file with these headings, the last time; nothing where nothing was said. */
  importMapping(headings: string): Readonly<Record<string, string>> {
    const all = importMappingsSchema.safeParse(this.#store.get('importMappings') ?? []).data ?? [];
    return all.find((one) => one.headings === headings)?.map ?? {};
  }

  changeImportMapping(headings: string, map: Readonly<Record<string, string>>) {
    this.#store.change('importMappings', (before) => {
      const all = importMappingsSchema.safeParse(before ?? []).data ?? [];
      return [{ headings, map }, ...all.filter((one) => one.headings !== headings)].slice(0, 50);
    });
  }

  /**
   * What only this installation knows, made when it is first asked for: what it wrote to a shared folder is told from what
   * others put there by it. Where settings cannot be written, it is another one each time, and nothing is resumed.
   */
  get installation(): string {
    const known = installationSchema.safeParse(this.#store.get('installation'));
    if (known.success) return known.data;
    let id: string = randomUUID();
    try {
      this.#store.change('installation', (before) => {
        id = installationSchema.safeParse(before).data ?? id;
        return id;
      });
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
    }
    return id;
  }

  /** What tenants were found to have, by profile id. */
  capabilitiesOf(profile: string): Found | null {
    const all = foundSchema.safeParse(this.#store.get('capabilities') ?? {}).data ?? {};
    return capabilitiesSchema.safeParse(all[profile]).data ?? null;
  }

  changeCapabilities(profile: string, found: Found | null) {
    this.#store.change('capabilities', (before) => {
      const { [profile]: _, ...others } = foundSchema.safeParse(before ?? {}).data ?? {};
      return found ? { ...others, [profile]: found } : others;
    });
  }

  get workspace(): Workspace {
    return workspaceSchema.safeParse(this.#store.get('workspace') ?? {}).data ?? workspaceSchema.parse({});
  }

  set workspace(workspace: Workspace) {
    this.#store.change('workspace', () => workspace);
  }

  get preferences(): Preferences {
    return (
      preferencesSchema.safeParse(this.#store.get('preferences') ?? {}).data ?? preferencesSchema.parse({})
    );
  }

  changePreferences(changes: PreferenceChanges) {
    this.#store.change('preferences', (before) => ({
      ...preferencesSchema.safeParse(before ?? {}).data,
      ...Object.fromEntries(Object.entries(changes).filter(([, choice]) => choice !== undefined)),
    }));
  }
}
