import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: true,
  reporter: [['list']],
  // A failure leaves a picture and a trace behind; nothing is tried twice.
  use: { screenshot: 'only-on-failure', trace: 'retain-on-failure' },
});
