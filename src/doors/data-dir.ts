import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DeskError } from '../shared/errors.ts';
import { because, type Reason } from '../shared/reasons.ts';

/**
 * The folder of settings and logs: what was asked for, else `LOGTO_DESK_DATA_DIR`, else the system's place for
 * settings. All doors use the same one.
 */
export const dataDirOf = (asked?: string, env: NodeJS.ProcessEnv = process.env): string => {
  const chosen = asked ?? env.LOGTO_DESK_DATA_DIR;
  if (chosen) return chosen;
  if (process.platform === 'win32')
    return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'logto-desk');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'logto-desk');
  return join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'logto-desk');
};

/** Where the log of a data folder is. */
export const logFileOf = (dataDir: string): string => join(dataDir, 'logs', 'desk.log');

/**
 * Makes the data folder, or holds that it is this user's: what another user could put there would be read as ours. Where
 * others may write to a folder of ours, that is taken from them. Throws `settings.unreadable` for another user's folder, for
 * one that all share, and for one in which another user left something. Elsewhere than on POSIX the system's own rights
 * have to do.
 */
export const ownFolder = (dataDir: string): void => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const own = process.getuid?.();
  if (own === undefined) return;
  const { uid, mode } = statSync(dataDir);
  const isOpen = (mode & 0o022) !== 0;
  const refuse = (why: Reason) => new DeskError('settings.unreadable', { where: dataDir, why });
  if (uid !== own) throw refuse(because('folder.foreign'));
  if (isOpen && (mode & 0o1000) !== 0) throw refuse(because('folder.shared'));
  if (!isOpen) return;
  chmodSync(dataDir, mode & 0o755);
  const theirs = readdirSync(dataDir).find((name) => lstatSync(join(dataDir, name)).uid !== own);
  if (theirs !== undefined) throw refuse(because('folder.foreignIn', { name: theirs }));
};
