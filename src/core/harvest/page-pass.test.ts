import { afterEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import type { Query } from '../../shared/query.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import type { TenantOptions } from '../../simulator/tenant.ts';
import { Seen } from './id-set.ts';
import { pass } from './page-pass.ts';
import { Reader } from './reader.ts';

let server: Simulator;
let held: TestCore;

afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const open = async (users: number, logs = 0, as: Pick<TenantOptions, 'longNames'> = {}) => {
  server = await startSimulator({ users, logs, tied: [0, 0], ...as });
  held = testCore();
  return (await addSimulator(held.core, server)).id;
};

/** One pass over a list; `asked` is told of each of its pages, from 1 on, before the server looks for its rows. */
const passed = async (
  query: Query,
  path: string,
  asked: (page: number) => void,
  { backwards = false, ...at }: { backwards?: boolean; until?: number } = {},
) => {
  const session = await held.core.sessionOf(query.profile);
  const reader = new Reader(session, query, Date.now, new AbortController().signal);
  let pages = 0;
  server.onRequest = (request) => {
    if (request.path !== path) return;
    pages += 1;
    asked(pages);
  };
  const ids: string[] = [];
  const seen = new Seen();
  const reading = pass(reader, seen, 1, { backwards, ...at });
  let step = await reading.next();
  for (; !step.done; step = await reading.next()) ids.push(...step.value.rows.map(({ id }) => String(id)));
  seen.free();
  return { ids, pages, result: step.value };
};

test('a list that grows while it is read is read to its new end', async () => {
  const profile = await open(250);
  const old = server.tenant.users.map(({ id }) => id);
  const newest = Math.max(...server.tenant.users.map(({ createdAt }) => Number(createdAt)));
  const { ids, pages, result } = await passed(
    { profile, resource: 'users', filters: {} },
    '/api/users',
    (page) => {
      // They stand before all others, which move on by as many.
      if (page === 2) for (let n = 1; n <= 160; n += 1) server.tenant.insertUser(newest + n, {});
    },
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(old.filter((id) => !ids.includes(id))).toEqual([]);
  expect(pages).toBe(5);
  expect(result).toMatchObject({ before: 250, newest, totals: { least: 250, most: 410 } });
});

test('the newest row of a pass is the first that can be read', async () => {
  const profile = await open(130, 0, { longNames: [0] });
  const { result } = await passed({ profile, resource: 'users', filters: {} }, '/api/users', () => undefined);
  const [tooLong, newest] = server.tenant.users;
  expect(newest?.createdAt).not.toBe(tooLong?.createdAt);
  expect(result).toMatchObject({ newest: newest?.createdAt });
});

test('the least and the most rows that answers counted are told', async () => {
  const profile = await open(400);
  const [[role = '', members = new Set<string>()] = []] = server.tenant.usersByRole;
  for (const { id } of server.tenant.users.slice(0, 260)) members.add(id);
  const size = members.size;
  const [one, two] = [...members];
  const others = server.tenant.users.filter(({ id }) => !members.has(id)).slice(0, 3);
  const { result } = await passed(
    { profile, resource: 'role-users', parent: role, filters: {} },
    `/api/roles/${role}/users`,
    (page) => {
      if (page === 2) for (const id of [one, two]) members.delete(String(id));
      if (page === 3) for (const { id } of others) members.add(id);
    },
  );
  // It comes in no order: of none of its rows is known that it is the newest.
  expect(result).toMatchObject({
    before: size,
    newest: null,
    totals: { least: size - 2, most: size + 1 },
  });
});

test('backwards it begins with the last page, and comes to the first', async () => {
  const profile = await open(250);
  const { ids, pages } = await passed({ profile, resource: 'users', filters: {} }, '/api/users', () => {}, {
    backwards: true,
  });
  const users = server.tenant.users.map(({ id }) => id);
  expect([ids.slice(0, 50), ids.slice(-100)]).toEqual([users.slice(200), users.slice(0, 100)]);
  expect(new Set(ids)).toEqual(new Set(users));
  expect(pages).toBe(4);
});

test('held at a moment it asks for each page up to that moment', async () => {
  const profile = await open(5, 400);
  const until = server.tenant.logs.row(120).createdAt;
  const before = server.seen.length;
  const { ids } = await passed({ profile, resource: 'logs', filters: {} }, '/api/logs', () => {}, { until });
  const all = Array.from({ length: 400 }, (_, at) => server.tenant.logs.row(at));
  expect(ids).toEqual(all.filter(({ createdAt }) => createdAt <= until).map(({ id }) => id));
  const pages = server.seen
    .slice(before)
    .filter(({ path, query }) => path === '/api/logs' && query.get('page_size') === '100');
  expect(pages.length).toBeGreaterThan(2);
  expect(pages.filter(({ query }) => !query.has('end_time'))).toEqual([]);
});
