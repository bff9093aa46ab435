import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import type { DoorOption } from './e2e/doors/running.ts';
import { electronPath } from './scripts/electron-runtime.ts';
import { isFull } from './src/doors/full.ts';

// The demo's newest log is of a moment that tests know; doors take it over.
process.env.LOGTO_DESK_DEMO_AT ??= '2026-11-20T09:00:00Z';

// Where a test runs the core itself, it takes the workers of the built program.
process.env.LOGTO_DESK_PROGRAM ??= join(import.meta.dirname, 'out', 'npm', 'index.js');

export default defineConfig<DoorOption>({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Waiting ends as soon as a thing is there: these are for machines that are busy with something else too.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // Tests wait for a tenth of their time: three suit two cores. A full run has the whole browser, and two are enough for it.
  workers: isFull ? 2 : 3,
  fullyParallel: true,
  projects: [
    // The name tells in every report what ran the desktop.
    {
      name: electronPath() ? 'desktop' : 'desktop-stand-in',
      use: { door: 'desktop' },
      testIgnore: 'window.spec.ts',
      // Every spec goes through one door, and a short walk through the other; a full run takes both.
      ...(isFull ? {} : { grep: [/desktop\.spec/, /@walk/] }),
    },
    {
      name: 'browser',
      use: { door: 'browser' },
      testIgnore: 'desktop.spec.ts',
      // What the desktop is walked through is not walked again, unless the doors differ in it.
      ...(process.env.LOGTO_DESK_ONE_DOOR === '1' && !isFull ? { grepInvert: /@walk(?!-)/ } : {}),
    },
  ],
  // A page, a door, and a server beside each other can race in ways that say nothing of the product: one more try, which
  // is named at the end of the run. Before a release nothing is tried twice.
  retries: isFull ? 0 : 1,
  reporter: [['list']],
  globalSetup: './e2e/build.ts',
  // A failure leaves a picture and the page's text behind; `--trace retain-on-failure` for more.
  use: { screenshot: 'only-on-failure' },
});
