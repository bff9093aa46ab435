import { fdatasync, fstatSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DurableWrites } from './durable-writes.ts';

const toDisk = promisify(fdatasync);
let folder: string;
let path: string;
let db: DatabaseSync;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-test-'));
  path = join(folder, 'j.sqlite');
  db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE t (n INTEGER PRIMARY KEY)');
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const put = (n: number) => () => {
  db.prepare('INSERT INTO t VALUES (?)').run(n);
  return n;
};
const all = () =>
  db
    .prepare('SELECT n FROM t ORDER BY rowid')
    .all()
    .map(({ n }) => n);

test('a write resolves once its file is on the disk, and what came meanwhile goes there together', async () => {
  const gates: (() => void)[] = [];
  const writes = new DurableWrites(db, async (file) => {
    expect(fstatSync(file).ino).toBe(statSync(`${path}-wal`).ino);
    const { promise, resolve } = Promise.withResolvers<void>();
    gates.push(resolve);
    await promise;
    await toDisk(file);
  });
  const ended: number[] = [];
  const write = (n: number) =>
    writes.write(put(n)).then((one) => {
      ended.push(one);
    });
  const [first, second] = [write(1), write(2)];
  await expect.poll(() => gates.length).toBe(1);
  const others = [3, 4, 5].map(write);
  await turn();
  // Committed, but not on the disk yet; the others wait for the one after.
  expect([ended, all(), gates.length]).toEqual([[], [1, 2], 1]);
  gates[0]?.();
  await Promise.all([first, second]);
  await expect.poll(() => gates.length).toBe(2);
  gates[1]?.();
  await Promise.all(others);
  expect(ended).toEqual([1, 2, 3, 4, 5]);
  expect(gates).toHaveLength(2);
  writes.close();
});

test('a write is never left lying, whenever it comes', async () => {
  const writes = new DurableWrites(db);
  for (let n = 0; n < 30; n += 3) {
    const [first] = await Promise.all([writes.write(put(n)), writes.write(put(n + 1))]);
    await Promise.resolve();
    expect([first, await writes.write(put(n + 2))]).toEqual([n, n + 2]);
  }
  writes.close();
});

test('where the disk fails, nobody is told that it is there; the next one is tried', async () => {
  let isFull = true;
  const writes = new DurableWrites(db, (file) => (isFull ? Promise.reject(new Error('EIO')) : toDisk(file)));
  await expect(writes.write(put(1))).rejects.toThrow('EIO');
  isFull = false;
  await expect(writes.write(put(2))).resolves.toBe(2);
  await expect(writes.write(put(2))).rejects.toThrow('UNIQUE');
  await expect(writes.write(put(3))).resolves.toBe(3);
  writes.close();
});
