import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { converter } from '../../doors/workers.ts';
import { convert } from './convert.ts';

const folder = mkdtempSync(join(tmpdir(), 'logto-desk-convert-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.useRealTimers();
});

/** Begins to make a sheet of so many rows. */
const converted = (count: number, signal = new AbortController().signal) => {
  const path = join(folder, 'spool.ndjson');
  writeFileSync(path, Array.from({ length: count }, (_, n) => `{"id":"r${n}"}\n`).join(''));
  const spool = openSync(path, 'r');
  const asked = {
    spool,
    made: join(folder, 'made'),
    path: join(folder, 'made.xlsx'),
    format: 'xlsx' as const,
    title: 'Roles',
    columns: [{ id: 'id', kind: 'id' as const }],
    whole: false,
    bom: false,
    counts: null,
    names: null,
  };
  return convert(asked, converter, signal).finally(() => closeSync(spool));
};

test('a conversion that is cancelled says so, whoever is told of the end first', async () => {
  const control = new AbortController();
  const cancelled = converted(50_000, control.signal);
  control.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
});

test('whoever comes while a worker that rested is ended has another one', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  expect(await converted(3)).toMatchObject({ rows: 3 });
  // It rested for long enough, and begins to end.
  vi.advanceTimersByTime(60_000);
  expect(await converted(4)).toMatchObject({ rows: 4 });
  // Within its rest it is used again.
  vi.advanceTimersByTime(1);
  expect(await converted(5)).toMatchObject({ rows: 5 });
});
