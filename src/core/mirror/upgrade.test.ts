import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import type { Query } from '../../shared/query.ts';
import type { Row } from '../../shared/row.ts';
import { LogData } from '../../simulator/log-data.ts';
import { Scratch } from '../base/scratch.ts';
import { Mirrors } from './mirror.ts';
import { MirrorStore } from './store.ts';

const owner = { endpoint: 'http://127.0.0.1:9', tenant: 'https://default.logto.app/api' };
const folder = mkdtempSync(join(tmpdir(), 'logto-desk-upgrade-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const logs = new LogData({
  count: 1_700,
  seed: 3,
  anchor: Date.UTC(2026, 10, 20),
  users: 40,
  userIds: (index) => `user${index}`,
  apps: ['a', 'b'],
  machines: ['m'],
});
const rows: Row[] = Array.from({ length: logs.length }, (_, at) => ({ ...logs.row(at) }));

/** The tables as the first program wrote them, with what it had of words. */
const firstSchema = `
  CREATE TABLE rows (
    number INTEGER PRIMARY KEY,
    resource TEXT NOT NULL,
    parent TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at INTEGER,
    seen_at INTEGER NOT NULL,
    gone_at INTEGER,
    UNIQUE (resource, parent, id)
  );
  CREATE INDEX rows_by_id ON rows (resource, id);
  CREATE INDEX rows_in_order ON rows (resource, parent, gone_at, made_at DESC);
  CREATE TABLE lists (
    resource TEXT NOT NULL,
    parent TEXT NOT NULL,
    whole_at INTEGER,
    since INTEGER,
    seen_at INTEGER NOT NULL,
    reached INTEGER,
    PRIMARY KEY (resource, parent)
  );
  CREATE TABLE progress (
    resource TEXT NOT NULL,
    parent TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    begins INTEGER,
    state TEXT,
    PRIMARY KEY (resource, parent)
  );
  CREATE TABLE owner (endpoint TEXT NOT NULL, tenant TEXT NOT NULL);
  CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'trigram', content = '', contentless_delete = 1);
  PRAGMA user_version = 1; PRAGMA application_id = ${0x4c44_6d72};
`;

