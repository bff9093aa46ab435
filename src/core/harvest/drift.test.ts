import { afterEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { drift, unmoved } from './drift.ts';
import type { PassResult } from './page-pass.ts';
import { Reader } from './reader.ts';

let server: Simulator;
let held: TestCore;

const open = async (resource: string) => {
  server = await startSimulator({ users: 250, logs: 0, tied: [0, 0] });
  held = testCore();
  const { id: profile } = await addSimulator(held.core, server);
  const session = await held.core.sessionOf(profile);
  return new Reader(session, { profile, resource, filters: {} }, Date.now, new AbortController().signal);
};
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const pass = (parts: Partial<PassResult>) =>
  ({ before: null, newest: null, totals: null, ...parts }) as PassResult;

test('of users, newest first, those newer than the first one came; what the total then lacks went', async () => {
  const reader = await open('users');
  const { users } = server.tenant;
  const newest = Math.max(...users.map(({ createdAt }) => Number(createdAt)));
  const begun = pass({ before: 250, newest });
  expect(await drift(reader, begun)).toEqual({ added: 0, removed: 0, total: 250, fresh: [] });
  for (let n = 1; n <= 3; n += 1) server.tenant.insertUser(newest + n, { name: `New ${n}` });
  for (const { id } of users.slice(10, 15)) server.tenant.removeUser(id);
  const moved = await drift(reader, begun);
  expect(moved).toMatchObject({ added: 3, removed: 5, total: 248 });
  const ids = server.tenant.users.filter(({ createdAt }) => Number(createdAt) > newest).map(({ id }) => id);
  expect(new Set(moved.fresh)).toEqual(new Set(ids));
  // Of a list that was empty, or whose first row has no time, the totals tell.
  expect(await drift(reader, pass({ before: 200 }))).toMatchObject({ added: 48, removed: 0, fresh: [] });
  expect(await drift(reader, pass({ before: 300 }))).toMatchObject({ added: 0, removed: 52 });
  expect(await drift(reader, pass({ newest }))).toMatchObject({ added: null, removed: null, total: 248 });
});

test('past a page of new users nobody knows how many came', async () => {
  const reader = await open('users');
  const newest = Math.max(...server.tenant.users.map(({ createdAt }) => Number(createdAt)));
  for (let n = 1; n <= 99; n += 1) server.tenant.insertUser(newest + n, {});
  expect(await drift(reader, pass({ before: 250, newest }))).toMatchObject({ added: 99, removed: 0 });
  server.tenant.insertUser(newest + 100, {});
  const moved = await drift(reader, pass({ before: 250, newest }));
  expect(moved).toMatchObject({ added: null, removed: null, total: 350 });
  expect(moved.fresh).toHaveLength(100);
});

test('of a list in no order the totals tell the least that moved', async () => {
  const reader = await open('roles');
  const total = server.tenant.roles.length;
  const moved = async (before: number | null, totals: PassResult['totals'] = null) =>
    drift(reader, pass({ before, totals }));
  expect(await moved(total)).toEqual({ added: 0, removed: 0, total, fresh: [] });
  expect(await moved(total - 2)).toMatchObject({ added: 2, removed: 0 });
  expect(await moved(total + 3)).toMatchObject({ added: 0, removed: 3 });
  // Two came and went again; one went and came again.
  expect(await moved(total, { least: total, most: total + 2 })).toMatchObject({ added: 2, removed: 2 });
  expect(await moved(total, { least: total - 1, most: total })).toMatchObject({ added: 1, removed: 1 });
  expect(await moved(total - 1, { least: total - 3, most: total + 1 })).toMatchObject({
    added: 3,
    removed: 2,
  });
  expect(await moved(null)).toMatchObject({ added: null, removed: null, total });
});

test('a list of one answer did not move', () =>
  expect(unmoved(4)).toEqual({ added: 0, removed: 0, total: 4, fresh: [] }));
