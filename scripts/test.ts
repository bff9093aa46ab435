import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { JSONReport, JSONReportSpec, JSONReportSuite } from '@playwright/test/reporter';
import { hasDisplay } from '../src/web/browser.ts';
import { electronPath } from './electron-runtime.ts';
import { ensureSystemPackages } from './system-packages.ts';

/**
 * Everything that has to hold, in one command: format and lint, types, unit and integration tests, build, end-to-end
 * tests. The last line is the plain count. `--full`: at large sizes and through both doors.
 */
if (process.argv.includes('--full')) process.env.LOGTO_DESK_FULL = '1';
const root = join(import.meta.dirname, '..');
const results = mkdtempSync(join(tmpdir(), 'logto-desk-counts-'));

type Count = { passed: number; failed: number };

/** Also false of a command that is not there. */
const endedWell = (child: ChildProcess): Promise<boolean> =>
  once(child, 'close').then(
    ([code]) => code === 0,
    () => false,
  );

const run = async (
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<boolean> => {
  console.log(`\n> ${command} ${args.join(' ')}`);
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  return endedWell(child);
};

/** What failed, said again at the end: a long log is read from there. */
const failures: string[] = [];
/** What passed only when it was tried again: to be mended at its cause. */
const flaky: string[] = [];

type Check = [command: string, ...args: string[]];

/** Runs beside others: what it says is shown as a whole when it ends. */
const check = async ([command, ...args]: Check, priority?: number): Promise<Count> => {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  if (priority !== undefined && child.pid !== undefined) setPriority(child.pid, priority);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part));
  const ok = await once(child, 'close').then(
    ([code]) => code === 0,
    (error) => {
      said += error;
      return false;
    },
  );
  const told = `> ${command} ${args.join(' ')}\n${said}`;
  console.log(`\n${told}`);
  if (ok) return { passed: 1, failed: 0 };
  failures.push(told);
  return { passed: 0, failed: 1 };
};

/** One after another. */
const inTurn = async (...checks: (() => Promise<Count>)[]): Promise<Count[]> => {
  const counts: Count[] = [];
  for (const one of checks) counts.push(await one());
  return counts;
};

const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const jsonOf = (path: string): unknown => JSON.parse(textOf(path) || '{}');

/** A run that ended badly counts as a failure even where its report knows of none. */
const counted = (ok: boolean, passed = 0, failed = 0): Count => ({
  passed,
  failed: Math.max(failed, ok ? 0 : 1),
});

const session = (...args: string[]) => ['scripts/keychain-session.ts', ...args];

const unitTests = async (): Promise<Count> => {
  const report = join(results, 'unit.json');
  const failed = join(results, 'unit-failures.txt');
  const reporters = ['default', 'json', './scripts/failures-reporter.ts'].map((name) => `--reporter=${name}`);
  const ok = await run('node', session('vitest', 'run', ...reporters, `--outputFile.json=${report}`), {
    LOGTO_DESK_FAILURES: failed,
    LOGTO_DESK_PROGRAM: join(root, 'out', 'npm', 'index.js'),
  });
  if (!ok) failures.push(textOf(failed) || 'The unit tests ended without a report.');
  const { numPassedTests, numFailedTests } = jsonOf(report) as {
    numPassedTests?: number;
    numFailedTests?: number;
  };
  return counted(ok && Boolean(numPassedTests), numPassedTests, numFailedTests);
};

