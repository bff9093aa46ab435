import type { Fetch } from '../core/client/send.ts';
import { type Core, createCore } from '../core/core.ts';
import type { CoreDeps } from '../core/deps.ts';
import { loadKeytar, osKeychain } from '../core/tenants/keychain.ts';
import { aboutOf } from './about.ts';
import { dataDirOf } from './data-dir.ts';
import { startDemo } from './demo.ts';
import { fileLog } from './file-log.ts';
import { keychainService } from './keychain-service.ts';
import { proxiedBy } from './proxies.ts';
import { openSettings } from './settings-file.ts';
import { converter, journalPlace, mirrorPlace, scratchPlace } from './workers.ts';

/** A `fetch` that is loaded with its first request: what asks nobody starts without it. */
const lazily = (load: () => Promise<Fetch>): Fetch => {
  let loaded: Promise<Fetch> | undefined;
  return async (url, init) => {
    loaded ??= load();
    return (await loaded)(url, init);
  };
};

/** A core for the Node doors, on the settings of `dataDir`. */
export const createNodeCore = (
  options: { dataDir?: string | undefined; keychainService?: string } = {},
  overrides: Partial<CoreDeps> = {},
): Core => {
  const dataDir = dataDirOf(options.dataDir);
  const ours = lazily(async () => (await import('./node-fetch.ts')).nodeFetch());
  const direct = lazily(async () => (await import('./public-fetch.ts')).publicFetch());
  const isProxied = proxiedBy(process.env);
  return createCore({
    ...openSettings(dataDir),
    keychain: osKeychain(options.keychainService ?? keychainService, loadKeytar),
    fetch: ours,
    fetchPublic: (url, init) => (isProxied(url) ? ours : direct)(url, init),
    startDemo: () => startDemo(dataDir),
    log: overrides.log ?? fileLog(dataDir),
    about: aboutOf(dataDir),
    proxied: isProxied,
    mirror: mirrorPlace(dataDir),
    journals: journalPlace(dataDir),
    scratch: scratchPlace(dataDir),
    converter,
    ...overrides,
  });
};
