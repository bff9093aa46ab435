import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Breaks a file in every small way and tells which breaks no test noticed: `npm run mutate -- src/shared/phone.ts`, or
 * a folder. The tests are those beside the file and below; `--tests PATTERN` (again and again) names others.
 */
const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const named = (flag: string) => args.flatMap((arg, at) => (arg === flag ? [args[at + 1] ?? ''] : []));
const tests = named('--tests');
const files = args.filter((arg, at) => !arg.startsWith('--') && args[at - 1] !== '--tests');

const wrong = files.find((file) => !existsSync(join(root, file)));
if (files.length === 0 || wrong) {
  console.error(wrong ? `There is no file ${wrong}.` : 'Name a file: npm run mutate -- src/shared/phone.ts');
  process.exit(1);
}

const isTest = (file: string) => /\.test\.tsx?$|testing\.ts$/.test(file);
const sources = files.flatMap((file) =>
  statSync(join(root, file)).isDirectory()
    ? globSync(`${relative(root, join(root, file))}/**/*.ts`, { cwd: root }).filter((path) => !isTest(path))
    : [file],
);
const folders = [...new Set(sources.map((file) => dirname(file)))];
const include = tests.length > 0 ? tests : folders.map((folder) => `${folder}/**/*.test.ts`);

const { status } = spawnSync(
  'node',
  [
    'scripts/keychain-session.ts',
    'stryker',
    'run',
    'scripts/stryker.config.js',
    '--mutate',
    sources.join(','),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, LOGTO_DESK_MUTATION_TESTS: include.join(',') } },
);
process.exitCode = status ?? 1;
