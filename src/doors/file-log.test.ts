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
