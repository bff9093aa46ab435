import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { dataDirOf } from '../doors/data-dir.ts';
import { keepHeapSmall } from '../doors/memory.ts';
import { createNodeCore } from '../doors/node-core.ts';
import { createPhrases } from '../shared/phrases/index.ts';
import { findBrowser, hasDisplay, openAppWindow, openingPage } from './browser.ts';
import { type BrowserDoor, startBrowserDoor } from './server.ts';

const rendererFolder = join(import.meta.dirname, '..', '..', 'out', 'renderer');

/** How long what is under way has to end, ms: what was noted of it is on the disk. */
const longestEndMs = 15_000;

type OpenOptions = { dataDir?: string | undefined; port?: number | undefined; keychainService?: string };

export type WebOptions = { dataDir?: string | undefined; port?: number; open: boolean };

/** Opens the browser door on a data folder, with what was under way there. `keychainService`: of the keychain; absent: the usual one. */
export const openWeb = async ({ port, ...of }: OpenOptions): Promise<BrowserDoor> => {
  const core = createNodeCore(of);
  await core.takeUp();
  const door = await startBrowserDoor(core, {
    assets: rendererFolder,
    downloads: join(dataDirOf(of.dataDir), 'downloads'),
    port,
  });
  return {
    ...door,
    stop: async () => {
      await door.stop();
      await core.stop();
    },
  };
};

/** Runs the browser door until its window is closed, or until the process is told to end. */
export const runWeb = async ({ dataDir, port, open }: WebOptions): Promise<void> => {
  keepHeapSmall();
  const door = await openWeb({ dataDir, port });
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });
  const browser = open && hasDisplay() ? findBrowser() : null;
  if (browser) {
    const profileFolder = join(dataDirOf(dataDir), 'browser');
    mkdirSync(profileFolder, { recursive: true, mode: 0o700 });
    const child = openAppWindow(browser, openingPage(profileFolder, door.address), profileFolder);
    const closed = once(child, 'exit').catch(() => {});
    await Promise.race([ended, closed]);
    if (child.exitCode === null) child.kill();
  } else {
    const { t } = createPhrases();
    console.log(`${t('app.openAddress')}\n${door.address}`);
    if (door.plainAddress) console.log(`${t('app.openOther')}\n${door.plainAddress}`);
    await ended;
  }
  // What then still holds the program is nobody's any more: an end that was asked for comes.
  setTimeout(() => process.exit(), longestEndMs).unref();
  await door.stop();
};
