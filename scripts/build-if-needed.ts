import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');

const newestIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((newest, entry) => Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);

const builtAt = (): number => {
  try {
    return statSync(join(root, 'out', 'renderer', 'index.html')).mtimeMs;
  } catch {
    return 0;
  }
};

/** Builds `out/` when it is missing or older than its sources; throws when the build fails. */
export const buildIfNeeded = () => {
  const sources = [
    'src/main',
    'src/preload',
    'src/renderer',
    'src/shared',
    'src/core',
    'src/doors',
    'src/simulator',
  ];
  const newest = Math.max(
    ...sources.map((folder) => newestIn(join(root, folder))),
    statSync(join(root, 'package-lock.json')).mtimeMs,
  );
  if (builtAt() >= newest) return;
  console.log('Building (once, a few seconds)…');
  const bin = join(
    dirname(createRequire(import.meta.url).resolve('electron-vite/package.json')),
    'bin',
    'electron-vite.js',
  );
  const build = spawnSync(process.execPath, [bin, 'build', '--logLevel', 'error'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (build.status !== 0) throw new Error(`The build failed:\n${build.stdout}${build.stderr}`);
};
