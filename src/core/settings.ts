import { existsSync, readFileSync, renameSync } from 'node:fs';
import { z } from 'zod';
import { profileSchema } from '../shared/profile.ts';

/** Where an operator left off: tabs in their order, the one in front, and column layouts by resource. */
export const workspaceSchema = z.object({
  tabs: z
    .array(
      z.object({ id: z.string().max(64), url: z.string().max(16_384), row: z.string().max(256).optional() }),
    )
    .max(100)
    .default([]),
  active: z.string().max(64).nullable().default(null),
  columns: z
    .record(
      z.string().max(64),
      z
        .array(
          z.object({ id: z.string().max(128), width: z.number().optional(), hidden: z.boolean().optional() }),
        )
        .max(200),
    )
    .default({}),
});
export type Workspace = z.infer<typeof workspaceSchema>;

const themes = z.enum(['system', 'light', 'dark']);
/** Of the interface, and of the servers' messages. */
const languages = z.enum(['en', 'ko', 'ja', 'de']);
/** Minutes without a sign of the operator after which the app locks itself; 0: never. */
const lockAfterMinutes = z.number().int().min(0).max(480);

export const preferencesSchema = z.object({
  theme: themes.default('system'),
  language: languages.default('en'),
  lockAfterMinutes: lockAfterMinutes.default(30),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const preferenceChanges = z.object({ theme: themes, language: languages, lockAfterMinutes }).partial();

/** All that is kept in the settings file; no secret is ever part of it. */
export type SettingsContent = {
  version: number;
  profiles: z.infer<typeof profileSchema>[];
  workspace: Workspace;
  preferences: Preferences;
};

/** What the core needs of conf. */
export type SettingsStore = {
  get<Key extends keyof SettingsContent>(key: Key): SettingsContent[Key] | undefined;
  set<Key extends keyof SettingsContent>(key: Key, value: SettingsContent[Key]): void;
};

/** Name of the file, without its `.json`, that every door gives to its store. */
export const settingsName = 'settings';

/**
 * Sets a settings file that is no JSON aside, so that the store can start anew and nothing is lost.
 * Returns the path it now has, or null when there was nothing to do.
 */
export const setDamagedAside = (path: string, now: number): string | null => {
  if (!existsSync(path)) return null;
  try {
    JSON.parse(readFileSync(path, 'utf8'));
    return null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const aside = path.replace(/\.json$/, `.damaged-${now}.json`);
    renameSync(path, aside);
    return aside;
  }
};

/** The settings, each part parsed on reading: what an older or a foreign hand wrote wrong reads as absent. */
export class Settings {
  readonly #store: SettingsStore;

  constructor(store: SettingsStore) {
    this.#store = store;
  }

  get profiles() {
    const stored = this.#store.get('profiles');
    return (Array.isArray(stored) ? stored : []).flatMap(
      (profile) => profileSchema.safeParse(profile).data ?? [],
    );
  }

  set profiles(profiles) {
    this.#store.set('profiles', profiles);
  }

  get workspace(): Workspace {
    return workspaceSchema.safeParse(this.#store.get('workspace') ?? {}).data ?? workspaceSchema.parse({});
  }

  set workspace(workspace: Workspace) {
    this.#store.set('workspace', workspace);
  }

  get preferences(): Preferences {
    return (
      preferencesSchema.safeParse(this.#store.get('preferences') ?? {}).data ?? preferencesSchema.parse({})
    );
  }

  set preferences(preferences: Preferences) {
    this.#store.set('preferences', preferences);
  }
}
