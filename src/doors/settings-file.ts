import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Conf, { type Options } from 'conf';
import {
  type SettingsContent,
  type SettingsStore,
  setDamagedAside,
  settingsName,
  settingsText,
  settingsVersion,
} from '../core/settings/settings.ts';
import { DeskError, type ErrorValue } from '../shared/errors.ts';
import { ownFolder } from './data-dir.ts';
import { exclusively } from './exclusively.ts';

/** How long a change waits for another program's change, ms. Reading waits for none, as the file is replaced as a whole. */
const waitMs = 5_000;

/** The typed error of a file that cannot be used; one that is typed already stays as it is. */
const settingsError = (
  code: 'settings.unreadable' | 'settings.not_writable',
  where: string,
  error: unknown,
) => {
  if (error instanceof DeskError) return error;
  const reason = error instanceof Error ? String('code' in error ? error.code : error.name) : '';
  return new DeskError(code, { where, reason }, { cause: error });
};

/** How a store is opened. */
export type StoreOptions = Options<SettingsContent> & { cwd: string; configName: string };

/** What tells a file from the one that was there before; null where there is none. */
const stampOf = (path: string): string | null => {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? [found.ino, found.mtimeNs, found.ctimeNs, found.size].join('/') : null;
};

/** What the file holds, read anew only where it is another one: every program of ours replaces it as a whole. */
const contentOf = (conf: Conf<SettingsContent>) => {
  let read: { stamp: string; content: SettingsContent } | null = null;
  return (): SettingsContent => {
    const stamp = stampOf(conf.path);
    if (stamp !== null && read?.stamp === stamp) return read.content;
    const content = conf.store;
    // One that was replaced while it was read is read once more.
    read = stamp !== null && stampOf(conf.path) === stamp ? { stamp, content } : null;
    return content;
  };
};

/** The file as a store. Throws `settings.unreadable` and `settings.not_writable`. */
const storeOf = (
  conf: Conf<SettingsContent>,
  lockFile: string,
  content = contentOf(conf),
): SettingsStore => ({
  get(key) {
    try {
      return content()[key];
    } catch (error) {
      throw settingsError('settings.unreadable', conf.path, error);
    }
  },
  change(key, next) {
    try {
      exclusively(lockFile, waitMs, () => {
        const changed: Readonly<Record<string, unknown>> = {
          [key]: next(conf.get(key)),
          version: settingsVersion,
        };
        conf.set(changed);
      });
    } catch (error) {
      throw settingsError('settings.not_writable', conf.path, error);
    }
  },
});

/**
 * Opens the settings file in `dataDir`; every door opens the same file this way, the desktop with a store of its own. A damaged one is set aside first, one of
 * a newer version is read and never written; `settingsNotice` says so. Throws `settings.unreadable`.
 */
export const openSettings = (
  dataDir: string,
  open: (options: StoreOptions) => Conf<SettingsContent> = (options) => new Conf(options),
): { settings: SettingsStore; settingsNotice: ErrorValue | null } => {
  const path = join(dataDir, `${settingsName}.json`);
  try {
    ownFolder(dataDir);
    const aside = setDamagedAside(path, Date.now());
    const conf = open({
      cwd: dataDir,
      configName: settingsName,
      configFileMode: 0o600,
      deserialize: settingsText,
    });
    const lockFile = join(dataDir, `${settingsName}.lock`);
    const settings = storeOf(conf, lockFile);
    removeLeftovers(path, lockFile);
    if (aside) return { settings, settingsNotice: { code: 'settings.damaged', detail: { where: aside } } };
    const newer = newerVersion(settings);
    if (newer === null) return { settings, settingsNotice: null };
    const detail = { where: path, reason: `version ${newer}` };
    return {
      settings: {
        ...settings,
        change: () => {
          throw new DeskError('settings.newer', detail);
        },
      },
      settingsNotice: { code: 'settings.newer', detail },
    };
  } catch (error) {
    throw settingsError('settings.unreadable', path, error);
  }
};

/** What writes left behind that were killed before they put their file in its place. */
const removeLeftovers = (path: string, lockFile: string) => {
  const left = readdirSync(dirname(path)).filter((name) => name.startsWith(`${basename(path)}.tmp-`));
  if (left.length === 0) return;
  exclusively(lockFile, waitMs, () => {
    for (const name of left) rmSync(join(dirname(path), name), { force: true });
  });
};

const newerVersion = (settings: SettingsStore): number | null => {
  const version = settings.get('version');
  return typeof version === 'number' && version > settingsVersion ? version : null;
};
