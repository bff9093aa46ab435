import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium } from '@playwright/test';
import { openWeb } from '../../src/web/main.ts';
import { quietFlags, testBrowser } from '../electron-stand-in/browser.ts';
import { listen, type Running, type StartOptions } from './running.ts';

const program = join(import.meta.dirname, '..', '..', 'out', 'npm', 'index.js');

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      const address = /http:\/\/desk-[0-9a-f]+\.localhost:\d+\/\?token=\S+/.exec(out)?.[0];
      if (address) resolve(address);
    });
    child.once('exit', () => reject(new Error(`The browser door did not start: ${out}`)));
  });

let launched: Promise<Browser> | undefined;

/** Chromium, started once a worker; it ends with it. */
const theBrowser = () => {
  launched ??= chromium.launch({ executablePath: testBrowser(), args: quietFlags });
  return launched;
};

/** Ends Chromium, for callers that are not workers of a test runner and keep running. */
export const endBrowser = async () => {
  await (await launched)?.close();
  launched = undefined;
};

/** A door that answers: its address, and how it ends. */
type Door = { address: string; stop: () => Promise<void> };

/** As the npm package starts it: a process of its own. */
const startProcess = async ({ dataDir, env }: StartOptions): Promise<Door> => {
  const args = [program, '--no-open', '--data-dir', dataDir];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
  return {
    address: await addressOf(child),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** The same door in this process. */
const startHere = ({ dataDir, env = {} }: StartOptions): Promise<Door> =>
  openWeb({ dataDir, keychainService: env.LOGTO_DESK_KEYCHAIN_SERVICE ?? '' });

/** A door in Chromium. */
const openDoor = async (door: Door, view: StartOptions['view']): Promise<Running> => {
  // Waiting for fades and slides is not part of what is tested.
  const look: BrowserContextOptions = {
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...view,
  };
  const context = await (await theBrowser()).newContext(look);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const complaints = listen(page);
  await page.goto(door.address);
  return {
    page,
    complaints,
    answerSave: async () => {},
    save: async (target, act) => {
      const download = page.waitForEvent('download', { timeout: 120_000 });
      await act();
      await (await download).saveAs(target);
    },
    clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
    quit: async () => {
      await context.close();
      await door.stop();
    },
  };
};

/** The browser door as the npm package starts it, in Chromium. */
export const startBrowserDoor = async (options: StartOptions): Promise<Running> =>
  openDoor(await startProcess(options), options.view);

/**
 * The same, but that no program is started for it unless it is to have an environment of its own: to load it, and to run it
 * until it is as quick as one that runs for a while, takes a sixth of what a test takes.
 */
export const startBrowserDoorHere = async (options: StartOptions): Promise<Running> => {
  const { LOGTO_DESK_KEYCHAIN_SERVICE: _, ...own } = options.env ?? {};
  const start = Object.keys(own).length > 0 ? startProcess : startHere;
  return openDoor(await start(options), options.view);
};
