import { mergeConfig } from 'vitest/config';
import config from '../vitest.config.ts';

const include = (process.env.LOGTO_DESK_MUTATION_TESTS ?? '').split(',');

export default mergeConfig(
  { ...config, test: { ...config.test, include: [] } },
  { test: { include, setupFiles: [] } },
);