/** What a failed end-to-end test met: its error and the text of the page, from what Playwright wrote down of it. */
const metIn = ({ tests }: JSONReportSpec): string[] =>
  tests
    .flatMap(({ results }) => results.flatMap(({ attachments }) => attachments))
    .filter(({ name }) => name === 'error-context')
    .map(({ path = '' }) => textOf(path).match(/# Error details\n(.*?)(?=\n# |$)/s)?.[1] ?? '');

const endToEndTests = async (): Promise<Count> => {
  const report = join(results, 'e2e.json');
  const desktop = electronPath() !== null;
  console.log(
    `\nEnd-to-end tests go through the browser door and through the built desktop, under ${desktop ? 'Electron' : 'the stand-in (Electron’s runtime is not on this machine)'}.`,
  );
  const window = desktop && !hasDisplay() ? ['xvfb-run', '-a'] : [];
  const ok = await run('node', session(...window, 'playwright', 'test', '--reporter=list,json'), {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    LOGTO_DESK_ONE_DOOR: '1',
  });
  const { stats, suites } = jsonOf(report) as Pick<Partial<JSONReport>, 'stats' | 'suites'>;
  const metBy = (suite: JSONReportSuite, isMeant: (spec: JSONReportSpec) => boolean): string[] => [
    ...suite.specs
      .filter(isMeant)
      .flatMap((spec) => [`${spec.file}:${spec.line} › ${spec.title}`, ...metIn(spec)]),
    ...(suite.suites ?? []).flatMap((inner) => metBy(inner, isMeant)),
  ];
  const met = (isMeant: (spec: JSONReportSpec) => boolean) =>
    suites?.flatMap((suite) => metBy(suite, isMeant));
  if (!ok) failures.push(...(met((spec) => !spec.ok) ?? ['The end-to-end tests ended without a report.']));
  flaky.push(...(met(({ tests }) => tests.some(({ status }) => status === 'flaky')) ?? []));
  return counted(
    ok && Boolean(stats?.expected),
    (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    stats?.unexpected,
  );
};

/** Advisories of high severity or worse; where the registry answers no audits, nothing is counted. */
const audit = async (): Promise<Count> => {
  const child = spawn('npm', ['audit', '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
    // Of a registry that takes a request and never answers.
    timeout: 120_000,
  });
  const [answer] = await Promise.all([text(child.stdout), endedWell(child)]);
  const { metadata } = JSON.parse(answer || '{}') as {
    metadata?: { vulnerabilities?: { high: number; critical: number } };
  };
  const found = metadata?.vulnerabilities;
  if (!found) {
    console.log('\nThe registry answers no audits here.');
    return { passed: 0, failed: 0 };
  }
  const told = `Advisories: ${found.high} high, ${found.critical} critical`;
  console.log(`\n${told}`);
  if (found.high + found.critical === 0) return { passed: 1, failed: 0 };
  failures.push(told);
  return { passed: 0, failed: 1 };
};

try {
  ensureSystemPackages();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
/** On one processor: two that look at the same types take twice the time. */
const types = (project: string): Check => ['tsc', '-p', project, '--singleThreaded'];
const still: Check[] = [
  types('tsconfig.json'),
  types('src/renderer/tsconfig.json'),
  types('e2e/tsconfig.json'),
  ['biome', 'ci', '.'],
];
const builds: Check[] = [
  ['electron-vite', 'build', '--logLevel', 'warn'],
  ['vite', 'build', '--config', 'vite.npm.config.ts', '--logLevel', 'warn'],
];

// Tests wait for a part of their time, and what waits for nothing has use for it.
const beside = inTurn(...still.map((one) => () => check(one, constants.priority.PRIORITY_LOW)), audit).catch(
  (error) => {
    failures.push(`Beside the tests: ${error}`);
    return [counted(false)];
  },
);
const counts = [
  ...(await Promise.all(builds.map((one) => check(one)))),
  await unitTests(),
  await endToEndTests(),
  ...(await beside),
  ...(process.argv.includes('--full') ? [await check(['node', 'scripts/attack.ts'])] : []),
];
const sum = (pick: keyof Count) => counts.reduce((total, count) => total + count[pick], 0);
rmSync(results, { recursive: true, force: true });
process.exitCode = sum('failed') === 0 ? 0 : 1;
if (flaky.length > 0) console.log(`\nPassed only when tried again:\n${flaky.join('\n')}`);
if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