/** A copy as the first program left it; its last three logs are gone from the server. */
const firstCopy = (name: string): string => {
  const path = join(folder, name);
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA journal_mode = WAL; ${firstSchema}`);
  db.prepare('INSERT INTO owner VALUES (?, ?)').run(owner.endpoint, owner.tenant);
  db.exec('BEGIN');
  const add = db.prepare(
    'INSERT INTO rows (resource, parent, id, body, made_at, seen_at, gone_at) VALUES (?, ?, ?, ?, ?, 5, ?)',
  );
  const learn = db.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)');
  const keep = (resource: string, parent: string, row: Row, text: string, goneAt: number | null) => {
    const made = typeof row.createdAt === 'number' ? row.createdAt : null;
    const { lastInsertRowid } = add.run(resource, parent, String(row.id), JSON.stringify(row), made, goneAt);
    learn.run(lastInsertRowid, text);
  };
  for (const [at, row] of rows.entries())
    keep('logs', '', row, `${row.id}\n${row.key}`, at >= rows.length - 3 ? 9 : null);
  keep('roles', '', { id: 'r1', name: 'Quetzal keeper' }, 'r1\nQuetzal keeper', null);
  keep('role-users', 'r1', { id: 'user3', name: 'Three' }, 'user3\nThree', null);
  db.exec(
    "INSERT INTO lists VALUES ('logs', '', 8, NULL, 8, 1), ('roles', '', 8, NULL, 8, NULL), ('role-users', 'r1', 8, NULL, 8, NULL); COMMIT",
  );
  db.close();
  return path;
};

const views: Query[] = [
  { profile: 'p', resource: 'logs', filters: {} },
  { profile: 'p', resource: 'logs', filters: {}, sort: { column: 'payload.ip', descending: true } },
  {
    profile: 'p',
    resource: 'logs',
    filters: {},
    where: [{ column: 'payload.result', mode: 'is', value: 'Error' }],
  },
  { profile: 'p', resource: 'role-users', parent: 'r1', filters: {} },
];
const answersOf = (store: MirrorStore) => [
  ...views.map((query) => {
    const { rows: found, total } = store.page(query, 0, 2_000, 1);
    return { total, ids: found.map(({ id }) => id) };
  }),
  store.counts(views[0] as Query, { column: 'key', bucket: null }, 99, 1).counts,
  ...['Quetzal', String(rows[40]?.id), 'RevokeToken'].map((text) =>
    store.search(text, 9).hits.map(({ id }) => id),
  ),
  store.row('role-users', 'user3'),
  store.lists('logs'),
];

const toEnd = (store: MirrorStore): number => {
  let steps = 1;
  while (!store.upgrade()) steps += 1;
  return steps;
};

test('a copy of an earlier program answers at once, at every step into typed columns, and at its end', () => {
  const store = new MirrorStore(firstCopy('steps.sqlite'), owner, 10);
  const before = answersOf(store);
  expect(before[0]).toMatchObject({ total: rows.length - 3 });
  expect(store.upgrading).toEqual({ done: 0, of: rows.length + 2 });
  let last = 0;
  while (!store.upgrade()) {
    expect(answersOf(store)).toEqual(before);
    const { done = 0 } = store.upgrading ?? {};
    expect(done).toBeGreaterThan(last);
    last = done;
  }
  expect(last).toBeGreaterThan(0);
  expect(store.upgrading).toBeNull();
  expect(answersOf(store)).toEqual(before);
  store.close();
  const db = new DatabaseSync(join(folder, 'steps.sqlite'));
  expect(db.prepare('SELECT count(*) AS cells FROM cells').get()).toEqual({ cells: rows.length - 1 });
  expect(db.prepare('SELECT resource, rows, whole FROM shelves ORDER BY resource').all()).toEqual([
    { resource: 'logs', rows: rows.length - 3, whole: 1 },
    { resource: 'role-users', rows: 1, whole: 1 },
    { resource: 'roles', rows: 1, whole: 1 },
  ]);
  expect(
    db
      .prepare("SELECT count(*) AS left FROM sqlite_schema WHERE name LIKE 'words%' OR name = 'rows_by_id'")
      .get(),
  ).toEqual({ left: 0 });
  db.close();
});

test('what is written between the steps is as it was written: new, changed, gone and back', () => {
  const changed = new MirrorStore(firstCopy('written.sqlite'), owner, 10);
  const fresh = new MirrorStore(join(folder, 'fresh.sqlite'), owner, 10);
  const write = (store: MirrorStore) => {
    store.put(
      'logs',
      '',
      [
        { ...rows[1_650], key: 'Changed.Late', createdAt: 5 },
        { ...rows[3], key: 'Changed.Early' },
      ],
      20,
    );
    store.put(
      'logs',
      '',
      [{ id: 'new', key: 'New.One', createdAt: Date.UTC(2027, 0) }, rows.at(-1) ?? {}],
      21,
    );
    const startedAt = store.begin('roles', '', 30, null);
    store.finish('roles', '', { startedAt, at: 31, since: null, marksGone: true });
  };
  fresh.put('logs', '', rows, 5);
  const startedAt = fresh.begin('logs', '', 8, null);
  fresh.putCopied('logs', '', rows.slice(0, -3), startedAt, null);
  fresh.finish('logs', '', { startedAt, at: 9, since: null, marksGone: true });
  fresh.put('roles', '', [{ id: 'r1', name: 'Quetzal keeper' }], 5);
  changed.upgrade();
  write(changed);
  write(fresh);
  const idsOf = (store: MirrorStore, query: Query) =>
    store
      .page(query, 0, 2_000, 1)
      .rows.map(({ id }) => id)
      .sort();
  const same = () => {
    for (const query of views.slice(0, 3)) expect(idsOf(changed, query)).toEqual(idsOf(fresh, query));
    for (const text of ['changed.late', 'changed.early', 'new.one', 'quetzal', String(rows[3]?.id)])
      expect(changed.search(text, 9).hits.map(({ id }) => id)).toEqual(
        fresh.search(text, 9).hits.map(({ id }) => id),
      );
    expect(changed.page(views[0] as Query, 0, 0, 1).total).toBe(rows.length - 1);
  };
  same();
  toEnd(changed);
  same();
  changed.close();
  fresh.close();
});

test('a copy that was left in the midst of it resumes where it was, also in another program at once', () => {
  const path = firstCopy('left.sqlite');
  const first = new MirrorStore(path, owner, 10);
  const before = answersOf(first);
  first.upgrade();
  first.upgrade();
  // As a killed program leaves it: the file and what SQLite keeps beside it.
  const left = join(folder, 'killed.sqlite');
  for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${left}${end}`);
  const again = new MirrorStore(left, owner, 11);
  expect(again.upgrading?.done).toBe(first.upgrading?.done);
  expect(answersOf(again)).toEqual(before);
  expect(toEnd(again)).toBeLessThan(toEnd(first) + 1);
  expect(answersOf(again)).toEqual(before);
  again.close();
  const other = new MirrorStore(path, owner, 12);
  expect(other.upgrading).toBeNull();
  expect(answersOf(other)).toEqual(before);
  other.close();
  first.close();
});

test('columns that a newer catalogue has are filled for the rows that are there', () => {
  const path = join(folder, 'layout.sqlite');
  const store = new MirrorStore(path, owner, 1);
  store.put('logs', '', rows, 1);
  const before = answersOf(store);
  store.close();
  const db = new DatabaseSync(path);
  db.exec(`UPDATE shelves SET layout = '["id"]' WHERE resource = 'logs'; UPDATE cells SET c0 = c1`);
  db.close();
  const newer = new MirrorStore(path, owner, 2);
  expect(newer.upgrading).not.toBeNull();
  expect(answersOf(newer)).toEqual(before);
  toEnd(newer);
  expect(newer.upgrading).toBeNull();
  expect(answersOf(newer)).toEqual(before);
  newer.close();
});

