import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { ranks } from '../../shared/rank.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';

let server: Simulator;
let held: TestCore;
let profile = '';

beforeAll(async () => {
  server = await startSimulator({ users: 400, logs: 1, tied: [0, 0] });
  const { tenant } = server;
  const now = Date.now();
  // The one who is meant came first; a hundred with it in their names came since.
  tenant.insertUser(now - 200_000, { id: 'exact-user-1', name: 'zed', primaryEmail: 'zed@acme.example' });
  for (let n = 0; n < 100; n += 1)
    tenant.insertUser(now - 100_000 + n, { id: `many-${n}`, name: `Mazed ${n}`, primaryEmail: null });
  tenant.insertUser(now, { id: 'prefix-user', name: 'Zedekiah', primaryPhone: '821011834274' });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
}, 60_000);
beforeEach(() => server.faults.clear());
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const found = (text: string) => held.core.pages.lookUp(profile, text, {});

test('who has it as a whole comes before whose name begins with it, and those who have it somewhere', async () => {
  const { hits, more, failed, asOf } = await found('Zed');
  expect([more, failed, asOf]).toEqual([true, [], null]);
  expect(hits.map(({ rank }) => rank)).toEqual([...hits.map(({ rank }) => rank)].sort((a, b) => a - b));
  expect(hits[0]).toMatchObject({ resource: 'users', id: 'exact-user-1', label: 'zed', rank: ranks.exact });
  expect(hits[1]).toMatchObject({ id: 'prefix-user', rank: ranks.prefix });
  expect(hits).toHaveLength(20);
  expect(new Set(hits.map(({ id }) => id)).size).toBe(20);
  expect(await found('zed@acme.example')).toMatchObject({ more: false, hits: [{ id: 'exact-user-1' }] });
});

test.each([
  ['an email', 'zed@acme.example', 'exact-user-1'],
  ['an id', 'exact-user-1', 'exact-user-1'],
  ['a phone as it is written there', '010-1183-4274', 'prefix-user'],
])('a user is found by %s, which is said beside the name', async (_what, text, id) => {
  const { hits } = await found(text);
  expect(hits[0]).toMatchObject({ resource: 'users', id, rank: ranks.exact });
});

test('what was typed stands beside the name where it is another value', async () => {
  expect((await found('zed@acme')).hits[0]).toMatchObject({ label: 'zed', detail: 'zed@acme.example' });
});

test.each(['organizations', 'roles', 'applications'] as const)('of %s, by name and by id', async (list) => {
  const [one] = list === 'applications' ? server.tenant.applications : server.tenant[list];
  const [name, id] = [String(one?.name), String(one?.id)];
  expect((await found(name)).hits[0]).toMatchObject({ resource: list, id, label: name, rank: ranks.exact });
  expect((await found(id)).hits[0]).toMatchObject({ resource: list, id, label: name, rank: ranks.exact });
});

test('a list that cannot be asked is named, and the others are there', async () => {
  server.faults.add({ kind: 'status', status: 403 }, { on: '/api/roles', times: 99 });
  server.faults.add({ kind: 'status', status: 500 }, { on: '/api/organizations', times: 99 });
  const { hits, failed } = await found('zed');
  expect(hits[0]).toMatchObject({ id: 'exact-user-1' });
  expect(failed.map(({ resource }) => resource)).toContain('organizations');
});

test('what is asked no more is asked of no server', async () => {
  const release = Promise.withResolvers<void>();
  server.faults.add({ kind: 'held', until: release.promise }, { on: '/api/users', times: 99 });
  const control = new AbortController();
  const asked = held.core.pages.lookUp(profile, 'zed', { signal: control.signal });
  control.abort();
  release.resolve();
  await expect(asked).rejects.toThrow();
});

test('of a tenant that is not reached, some of its rows do not answer for all of them', async () => {
  const { id } = await addSimulator(held.core, server, 'Gone', 'memory');
  const lists = ['users', 'organizations', 'roles', 'applications'];
  for (const resource of lists)
    await held.core.pages.page({ query: { profile: id, resource, filters: {} }, index: 0 }, {});
  server.faults.add({ kind: 'cut' }, { on: '/api', times: 10_000 });
  const { hits, failed, asOf, partly } = await held.core.pages.lookUp(id, 'nobody that was looked at', {});
  expect([hits, failed, partly]).toEqual([[], [], true]);
  expect(asOf).not.toBeNull();
});
