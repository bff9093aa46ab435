import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { unreadableOf } from '../../shared/row.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';

let server: Simulator;
let held: TestCore;
let now = Date.now();

const open = async () => {
  server = await startSimulator({ users: 250, logs: 300, tied: [0, 0] });
  held = testCore({ clock: () => now, retry: { tries: 1, baseMs: 1, longestMs: 1 } });
  return (await addSimulator(held.core, server)).id;
};
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const users = (profile: string) => ({ query: { profile, resource: 'users', filters: {} }, index: 0 });

/** What was looked at is kept in the background. */
const keptRows = async (profile: string, rows: number) =>
  expect
    .poll(async () =>
      (await held.core.mirrors.about(held.core.profiles.get(profile))).lists.reduce(
        (sum, list) => sum + list.rows,
        0,
      ),
    )
    .toBe(rows);

test('a page that was looked at is there when the server is gone, and says how old it is', async () => {
  const profile = await open();
  const { core } = held;
  const online = await core.pages.page(users(profile), {});
  expect(online.mirror).toBeUndefined();
  await keptRows(profile, 100);
  const seenAt = now;
  await server.stop();
  now += 60_000;
  const offline = await core.pages.page(users(profile), {});
  expect(offline.rows.map(({ id }) => id)).toEqual(online.rows.map(({ id }) => id));
  expect(offline).toMatchObject({ total: 100, mirror: { asOf: seenAt, whole: false } });
  await expect(core.pages.page({ ...users(profile), index: 1 }, {})).rejects.toMatchObject({
    code: 'network.refused',
  });
  const [first] = online.rows;
  expect(await core.pages.row(profile, 'users', String(first?.id), {})).toMatchObject({ name: first?.name });
  const names = await core.pages.names(profile, 'users', [String(first?.id), 'nobody']);
  expect(names).toEqual({ [String(first?.id)]: first?.name });
});

test('a server that was not reached is left alone for a moment, unless it is asked anew, which others then do, too', async () => {
  const profile = await open();
  const { core } = held;
  await core.pages.page(users(profile), {});
  await keptRows(profile, 100);
  const { port } = new URL(server.endpoint);
  await server.stop();
  const byCopy = { mirror: expect.objectContaining({ whole: false }) };
  expect(await core.pages.page(users(profile), {})).toMatchObject(byCopy);
  server = await startSimulator({ tenant: server.tenant, apps: server.tokens.apps, port: Number(port) });
  const asked = () => server.seen.filter(({ path }) => path === '/api/users').length;
  expect(await core.pages.page(users(profile), {})).toMatchObject(byCopy);
  expect(asked()).toBe(0);
  expect((await core.pages.page(users(profile), { anew: true })).mirror).toBeUndefined();
  expect((await core.pages.page(users(profile), {})).mirror).toBeUndefined();
  expect(asked()).toBeGreaterThanOrEqual(2);
});

test('a list that was never looked at tells why the server was not reached', async () => {
  const profile = await open();
  await server.stop();
  await expect(held.core.pages.page(users(profile), {})).rejects.toMatchObject({ code: 'network.refused' });
  await expect(held.core.pages.fromMirror(users(profile))).rejects.toMatchObject({ code: 'mirror.empty' });
});

test('a copy of the logs of some time has all of that time, and says that it has not all', async () => {
  const profile = await open();
  const { core } = held;
  const since = server.tenant.logs.times[99] ?? 0;
  const copy = async (logsSince?: number) => {
    const asked = { profile, resources: ['logs'], ...(logsSince ? { logsSince } : {}) };
    return core.jobs.ended((await core.startJob('copy', asked)).id);
  };
  const page = (filters: Record<string, string[]>) =>
    core.pages.fromMirror({ query: { profile, resource: 'logs', filters }, index: 0 });
  const recent = server.tenant.logs.times.filter((time) => time >= since).length;
  await copy(since);
  expect(await page({})).toMatchObject({ total: recent, mirror: { whole: false } });
  expect(await page({ time: [String(since), ''] })).toMatchObject({ total: recent, mirror: { whole: true } });
  // The same time again reads on from the newest; all of it begins at the beginning.
  await copy(since);
  expect(await page({})).toMatchObject({ mirror: { whole: false } });
  await copy();
  expect(await page({})).toMatchObject({ total: 300, mirror: { whole: true } });
  await copy(since);
  expect(await page({})).toMatchObject({ total: 300, mirror: { whole: true } });
});

