import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { exclusively } from '../src/doors/exclusively.ts';

const root = join(import.meta.dirname, '..');

const newestIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((newest, entry) => Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);

const builtAt = (...path: string[]): number => {
  try {
    return statSync(join(root, 'out', ...path)).mtimeMs;
  } catch {
    return 0;
  }
};

const run = (packageName: string, bin: string, ...args: string[]) => {
  const folder = dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`));
  const build = spawnSync(
    process.execPath,
    [join(folder, 'bin', bin), 'build', '--logLevel', 'error', ...args],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  if (build.status !== 0) throw new Error(`The build failed:\n${build.stdout}${build.stderr}`);
};

/** How long a build waits for another one here, ms. */
const waitMs = 300_000;

/**
 * Builds `out/` where it is missing or older than its sources: desktop and pages, and with `program` what the npm package
 * brings. Throws when a build fails.
 */
export const buildIfNeeded = ({ program = false } = {}) => {
  const folders = ['main', 'preload', 'renderer', 'shared', 'core', 'doors', 'simulator'];
  const own = ['package-lock.json', 'electron.vite.config.ts', 'vite.npm.config.ts'];
  const newestOwn = Math.max(...own.map((name) => statSync(join(root, name)).mtimeMs));
  const newest = (names: readonly string[]) =>
    Math.max(newestOwn, ...names.map((name) => newestIn(join(root, 'src', name))));
  const isOld = () => builtAt('renderer', 'index.html') < newest(folders);
  const isProgramOld = () => program && builtAt('npm', 'index.js') < newest([...folders, 'cli', 'web']);
  if (!isOld() && !isProgramOld()) return;
  console.log('Building (once, a few seconds)…');
  mkdirSync(join(root, 'out'), { recursive: true });
  exclusively(join(root, 'out', 'building.lock'), waitMs, () => {
    if (isOld()) run('electron-vite', 'electron-vite.js');
    if (isProgramOld()) run('vite', 'vite.js', '--config', 'vite.npm.config.ts');
  });
};
