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
  const door = await startBrowserDoor(held.core, join(import.meta.dirname, '..', 'out', 'renderer'));
  const opening = openingPage(dataDir, door.address);
  expect(opening).not.toContain('token');
  expect(statSync(fileURLToPath(opening)).mode & 0o077).toBe(0);
  const context = await chromium.launchPersistentContext(join(dataDir, 'browser'), {
    executablePath: findBrowser() ?? '/usr/bin/chromium',
    args: [...quietFlags, `--app=${opening}`],
  });
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  await expect(page.getByText('Explore the demo tenant')).toBeVisible();
  expect(page.url()).toBe(`http://127.0.0.1:${door.port}/`);
  await context.close();
  await door.stop();
});
