import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Breaks a file in every small way and tells which breaks no test noticed: `npm run mutate -- src/shared/phone.ts`, or
 * a folder. The tests are those beside the file and below; `--tests PATTERN` (again and again) names others. `--lines 200`:
 * only in so many lines, taken by lot, which tells of a room in minutes what all of it would in hours. `--elsewhere`: for
 * code that runs in threads or programs of its own, as the offline copy's: each break is held against all of the tests.
 */
const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const named = (flag: string) => args.flatMap((arg, at) => (arg === flag ? [args[at + 1] ?? ''] : []));
const tests = named('--tests');
const elsewhere = args.includes('--elsewhere');
const [lines] = named('--lines').map(Number);
const files = args.filter(
  (arg, at) => !arg.startsWith('--') && !['--tests', '--lines'].includes(args[at - 1] ?? ''),
);

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

/** Lines with something to break in them, as Stryker names them. */
const linesOf = (file: string): string[] =>
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .flatMap((line, at) =>
      /^\s*($|\/\/|\/?\*|import |export \{|[\]}),;]+$)/.test(line) ? [] : [`${file}:${at + 1}-${at + 1}`],
    );
/** So many of them, each as likely as any other. */
const byLot = (all: readonly string[], count: number): string[] =>
  all
    .map((one) => ({ one, lot: Math.random() }))
    .sort((a, b) => a.lot - b.lot)
    .slice(0, count)
    .map(({ one }) => one);
const mutated = lines === undefined ? sources : byLot(sources.flatMap(linesOf), lines);
const include = tests.length > 0 ? tests : folders.map((folder) => `${folder}/**/*.test.ts`);

const { status } = spawnSync(
  'node',
  [
    'scripts/keychain-session.ts',
    'stryker',
    'run',
    'scripts/stryker.config.js',
    '--mutate',
    mutated.join(','),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      LOGTO_DESK_MUTATION_TESTS: include.join(','),
      LOGTO_DESK_MUTATION_ELSEWHERE: elsewhere ? '1' : '',
    },
  },
);
process.exitCode = status ?? 1;
