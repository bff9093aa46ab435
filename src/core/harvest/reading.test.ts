import { afterEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { pageSize } from '../../shared/limits.ts';
import type { Query } from '../../shared/query.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server.ts';
import { backgroundAtOnce } from '../client/limiter.ts';
import { harvest } from './harvest.ts';
import { Seen } from './id-set.ts';
import type { HarvestOptions } from './options.ts';
import { ownSource } from './own-source.ts';
import { Reader } from './reader.ts';
import { mend } from './recover.ts';
import { gathered, gatherIn } from './testing.ts';

let server: Simulator;
let held: TestCore;
let profile: string;

const open = async (options: SimulatorOptions) => {
  server = await startSimulator({ users: 10, logs: 1, tied: [0, 0], ...options });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
};
afterEach(async () => {
  await held?.[Symbol.asyncDispose]();
  await server?.stop();
});

const session = () => held.core.sessionOf(profile);

const read = async (resource: string, options: Partial<HarvestOptions> = {}) =>
  gatherIn(await session(), { profile, resource, filters: {} }, options);
const pagesOf = (path: string) =>
  server.seen.filter((one) => one.path === path).map(({ query }) => Number(query.get('page')));

describe('picked rows', () => {
  const pick = (...places: number[]) =>
    places.map((index) => ({ id: server.tenant.users[index]?.id ?? '', index }));

  test('cost the pages that showed them, and come in the order of those', async () => {
    await open({ users: 1_000 });
    const picked = pick(730, 4, 3, 450);
    const { ids, report } = await read('users', { picked });
    const inOrder = pick(3, 4, 450, 730).map(({ id }) => id);
    expect(ids).toEqual(inOrder);
    expect(pagesOf('/api/users').sort()).toEqual([1, 5, 8]);
    expect(report).toMatchObject({ rows: 4, before: 4, expected: 4, missing: 0, added: null, removed: null });
  });

  test('that moved are looked for on all pages; those that are gone are counted', async () => {
    await open({ users: 450 });
    const picked = [...pick(5, 120), { id: 'gone', index: 7 }];
    const newest = Math.max(...server.tenant.users.map(({ createdAt }) => Number(createdAt)));
    for (let n = 1; n <= 210; n += 1) server.tenant.insertUser(newest + n, {});
    const { ids, report } = await read('users', { picked });
    expect(ids.sort()).toEqual(picked.flatMap(({ id }) => (id === 'gone' ? [] : [id])).sort());
    expect(report).toMatchObject({ rows: 2, before: 3, missing: 1 });
    // Once each: the last one tells by its length that nothing follows.
    expect(pagesOf('/api/users')).toEqual([1, 2, 1, 2, 3, 4, 5, 6, 7]);
  });
});

test('how many rows there are is said once, however often a list is read', async () => {
  await open({ users: 350 });
  const told: (number | null)[] = [];
  let asked = 0;
  server.onRequest = ({ path, query }) => {
    if (path !== '/api/users' || Number(query.get('page')) < 2) return;
    asked += 1;
    // Removed before a page that was not read yet: what follows moves up past the reader.
    if (asked === 1) for (const { id } of server.tenant.users.slice(0, 5)) server.tenant.removeUser(id);
  };
  await read('users', { onTotal: (total) => told.push(total) });
  expect(pagesOf('/api/users').filter((page) => page === 3).length).toBeGreaterThan(1);
  expect(told).toEqual([350]);
});

test('that rows lack is said with those that come after them, and of none that lack never', async () => {
  await open({ logs: 1_500 });
  const lack = async () => {
    const handed: { id: string; known: boolean }[] = [];
    let known = false;
    const { signal } = new AbortController();
    const query: Query = { profile, resource: 'logs', filters: {} };
    const onLack = () => {
      known = true;
    };
    for await (const { rows } of harvest({
      session: await session(),
      query,
      clock: Date.now,
      signal,
      onLack,
    }))
      handed.push(...rows.map(({ id }) => ({ id: String(id), known })));
    return handed;
  };
  expect((await lack()).filter(({ known }) => known)).toEqual([]);
  const lost = server.tenant.logs.row(700).id;
  server.failsOn = ({ id }) => id === lost;
  const handed = await lack();
  expect(handed).toHaveLength(1_499);
  const older = new Set(Array.from({ length: 799 }, (_, n) => server.tenant.logs.row(701 + n).id));
  expect(handed.filter(({ id, known }) => older.has(id) && !known)).toEqual([]);
  expect(handed.filter(({ known }) => !known).length).toBeGreaterThan(300);
});

test('what lacked is read again in its own time alone, and given if it is new', async () => {
  await open({ logs: 1_500 });
  const lost = String(server.tenant.logs.row(700).id);
  server.failsOn = ({ id }) => id === lost;
  const first = await read('logs');
  expect(first.report).toMatchObject({ rows: 1_499, unreadable: 1 });
  const state = first.checkpoint();
  if (!state) throw new Error('No state was tracked');
  const again = () =>
    read('logs', { resumed: { state: { kind: 'lacking', report: first.report, state }, ids: first.ids } });
  const still = await again();
  expect(still).toMatchObject({ ids: [], report: { rows: 1_499, unreadable: 1 } });
  server.failsOn = () => false;
  const before = server.seen.length;
  const cured = await again();
  expect(cured).toMatchObject({ ids: [lost], report: { rows: 1_500, unreadable: 0, missing: 0 } });
  // One for the row, one for the count, and what tells where its time ends.
  expect(server.seen.length - before).toBeLessThan(5);
});

test('a Cloud tenant is read at a steady pace, a server of one’s own as fast as it answers', async () => {
  await open({ users: 5_000 });
  const own = await session();
  const query: Query = { profile, resource: 'users', filters: {} };
  const paceOf = async (kind: 'cloud' | 'oss') => {
    const { signal } = new AbortController();
    const reader = new Reader({ ...own, profile: { ...own.profile, kind } }, query, Date.now, signal);
    const levels = new Set<number>();
    for (let page = 1; page <= 40; page += 1) {
      levels.add(reader.atOnce);
      await reader.page({ page, size: 10 });
    }
    expect(reader.asked).toBe(40);
    return [...levels];
  };
  expect(await paceOf('cloud')).toEqual([backgroundAtOnce]);
  expect((await paceOf('oss')).length).toBeGreaterThan(1);
});

test('users whom no page gives are found by how their ids begin, as far as answers are cut off', async () => {
  await open({ users: 5_000 });
  const query: Query = { profile, resource: 'users', filters: {} };
  const reader = new Reader(await session(), query, Date.now, new AbortController().signal);
  const { users } = server.tenant;
  // The last of those that begin alike: a first page by that character alone does not have them.
  const alike = users.filter(({ id }) => id.startsWith(users[0]?.id.charAt(0) ?? ''));
  const hidden = alike.slice(-3).map(({ id }) => id);
  expect(alike.length).toBeGreaterThan(pageSize + 10);
  const seen = new Seen();
  for (const { id } of users) if (!hidden.includes(id)) seen.note(id, 1);
  // Only this place is in doubt, and none of them is there.
  const doubtful = [{ from: 0, to: 50 }];
  const found: string[] = [];
  const counted = { expected: users.length, met: users.length - 3 };
  const rows = mend({ reader, seen, pass: 1, ...counted, newest: null, doubtful, cut: [] });
  let step = await rows.next();
  for (; !step.done; step = await rows.next()) {
    expect(step.value.length).toBeGreaterThan(0);
    found.push(...step.value.map(({ id }) => String(id)));
  }
  seen.free();
  expect(found.sort()).toEqual(hidden.sort());
  expect(step.value).toBe(3);
  // One for each first character, and one for each second one after the only first that lacks any.
  const prefixed = server.seen.filter(({ query }) => [...query.values()].some((one) => one.endsWith('%')));
  expect(prefixed.length).toBeLessThan(75);
});

describe('a list that this computer keeps', () => {
  const kept = Array.from({ length: 1_200 }, (_, n) => ({ id: `row-${n}` }));
  const own = { id: 'own', name: 'Own' } as Parameters<typeof ownSource>[0];
  const readOwn = async (query: Partial<Query>, more: { picked?: { id: string; index: number }[] } = {}) => {
    const parts: number[] = [];
    const totals: (number | null)[] = [];
    const source = ownSource(own, 'the journal', async () => async ({ offset, limit }) => {
      parts.push(offset);
      return { total: kept.length, rows: kept.slice(offset, offset + limit) };
    });
    const { signal } = new AbortController();
    const onTotal = (total: number | null) => totals.push(total);
    const asked: Query = { profile: 'own', resource: 'own', filters: {}, ...query };
    const { ids, report } = await gathered(source.read({ query: asked, signal, onTotal, ...more }));
    return { ids, parts, totals, report };
  };

  test('is read in parts to its end, and says once how long it is', async () => {
    const { ids, parts, totals, report } = await readOwn({});
    expect(ids).toEqual(kept.map(({ id }) => id));
    expect(parts).toEqual([0, 500, 1_000]);
    expect(totals).toEqual([1_200]);
    expect(report).toMatchObject({ rows: 1_200, before: 1_200, expected: 1_200, missing: 0 });
  });

  test('gives the rows that were picked, and counts those that are gone', async () => {
    const picked = ['row-1150', 'row-3', 'gone'].map((id, index) => ({ id, index }));
    const { ids, totals, report } = await readOwn({}, { picked });
    expect(ids).toEqual(['row-3', 'row-1150']);
    expect(totals).toEqual([3]);
    expect(report).toMatchObject({ rows: 2, expected: 3, missing: 1 });
  });

  test.each([
    { where: [{ column: 'id', mode: 'is', value: 'row-1' }] },
    { sort: { column: 'id', descending: false } },
  ])('is refused what it cannot answer, by its name: %o', async (query) => {
    await expect(readOwn(query as Partial<Query>)).rejects.toMatchObject({
      code: 'query.invalid',
      detail: { where: 'where', reason: 'the journal has filters only' },
    });
  });
});
