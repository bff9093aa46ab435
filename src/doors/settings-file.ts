import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import { type SettingsContent, setDamagedAside, settingsName } from '../core/settings.ts';

/** Opens the settings file in `dataDir`; a damaged one is set aside first. Every door opens the same file this way. */
export const openSettings = (
  dataDir: string,
): { settings: Conf<SettingsContent>; settingsAside: string | null } => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const settingsAside = setDamagedAside(join(dataDir, `${settingsName}.json`), Date.now());
  const settings = new Conf<SettingsContent>({
    cwd: dataDir,
    configName: settingsName,
    configFileMode: 0o600,
  });
  return { settings, settingsAside };
};