test('what came often in rows that are deleted goes with them, also from another program’s memory', () => {
  const path = join(folder, 'forgotten.sqlite');
  const store = new MirrorStore(path, owner, 1);
  const log = (at: number, ip: string, agent: string): Row => ({
    id: `log-${at}`,
    key: 'Interaction.End',
    payload: { ip, userAgent: agent },
    createdAt: at,
  });
  const made = (from: number, ip: string, agent: string) =>
    Array.from({ length: 20 }, (_, at) => log(from + at, ip, agent));
  store.put(
    'logs',
    '',
    [...made(100, '203.0.113.5', 'Kept Agent 2.0'), ...made(1, '198.51.100.77', 'Forgotten Agent 1.0')],
    1,
  );
  const other = new MirrorStore(path, owner, 1);
  const query: Query = { profile: 'p', resource: 'logs', filters: {} };
  const byIp = (one: MirrorStore) => one.counts(query, { column: 'payload.ip', bucket: null }, 9, 1).counts;
  expect(byIp(other)).toHaveLength(2);
  expect(store.forgetBefore(50)).toBe(20);
  // A program that starts now gives the numbers of what was forgotten to other values.
  const fresh = new MirrorStore(path, owner, 2);
  fresh.put('logs', '', made(200, '192.0.2.9', 'Another Agent 3.0'), 2);
  fresh.close();
  for (const one of [store, other]) {
    expect(byIp(one)).toEqual([
      { value: '192.0.2.9', count: 20 },
      { value: '203.0.113.5', count: 20 },
    ]);
    expect(one.search('kept agent', 99).hits).toHaveLength(20);
    expect(one.search('another agent', 99).hits).toHaveLength(20);
    expect(one.search('forgotten agent', 99).hits).toEqual([]);
  }
  other.put('logs', '', made(300, '203.0.113.5', 'Forgotten Agent 1.0'), 3);
  expect(byIp(store)[0]).toEqual({ value: '203.0.113.5', count: 40 });
  expect(store.search('forgotten agent', 99).hits).toHaveLength(20);
  expect(store.forgetBefore(310)).toBe(50);
  other.close();
  store.close();
  expect(readFileSync(path).includes('198.51.100.77')).toBe(false);
  expect(readFileSync(path).includes('192.0.2.9')).toBe(false);
});

test('the worker takes an earlier copy along by itself, and breaks off what nobody waits for', async () => {
  const own = join(folder, 'worker');
  mkdirSync(own);
  const tenant = { id: 'earlier', kind: 'oss' as const, endpoint: owner.endpoint, resource: owner.tenant };
  copyFileSync(firstCopy('by-itself.sqlite'), join(own, 'earlier.sqlite'));
  const mirrors = new Mirrors({
    folder: own,
    worker: new URL('./worker.ts', import.meta.url),
    scratch: new Scratch(join(folder, 'scratch')),
    clock: Date.now,
  });
  const query: Query = { profile: 'earlier', resource: 'logs', filters: {} };
  expect((await mirrors.page(tenant, query, 0, 1)).total).toBe(rows.length - 3);
  await expect.poll(async () => (await mirrors.about(tenant)).upgrading, { timeout: 30_000 }).toBeNull();
  expect((await mirrors.page(tenant, query, 0, 1)).total).toBe(rows.length - 3);
  const leaving = new AbortController();
  const sorted = { ...query, sort: { column: 'payload.ip', descending: false } };
  const asked = mirrors.page(tenant, sorted, 0, 1, undefined, leaving.signal);
  leaving.abort();
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
  expect((await mirrors.page(tenant, sorted, 0, 1)).rows).toHaveLength(1);
  await mirrors.stop();
});

test('a copy of a newer program is refused and left as it is', () => {
  const path = join(folder, 'newer.sqlite');
  new MirrorStore(path, owner, 1).close();
  const db = new DatabaseSync(path);
  db.exec('PRAGMA user_version = 3');
  db.close();
  expect(() => new MirrorStore(path, owner, 2)).toThrow(expect.objectContaining({ code: 'mirror.newer' }));
  const after = new DatabaseSync(path);
  expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: 3 });
  // The first program takes it for another program's, and does not set it aside.
  expect(after.prepare('PRAGMA application_id').get()).not.toEqual({ application_id: 0x4c44_6d72 });
  after.close();
});

test('what nobody waits for any more ends, and the next one answers', () => {
  const store = new MirrorStore(join(folder, 'cancelled.sqlite'), owner, 1);
  store.put('logs', '', rows, 1);
  const cancelled = expect.objectContaining({ code: 'cancelled' });
  const asked: (() => unknown)[] = [
    () => store.page(views[1] as Query, 0, 10, 1),
    () => store.counts(views[2] as Query, { column: 'key', bucket: null }, 9, 1),
  ];
  for (const ask of asked) {
    expect(() => store.during(() => true, ask)).toThrow(cancelled);
    expect(ask()).toBeTruthy();
  }
  store.close();
});
