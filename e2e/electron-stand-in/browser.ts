import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { isFull } from '../../src/doors/full.ts';
import { findBrowser } from '../../src/web/browser.ts';

/** Flags for a Chromium that asks nobody outside; as root it needs to go without its sandbox. */
export const quietFlags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const headlessShell = '/usr/bin/chromium-headless-shell';

/**
 * The Chromium of the tests: without a window's own parts where it is there so (a third of the time), in a full run the
 * whole browser, as people have it.
 */
export const testBrowser = (): string =>
  !isFull && existsSync(headlessShell) ? headlessShell : (findBrowser() ?? '/usr/bin/chromium');

/** A Chromium with a profile of its own, and the address by which a test drives the same pages. */
export const launch = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-stand-in-'));
  const context: BrowserContext = await chromium.launchPersistentContext(folder, {
    executablePath: testBrowser(),
    args: [...quietFlags, '--remote-debugging-port=0'],
    // The window's size is the app's; a test may ask for another one, and for a colour scheme.
    viewport: JSON.parse(process.env.STAND_IN_VIEWPORT ?? '{"width":1280,"height":800}'),
    colorScheme: process.env.STAND_IN_COLOR_SCHEME === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const [port] = readFileSync(join(folder, 'DevToolsActivePort'), 'utf8').split('\n');
  return {
    context,
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      await context.close().catch(() => {});
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
