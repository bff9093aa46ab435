import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    testTimeout: 30_000,
    // Each file has its own simulator and data folder; two at a time suit a small machine.
    maxWorkers: 2,
  },
});
