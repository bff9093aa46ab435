import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSimulator, jobOf, type TestCore, testCore } from '../../doors/testing.ts';
import type { Row } from '../../shared/row.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { type Manifest, manifestPathOf } from './manifest.ts';
import type { ExportRequest } from './request.ts';

/** Exports in which rows lack, and are asked for again. */
let server: Simulator;
let held: TestCore;
let folder: string;
let profile: string;
const failing = new Set<string>();

beforeEach(async () => {
  server = await startSimulator({ users: 650, logs: 900, tied: [0, 0] });
  failing.clear();
  server.failsOn = ({ id }) => failing.has(String(id));
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-again-'));
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const hidden = () => readdirSync(folder).filter((name) => name.startsWith('.'));
const asked = (change: Partial<ExportRequest>): ExportRequest => ({
  query: { profile, resource: 'users', filters: {} },
  format: 'ndjson',
  columns: 'all',
  bom: false,
  mirrored: false,
  ...change,
});
const exported = async (change: Partial<ExportRequest>, path: string) => {
  const { id } = await held.core.startJob('export', asked(change), { path });
  return held.core.jobs.ended(id);
};
const again = async (id: string) => {
  const job = await held.core.resumeJob(id);
  return held.core.jobs.ended(job?.id ?? '');
};
const resumable = (id: string) => () => held.core.jobs.find(id)?.resumable;
const manifest = (path: string) => JSON.parse(readFileSync(manifestPathOf(path), 'utf8')) as Manifest;
const idsIn = async (path: string): Promise<string[]> => {
  const content = readFileSync(path);
  if (path.endsWith('json') && !path.endsWith('ndjson'))
    return (JSON.parse(String(content)) as Row[]).map(({ id }) => String(id));
  if (path.endsWith('parquet'))
    return (
      await parquetReadObjects({
        file: content.buffer.slice(content.byteOffset, content.byteOffset + content.length) as ArrayBuffer,
      })
    ).map(({ id }) => String(id));
  return String(content)
    .split('\n')
    .filter(Boolean)
    .map((line) => String((JSON.parse(line) as Row).id));
};
const everybody = () => server.tenant.users.map(({ id }) => id).sort();

test.each(['ndjson', 'json', 'parquet'] as const)(
  'a user that was cured is added, and only that page is read: %s',
  async (format) => {
    const path = join(folder, `users.${format}`);
    failing.add(server.tenant.users[310]?.id ?? '');
    const first = await exported({ format }, path);
    expect(first).toMatchObject({ state: 'done', result: { rows: 649, unreadable: 1 } });
    expect(manifest(path)).toMatchObject({
      complete: false,
      report: { lacks: [{ kind: 'unreadable', rows: 1, place: 310 }] },
    });
    expect(await idsIn(path)).toHaveLength(649);
    await expect.poll(resumable(first.id)).toBe(true);

    // Not cured yet.
    const second = await again(first.id);
    expect(second).toMatchObject({ state: 'done', result: { rows: 649, unreadable: 1 } });
    // It was made of a copy of the file, and is the owner's alone as that was.
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await expect.poll(resumable(second.id)).toBe(true);

    failing.clear();
    const before = server.seen.length;
    const third = await again(second.id);
    expect(third).toMatchObject({ state: 'done', result: { rows: 650, unreadable: 0, lacks: [] } });
    expect(server.seen.length - before).toBe(2);
    expect((await idsIn(path)).sort()).toEqual(everybody());
    expect(manifest(path)).toMatchObject({ complete: true, file: { rows: 650 } });
    expect(hidden()).toEqual([]);
    expect(held.core.settings.keptJobs).toEqual([]);
  },
);

test('logs are asked for again in the time that lacks', async () => {
  const path = join(folder, 'logs.ndjson');
  failing.add(server.tenant.logs.row(500).id);
  const query = { profile, resource: 'logs', filters: {} };
  const first = await exported({ query }, path);
  expect(first).toMatchObject({ state: 'done', result: { rows: 899, unreadable: 1 } });
  await expect.poll(resumable(first.id)).toBe(true);
  failing.clear();
  const before = server.seen.length;
  const second = await again(first.id);
  expect(second).toMatchObject({ result: { rows: 900, unreadable: 0, missing: 0 } });
  expect(server.seen.length - before).toBeLessThan(5);
  expect(new Set(await idsIn(path)).size).toBe(900);
  expect(hidden()).toEqual([]);
});

test('of lists below rows those that lack are read again, and no other', async () => {
  const path = join(folder, 'members.ndjson');
  const [organization = '', members] = [...server.tenant.usersByOrganization][2] ?? [];
  const [member = ''] = [...(members ?? [])];
  failing.add(member);
  const query = { profile, resource: 'organizations', filters: {} };
  const first = await exported({ query, below: 'organization-users' }, path);
  const total = [...server.tenant.usersByOrganization.values()].reduce((sum, { size }) => sum + size, 0);
  expect(first).toMatchObject({ state: 'done', result: { rows: total - 1, unreadable: 1 } });
  expect(first.result?.lacks).toMatchObject([{ kind: 'unreadable', parent: { id: organization } }]);
  await expect.poll(resumable(first.id)).toBe(true);
  failing.clear();
  const before = server.seen.length;
  const second = await again(first.id);
  expect(second).toMatchObject({ result: { rows: total, unreadable: 0, lacks: [] } });
  const paths = new Set(server.seen.slice(before).map(({ path: on }) => on));
  expect([...paths]).toEqual([`/api/organizations/${organization}/users`]);
  const rows = String(readFileSync(path)).split('\n').filter(Boolean);
  expect(new Set(rows).size).toBe(total);
  expect(manifest(path).complete).toBe(true);
});

test('a list that the server fails on as a whole lacks, and the others are there', async () => {
  const path = join(folder, 'members.ndjson');
  const [organization = '', members] = [...server.tenant.usersByOrganization][2] ?? [];
  server.faults.add(
    { kind: 'status', status: 500 },
    { on: ({ path: on }) => on === `/api/organizations/${organization}/users`, times: 9_999 },
  );
  const query = { profile, resource: 'organizations', filters: {} };
  const first = await exported({ query, below: 'organization-users' }, path);
  const total = [...server.tenant.usersByOrganization.values()].reduce((sum, { size }) => sum + size, 0);
  const size = members?.size ?? 0;
  expect(first).toMatchObject({ state: 'done', result: { rows: total - size, unreadable: 1 } });
  await expect.poll(resumable(first.id)).toBe(true);
  server.faults.clear();
  expect(await again(first.id)).toMatchObject({ result: { rows: total, unreadable: 0 } });
});

test('a file that somebody changed since is written anew', async () => {
  const path = join(folder, 'users.ndjson');
  failing.add(server.tenant.users[310]?.id ?? '');
  const first = await exported({}, path);
  await expect.poll(resumable(first.id)).toBe(true);
  writeFileSync(path, String(readFileSync(path)).replace('"id"', '"ID"'));
  failing.clear();
  expect(await again(first.id)).toMatchObject({ result: { rows: 650 } });
  expect((await idsIn(path)).sort()).toEqual(everybody());
  expect(hidden()).toEqual([]);
});

test('what is kept for it goes when the job is dismissed', async () => {
  const path = join(folder, 'users.parquet');
  failing.add(server.tenant.users[310]?.id ?? '');
  const first = await exported({ format: 'parquet' }, path);
  await expect.poll(resumable(first.id)).toBe(true);
  expect(hidden()).not.toEqual([]);
  await held.core.dismiss(first.id);
  expect(hidden()).toEqual([]);
  expect(await idsIn(path)).toHaveLength(649);
});

test('after a restart it is offered again with what it lacks, and only those rows are asked for', async () => {
  const path = join(folder, 'users.parquet');
  failing.add(server.tenant.users[310]?.id ?? '');
  const first = await exported({ format: 'parquet' }, path);
  await expect.poll(() => held.core.settings.keptJobs[0]?.ended?.result).toMatchObject({ unreadable: 1 });
  await using next = testCore({}, { dataDir: held.dataDir });
  await next.core.takeUp();
  const [shown] = next.core.jobs.list();
  expect(shown).toMatchObject({
    state: 'done',
    resumable: true,
    title: 'users',
    path,
    rows: 649,
    endedAt: first.endedAt,
    error: null,
    result: { rows: 649, unreadable: 1, lacks: [{ kind: 'unreadable', place: 310 }] },
  });
  failing.clear();
  // The secret was for the run that ended.
  await next.core.secrets.set(next.core.profiles.get(profile), server.tokens.apps[0]?.secret ?? '', 'memory');
  const job = await next.core.resumeJob(shown?.id ?? '');
  expect(await next.core.jobs.ended(job?.id ?? '')).toMatchObject({ result: { rows: 650, unreadable: 0 } });
  // A token, that page, and the count.
  expect(server.seen.filter(({ path: on }) => on === '/api/users').length).toBeLessThan(40);
  expect((await idsIn(path)).sort()).toEqual(everybody());
  expect(hidden()).toEqual([]);
  await expect.poll(() => next.core.settings.keptJobs).toEqual([]);
});

test('a folder in which a list lacks rows is offered again after a restart, too', async () => {
  const place = join(folder, 'tenant');
  failing.add(server.tenant.users[310]?.id ?? '');
  const items = ['roles', 'users'].map((resource) => ({
    name: resource,
    query: { profile, resource, filters: {} },
  }));
  const job = await held.core.startJob('folder', {
    items,
    format: 'ndjson',
    folder: place,
    resume: false,
    mirrored: false,
  });
  await held.core.jobs.ended(job.id);
  await expect.poll(() => held.core.settings.keptJobs[0]?.ended?.result).toMatchObject({ files: [{}, {}] });
  await using next = testCore({}, { dataDir: held.dataDir });
  await next.core.takeUp();
  const [shown] = next.core.jobs.list();
  expect(shown).toMatchObject({
    kind: 'folder',
    state: 'done',
    resumable: true,
    result: { files: [{ state: 'complete' }, { state: 'incomplete', report: { unreadable: 1 } }] },
  });
  failing.clear();
  await next.core.secrets.set(next.core.profiles.get(profile), server.tokens.apps[0]?.secret ?? '', 'memory');
  const again = await next.core.resumeJob(shown?.id ?? '');
  const done = await next.core.jobs.ended(again?.id ?? '');
  expect(jobOf(done, 'folder').result?.files.map(({ state }) => state)).toEqual(['kept', 'complete']);
});

test('one whose file is gone is not, and nothing of it is left', async () => {
  const path = join(folder, 'users.parquet');
  failing.add(server.tenant.users[310]?.id ?? '');
  await exported({ format: 'parquet' }, path);
  await expect.poll(() => held.core.settings.keptJobs[0]?.ended?.at).toBeGreaterThan(0);
  rmSync(path);
  await using next = testCore({}, { dataDir: held.dataDir });
  await next.core.takeUp();
  expect(next.core.jobs.list()).toEqual([]);
  expect(hidden()).toEqual([]);
  expect(next.core.settings.keptJobs).toEqual([]);
});

test('users joined with their roles are asked for again as a whole', async () => {
  const path = join(folder, 'users.ndjson');
  failing.add(server.tenant.users[310]?.id ?? '');
  const first = await exported({ joined: ['roles'] }, path);
  expect(first).toMatchObject({ state: 'done', result: { rows: 649, unreadable: 1 } });
  await expect.poll(resumable(first.id)).toBe(true);
  expect(hidden()).toEqual([]);
  failing.clear();
  const second = await again(first.id);
  expect(second).toMatchObject({
    state: 'done',
    result: { rows: 650, unreadable: 0, joined: { whole: true } },
  });
  expect((await idsIn(path)).sort()).toEqual(everybody());
  expect(held.core.settings.keptJobs).toEqual([]);
});

test.each([
  {
    columns: 'joined with their roles, of which nothing is kept beside it,',
    joined: ['roles'],
    isOffered: true,
  },
  { columns: 'of which nobody knows what was read', joined: [], isOffered: false },
])('after a restart a file of users $columns is offered again: $isOffered', async ({ joined, isOffered }) => {
  const path = join(folder, 'users.ndjson');
  failing.add(server.tenant.users[310]?.id ?? '');
  await exported(joined.length > 0 ? { joined } : {}, path);
  await expect.poll(() => held.core.settings.keptJobs[0]?.ended?.result).toMatchObject({ unreadable: 1 });
  expect(hidden().length > 0).toBe(!isOffered);
  for (const name of hidden()) rmSync(join(folder, name));
  await using next = testCore({}, { dataDir: held.dataDir });
  await next.core.takeUp();
  expect(next.core.jobs.list().map(({ resumable }) => resumable)).toEqual(isOffered ? [true] : []);
});

test('picked rows are asked for again, and not remembered longer than the program runs', async () => {
  const path = join(folder, 'users.ndjson');
  const [one, other] = server.tenant.users.slice(300).map(({ id }) => id);
  failing.add(String(other));
  const picked = [
    { id: String(one), index: 300 },
    { id: String(other), index: 301 },
  ];
  const first = await exported({ picked }, path);
  expect(first).toMatchObject({ state: 'done', result: { rows: 1, missing: 1 } });
  await expect.poll(resumable(first.id)).toBe(true);
  expect(held.core.settings.keptJobs).toEqual([]);
  failing.clear();
  expect(await again(first.id)).toMatchObject({ result: { rows: 2, missing: 0 } });
  expect(await idsIn(path)).toEqual([one, other]);
});

test('a copy that lacks rows says where, and is asked for those lists again', async () => {
  failing.add(server.tenant.users[310]?.id ?? '');
  const job = await held.core.startJob('copy', { profile, resources: ['users', 'roles'], below: false });
  const first = await held.core.jobs.ended(job.id);
  expect(first.result?.lists).toMatchObject([
    { resource: 'users', rows: 649, whole: false, report: { unreadable: 1, lacks: [{ place: 310 }] } },
    { resource: 'roles', whole: true },
  ]);
  await expect.poll(resumable(first.id)).toBe(true);
  failing.clear();
  const before = server.seen.length;
  const second = await again(first.id);
  expect(jobOf(second, 'copy').result?.lists).toMatchObject([
    { resource: 'users', rows: 650, whole: true },
    { resource: 'roles', whole: true },
  ]);
  expect(server.seen.slice(before).every(({ path }) => path === '/api/users')).toBe(true);
});