test('what the server refuses is its answer: nothing older is shown instead', async () => {
  const profile = await open();
  await held.core.pages.page(users(profile), {});
  await keptRows(profile, 100);
  server.faults.add(
    { kind: 'status', status: 500, body: { message: 'no' } },
    { on: '/api/users', times: 9_999 },
  );
  await expect(held.core.pages.page(users(profile), {})).rejects.toMatchObject({ code: 'http.server' });
});

test('a copied tenant answers whole, its logs are read on from the newest, and a removed profile takes it along', async () => {
  const profile = await open();
  const { core } = held;
  const first = await core.jobs.ended((await core.startJob('copy', { profile })).id);
  expect(first).toMatchObject({ kind: 'copy', state: 'done', result: { gone: 0 } });
  const about = await core.mirrors.about(core.profiles.get(profile));
  expect(about.lists.find(({ resource }) => resource === 'users')).toMatchObject({
    rows: 250,
    wholeAt: expect.any(Number),
  });
  const gone = server.tenant.users[7]?.id ?? '';
  server.tenant.removeUser(gone);
  server.tenant.insertLog((server.tenant.logs.times[0] ?? 0) + 5, 'Interaction.End');
  now += 1_000;
  const before = server.seen.length;
  const second = await core.jobs.ended(
    (await core.startJob('copy', { profile, resources: ['users', 'logs'] })).id,
  );
  expect(second.result).toMatchObject({ gone: 1 });
  expect(second.result?.lists.find(({ resource }) => resource === 'logs')?.rows).toBeLessThan(5);
  expect(server.seen.slice(before).filter(({ path }) => path === '/api/logs').length).toBeLessThan(8);
  const logs = { query: { profile, resource: 'logs', filters: {} }, index: 0 };
  expect(await core.pages.fromMirror(logs)).toMatchObject({ total: 301, mirror: { whole: true } });
  expect(
    (await core.mirrors.search(core.profiles.get(profile), gone, 5)).hits.filter(
      ({ resource }) => resource === 'users',
    ),
  ).toEqual([]);
  const removed = await core.profiles.remove(profile);
  expect(readdirSync(join(held.dataDir, 'mirror'))).toEqual([]);
  expect((await core.mirrors.about(removed)).lists).toEqual([]);
});

test('a page with rows that the server fails on is shown, each of those in its place', async () => {
  const profile = await open();
  const { users: all } = server.tenant;
  const failing = all[7];
  if (failing) failing.name = '😀'.repeat(65);
  const page = await held.core.pages.page(users(profile), {});
  expect(page).toMatchObject({ total: 250 });
  expect(page.rows.map(({ id }) => id)).toEqual(
    all.slice(0, 100).map(({ id }, at) => (at === 7 ? undefined : id)),
  );
  expect(unreadableOf(page.rows[7])).toEqual({
    place: 7,
    before: all[6]?.createdAt,
    after: all[8]?.createdAt,
  });
  const id = String(failing?.id);
  await expect(held.core.pages.row(profile, 'users', id, {})).rejects.toMatchObject({
    code: 'http.row',
    detail: { where: 'users' },
  });
  // Names of the others are known.
  const ids = all.slice(0, 10).map((user) => user.id);
  expect(
    Object.values(await held.core.pages.names(profile, 'users', ids)).filter((name) => name === null),
  ).toHaveLength(1);
  server.faults.add({ kind: 'status', status: 500 }, { times: 9_999 });
  await expect(held.core.pages.row(profile, 'users', id, {})).rejects.toMatchObject({ code: 'http.server' });
});
