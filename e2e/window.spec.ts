import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { testCore } from '../src/doors/testing.ts';
import { findBrowser, openingPage } from '../src/web/browser.ts';
import { startBrowserDoor } from '../src/web/server.ts';
import { expect, test } from './desk.ts';
import { quietFlags } from './electron-stand-in/browser.ts';

test('the app window opens through a page of its own, with no token on any command line', async ({
  dataDir,
}) => {
  await using held = testCore({}, { dataDir });
  const door = await startBrowserDoor(held.core, {
    assets: join(import.meta.dirname, '..', 'out', 'renderer'),
    downloads: join(dataDir, 'downloads'),
  });
  const opening = openingPage(dataDir, door.address);
  expect(opening).not.toContain('token');
  expect(statSync(fileURLToPath(opening)).mode & 0o077).toBe(0);
  const context = await chromium.launchPersistentContext(join(dataDir, 'browser'), {
    executablePath: findBrowser() ?? '/usr/bin/chromium',
    args: [...quietFlags, `--app=${opening}`],
  });
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  await expect(page.getByText('Explore the demo tenant')).toBeVisible();
  expect(page.url()).toBe(`${new URL(door.address).origin}/`);
  expect(page.url()).toMatch(/^http:\/\/desk-[0-9a-f]{16}\.localhost:/);
  await context.close();
  await door.stop();
});
