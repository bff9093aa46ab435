import { homedir } from 'node:os';
import { join } from 'node:path';

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
