import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import pack from '../package.json' with { type: 'json' };

/** A checkout that has only what is put into `packages`. */
const checkout = (packages: readonly string[] | null) => {
  const root = mkdtempSync(join(tmpdir(), 'logto-desk-run-'));
  mkdirSync(join(root, 'scripts'));
  writeFileSync(join(root, 'package.json'), '{"type": "module"}');
  copyFileSync(join(import.meta.dirname, 'run.js'), join(root, 'scripts', 'run.js'));
  writeFileSync(join(root, 'program.js'), 'console.log(JSON.stringify(process.argv.slice(2)))');
  if (packages) mkdirSync(join(root, 'node_modules'));
  for (const name of packages ?? []) {
    mkdirSync(join(root, 'node_modules', name));
    writeFileSync(join(root, 'node_modules', name, 'package.json'), '{}');
  }
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(root, 'scripts', 'run.js'), 'program.js', '--port', '1'],
    { encoding: 'utf8' },
  );
  return { stdout, stderr, status };
};

test('before npm ci one sentence says what to do', () =>
  expect(checkout(null)).toEqual({
    stdout: '',
    stderr: 'Logto Desk needs its packages: run npm ci first.\n',
    status: 1,
  }));

test('after npm ci --omit=dev, too', () =>
  expect(checkout(['keytar'])).toEqual({
    stdout: '',
    stderr: 'Packages of Logto Desk are missing: run npm ci, without --omit=dev.\n',
    status: 1,
  }));

test('with its packages the program runs, with its own words', () =>
  expect(checkout(['keytar', 'commander', 'zod'])).toMatchObject({ stdout: '["--port","1"]\n', status: 0 }));

test('each command of ours is run that way', () =>
  expect(Object.values(pack.scripts).filter((line) => /^node (?!scripts\/run\.js )/.test(line))).toEqual([]));
