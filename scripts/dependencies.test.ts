import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));

type Locked = {
  version?: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  optional?: boolean;
};
const packages = Object.entries(read('package-lock.json').packages as Record<string, Locked>).filter(
  ([at]) => at,
);
const manifest = read('package.json') as {
  dependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};
const nameOf = (at: string) => at.split('node_modules/').at(-1) ?? '';

test('every package is locked to one version', () =>
  expect(packages.filter(([, { version }]) => !/^\d+\.\d+\.\d+/.test(version ?? ''))).toEqual([]));

test('every package is held to its checksum, but programs for other systems that are not installed here', () => {
  const unchecked = packages.filter(([, { integrity }]) => !integrity);
  expect(unchecked.filter(([at, { optional }]) => !optional || !at.includes('@biomejs/cli-'))).toEqual([]);
});

test('no package comes from a repository or a file', () =>
  expect(packages.filter(([, { resolved }]) => resolved && !resolved.startsWith('https:'))).toEqual([]));

test('a package that runs something at install is named, and only Node’s own may', () => {
  const scripts = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([at]) => nameOf(at));
  const decided = Object.keys(manifest.allowScripts);
  // `fsevents` is for macOS alone, where npm asks.
  expect(scripts.filter((name) => !decided.includes(name) && name !== 'fsevents')).toEqual([]);
  expect(Object.entries(manifest.allowScripts).filter(([, allowed]) => allowed)).toEqual([['node', true]]);
});

test('the product carries the keychain module and the updater; all else is built in', () =>
  expect(Object.keys(manifest.dependencies).sort()).toEqual(['electron-updater', 'keytar']));

test('the lock file has all that is asked for, for every system: `npm ci` refuses it otherwise', () => {
  const { status, stderr } = spawnSync(
    'npm',
    ['ci', '--dry-run', '--ignore-scripts', '--no-audit', '--no-fund'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  expect(status, stderr).toBe(0);
});
