import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { findBrowser } from '../../src/web/browser.ts';
import { quietFlags } from '../electron-stand-in/browser.ts';
import { listen, type Running, type StartOptions } from './running.ts';

const starter = join(import.meta.dirname, '..', '..', 'scripts', 'start.ts');

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

/** The system's Chromium, started once a worker; it ends with it. */
const theBrowser = () => {
  launched ??= chromium.launch({ executablePath: findBrowser() ?? '/usr/bin/chromium', args: quietFlags });
  return launched;
};

/** The browser door as `npm run web` starts it, in the system's Chromium. */
export const startBrowserDoor = async ({ dataDir, env, view }: StartOptions): Promise<Running> => {
  const args = [starter, '--web', '--no-open', '--data-dir', dataDir];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
  const address = await addressOf(child);
  const context = await (await theBrowser()).newContext({ viewport: { width: 1280, height: 800 }, ...view });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const complaints = listen(page);
  await page.goto(address);
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
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
};
