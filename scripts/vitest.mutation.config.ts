import { defineConfig } from 'vitest/config';
import { options } from '../vitest.config.ts';

const include = (process.env.LOGTO_DESK_MUTATION_TESTS ?? '').split(',');

export default defineConfig({
  test: { ...options, include, setupFiles: ['./scripts/mutated-elsewhere.ts'] },
});
