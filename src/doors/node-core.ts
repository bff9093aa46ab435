import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import log from 'electron-log/node';
import { type Core, type CoreDeps, createCore, type Log } from '../core/core.ts';
import { loadKeytar, osKeychain } from '../core/keychain.ts';
import { type SettingsContent, setDamagedAside, settingsName } from '../core/settings.ts';
import { dataDirOf } from './data-dir.ts';
import { startDemo } from './demo.ts';
import { keychainService } from './keychain-service.ts';
import { nodeFetch, proxiedBy } from './node-fetch.ts';

/** Opens the settings file in `dataDir`; a damaged one is set aside first. */
export const openConf = (
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

/** A log file in `dataDir`, nothing on the console. */
export const fileLog = (dataDir: string): Log => {
  log.transports.console.level = false;
  log.transports.file.resolvePathFn = () => join(dataDir, 'logs', 'desk.log');
  return log;
};

/** A core for the Node doors, on the settings of `dataDir`. */
export const createNodeCore = (
  options: { dataDir?: string | undefined; keychainService?: string } = {},
  overrides: Partial<CoreDeps> = {},
): Core => {
  const dataDir = dataDirOf(options.dataDir);
  const report = overrides.log ?? fileLog(dataDir);
  return createCore({
    ...openConf(dataDir),
    keychain: osKeychain(options.keychainService ?? keychainService, loadKeytar),
    fetch: nodeFetch(),
    startDemo,
    log: report,
    proxied: proxiedBy(process.env),
    ...overrides,
  });
};
