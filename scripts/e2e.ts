import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { namedSpecs } from './named-specs.ts';

/** The end-to-end tests, or those of the named specs: `npm run e2e -- logs --project browser`. */
const { status } = spawnSync(
  'node',
  ['scripts/keychain-session.ts', 'playwright', 'test', ...namedSpecs(process.argv.slice(2))],
  { cwd: join(import.meta.dirname, '..'), stdio: 'inherit' },
);
process.exitCode = status ?? 1;
