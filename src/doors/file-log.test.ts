import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileLog } from './file-log.ts';

test('what reaches the file is redacted, whatever was logged, and only its owner can read it', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-log-'));
  const log = fileLog(dataDir);
  const cause = new Error('POST failed with client_secret=hunter2');
  log.error('Authorization: Basic aHVudGVyMjpodW50ZXIy');
  for (const thing of [cause, { headers: { authorization: 'Bearer hunter2' } }, ['password: hunter2']])
    (log.warn as (thing: unknown) => void)(thing);
  log.info('list.page: DeskError');
  const file = join(dataDir, 'logs', 'desk.log');
  const text = readFileSync(file, 'utf8');
  expect(text).not.toMatch(/hunter2|aHVudGVyMj/);
  expect(text).toContain('POST failed with client_secret=[redacted]');
  expect(text).toContain('list.page: DeskError');
  expect(statSync(file).mode & 0o077).toBe(0);
});

test('nothing that a terminal obeys stands in the file, whoever wrote it', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-log-'));
  const log = fileLog(dataDir);
  const hostile = 'refused \u001b]52;c;cm0gLXJm\u0007\u001b[2J\u009b31m \u202e\r over';
  log.error(hostile);
  (log.warn as (thing: unknown) => void)(new Error(hostile));
  (log.warn as (thing: unknown) => void)({ reason: hostile });
  const text = readFileSync(join(dataDir, 'logs', 'desk.log'), 'utf8');
  expect(text).toContain('⟨U+001B⟩');
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
});
