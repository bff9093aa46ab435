import { type Core, createCore } from '../core/core.ts';
import type { CoreDeps } from '../core/deps.ts';
import { loadKeytar, osKeychain } from '../core/tenants/keychain.ts';
import { aboutOf } from './about.ts';
import { dataDirOf } from './data-dir.ts';
import { startDemo } from './demo.ts';
import { fileLog } from './file-log.ts';
import { keychainService } from './keychain-service.ts';
import { nodeFetch, proxiedBy } from './node-fetch.ts';
import { publicFetch } from './public-fetch.ts';
import { openSettings } from './settings-file.ts';
import { converter, mirrorPlace, scratchPlace } from './workers.ts';

/** A core for the Node doors, on the settings of `dataDir`. */
export const createNodeCore = (
  options: { dataDir?: string | undefined; keychainService?: string } = {},
  overrides: Partial<CoreDeps> = {},
): Core => {
  const dataDir = dataDirOf(options.dataDir);
  const [ours, direct] = [nodeFetch(), publicFetch()];
  const isProxied = proxiedBy(process.env);
  return createCore({
    ...openSettings(dataDir),
    keychain: osKeychain(options.keychainService ?? keychainService, loadKeytar),
    fetch: ours,
    fetchPublic: (url, init) => (isProxied(url) ? ours : direct)(url, init),
    startDemo,
    log: overrides.log ?? fileLog(dataDir),
    about: aboutOf(dataDir),
    proxied: isProxied,
    mirror: mirrorPlace(dataDir),
    scratch: scratchPlace(dataDir),
    converter,
    ...overrides,
  });
};
