import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PartialFile } from './partial-file.ts';
import { fileTarget } from './writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'logto-desk-plain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const asked = { asked: 'all', resume: false, now: 1 };

test.each([
  ['a pipe', (path: string) => execFileSync('mkfifo', [path]), 'it is a device or a pipe'],
  ['a link to a device', (path: string) => symlinkSync('/dev/zero', path), 'it is a device or a pipe'],
  ['a folder', (path: string) => execFileSync('mkdir', [path]), 'it is a folder'],
])('%s is not written over, and nothing is left beside it', async (name, make, reason) => {
  const path = join(folder, name);
  make(path);
  const [there, before] = [lstatSync(path).mode, readdirSync(folder)];
  const refused = expect.objectContaining({ code: 'export.not_writable', detail: { where: path, reason } });
  await expect(PartialFile.open({ path, ...asked })).rejects.toEqual(refused);
  await expect(fileTarget(path)).rejects.toEqual(refused);
  expect([lstatSync(path).mode, readdirSync(folder)]).toEqual([there, before]);
});

test('a file that is there is written over', async () => {
  const path = join(folder, 'there.csv');
  writeFileSync(path, 'before');
  const part = await PartialFile.open({ path, ...asked });
  await part.discard();
  const target = await fileTarget(path);
  await target.discard();
});
