import type { IGetRowsParams } from 'ag-grid-community';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing';
import { resourceOf } from '../../shared/catalog';
import type { Condition } from '../../shared/local';
import type { Query } from '../../shared/query';
import type { Row } from '../../shared/row';
import { mostByItself, requestsFor } from '../../shared/scope';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server';
import { pageInNode } from '../page-in-node';
import type * as SeenLists from '../state/seen-lists';
import type * as Joins from './joins';
import { isReadByTime } from './looked';
import type { ListSource as Source } from './source';

let held: TestCore;
let server: Simulator;
let ListSource: typeof Source;
let seen: typeof SeenLists;
let joins: typeof Joins;
let source: Source | null = null;

beforeAll(async () => {
  pageInNode(() => held.core);
  ({ ListSource } = await import('./source'));
  seen = await import('../state/seen-lists');
  joins = await import('./joins');
}, 60_000);
afterEach(async () => {
  source?.close();
  seen.forgetSeen();
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const open = async (options: SimulatorOptions) => {
  server = await startSimulator({ users: 50, logs: 50, tied: [0, 0], ...options });
  held = testCore({ retry: { tries: 1, baseMs: 1, longestMs: 1 } });
  return (await addSimulator(held.core, server)).id;
};

const look = (query: Query): Source => {
  source = new ListSource(query, false);
  return source;
};

/** Rows from `startRow` on as the grid asks for them, and how many it takes the list to have. */
const rowsAt = (from: Source, startRow: number): Promise<{ rows: Row[]; last: number | undefined }> =>
  new Promise((resolve, reject) => {
    const params: Pick<IGetRowsParams, 'startRow' | 'endRow' | 'successCallback' | 'failCallback'> = {
      startRow,
      endRow: startRow + 100,
      successCallback: (rows: Row[], last) => resolve({ rows, last }),
      failCallback: () => reject(new Error('no rows')),
    };
    from.getRows(params as IGetRowsParams);
    from.see(startRow, startRow + 20);
  });

const failedOnly: Condition = { column: 'payload.result', mode: 'is', value: 'Error' };
const logs = (profile: string, where: Condition[] = []): Query => ({
  profile,
  resource: 'logs',
  filters: {},
  where,
});
const allLogs = (count: number) => Array.from({ length: count }, (_, at) => server.tenant.logs.row(at));
const failedOf = (count: number) => allLogs(count).filter(({ payload }) => payload.result === 'Error');
const ids = (rows: readonly { id?: unknown }[]) => rows.map(({ id }) => id);

test('a list that costs little is searched to its end by itself, every row of it', async () => {
  const profile = await open({ logs: 1_250 });
  const list = look(logs(profile, [failedOnly]));
  await rowsAt(list, 0);
  await expect.poll(() => list.state.scan?.state).toBe('done');
  const expected = failedOf(1_250);
  expect(list.state).toMatchObject({
    lookedAt: 1_250,
    matching: expected.length,
    total: 1_250,
    loadedRows: 100,
  });
  const { rows, last } = await rowsAt(list, 0);
  expect(last).toBe(expected.length);
  expect(ids(rows)).toEqual(ids(expected.slice(0, 100)));
  expect(server.tenant.logs.row(list.placeOf(7)).id).toBe(expected[7]?.id);
});

test.each([
  // Pages of a hundred rows.
  ['1.30', 'logs', 4_500],
  ['1.30', 'users', 1_250],
  // Windows of time, which are filled less.
  ['1.41', 'logs', 4_500],
  ['1.42', 'logs', 3_000],
  ['1.42', 'users', 1_250],
] as const)(
  'of Logto %s, %s: the cost that is told of searching all %s is what it costs',
  async (era, resource, rows) => {
    const profile = await open({ era, [resource]: rows });
    const { timeBounds } = await (await held.core.sessionOf(profile)).capabilities.learn();
    const where = [
      resource === 'logs' ? failedOnly : ({ ...failedOnly, column: 'name' } satisfies Condition),
    ];
    const list = look({ profile, resource, filters: {}, where });
    await rowsAt(list, 0);
    const before = server.seen.length;
    list.learn(timeBounds);
    const cost = requestsFor(rows, isReadByTime(resourceOf(resource), timeBounds));
    if (cost > mostByItself) {
      expect(list.state.scan).toBeNull();
      list.searchAll();
    }
    await expect.poll(() => list.state.scan?.state).toBe('done');
    expect(list.state).toMatchObject({ lookedAt: rows });
    const asked = server.seen.slice(before).filter(({ path }) => path === `/api/${resource}`).length;
    expect(Math.abs(asked - cost)).toBeLessThanOrEqual(Math.ceil(cost / 12));
  },
);

test('a list that costs much is searched when it is asked for, and says how far it is', async () => {
  const profile = await open({ logs: 6_000 });
  const list = look(logs(profile, [failedOnly]));
  await rowsAt(list, 0);
  expect(list.state).toMatchObject({ scan: null, lookedAt: 100, fromTop: true, total: 6_000 });
  expect(list.state.matching).toBe(failedOf(100).length);
  server.faults.add({ kind: 'latency', ms: 20 }, { on: '/api/logs', times: 200 });
  list.searchAll();
  await expect.poll(() => list.state.lookedAt).toBeGreaterThan(1_000);
  if (list.state.scan?.state === 'running') expect(list.state.lookedAt).toBeLessThan(6_000);
  await expect.poll(() => list.state.scan?.state).toBe('done');
  expect(list.state).toMatchObject({ lookedAt: 6_000, matching: failedOf(6_000).length });
});

test('the age is of the oldest rows on show, those in sight or those that a search of all found', async () => {
  const profile = await open({ logs: 6_000 });
  const plain = look(logs(profile));
  await rowsAt(plain, 0);
  const first = plain.state.fetchedAt ?? 0;
  await expect.poll(() => Date.now()).toBeGreaterThan(first + 5);
  await rowsAt(plain, 3_000);
  expect(plain.state.fetchedAt).toBeGreaterThan(first);
  plain.see(0, 20);
  expect(plain.state.fetchedAt).toBe(first);
  const list = look(logs(profile, [failedOnly]));
  await rowsAt(list, 0);
  const before = Date.now();
  await expect.poll(() => Date.now()).toBeGreaterThan(before);
  list.searchAll();
  await expect.poll(() => list.state.scan?.state).toBe('done');
  expect(list.state.fetchedAt).toBeGreaterThan(before);
});

test('a search that is stopped keeps what it found, and its numbers are of what it read', async () => {
  const profile = await open({ logs: 6_000 });
  const list = look(logs(profile, [failedOnly]));
  await rowsAt(list, 0);
  server.faults.add({ kind: 'latency', ms: 40 }, { on: '/api/logs', times: 400 });
  list.searchAll();
  await expect.poll(() => list.state.lookedAt).toBeGreaterThan(300);
  list.stopSearching();
  expect(list.state.scan?.state).toBe('stopped');
  const { lookedAt, matching } = list.state;
  expect(lookedAt).toBeLessThan(6_000);
  expect(matching).toBe(failedOf(lookedAt).length);
  expect((await rowsAt(list, 0)).last).toBe(matching);
});

test('another order, and a further condition, sift what was found; another condition begins anew', async () => {
  const profile = await open({ logs: 6_000 });
  const list = look(logs(profile, [failedOnly]));
  await rowsAt(list, 0);
  list.searchAll();
  await expect.poll(() => list.state.scan?.state).toBe('done');
  const before = server.seen.length;
  list.setLocal({ where: [failedOnly], sort: { column: 'createdAt', descending: false } });
  const oldest = failedOf(6_000).toReversed();
  expect((await rowsAt(list, 0)).rows[0]?.createdAt).toBe(oldest[0]?.createdAt);
  const ip: Condition = { column: 'payload.ip', mode: 'is', value: String(oldest[0]?.payload.ip) };
  list.setLocal({ where: [failedOnly, ip] });
  const both = failedOf(6_000).filter(({ payload }) => payload.ip === ip.value).length;
  expect(list.state).toMatchObject({ matching: both, lookedAt: 6_000 });
  expect(server.seen.length).toBe(before);
  list.setLocal({ where: [ip] });
  expect(list.state).toMatchObject({ scan: null, lookedAt: 100 });
});

test('rows from the middle are not called the first ones', async () => {
  const profile = await open({ logs: 6_000 });
  const list = look(logs(profile));
  await rowsAt(list, 0);
  await rowsAt(list, 3_000);
  expect(list.state).toMatchObject({ lookedAt: 200, fromTop: false });
  await rowsAt(list, 100);
  expect(list.state.fromTop).toBe(false);
});

test('of pages that were looked at only so many are kept; while rows are looked through, all', async () => {
  const profile = await open({ users: 1_500 });
  source = new ListSource({ profile, resource: 'users', filters: {} }, false, 5);
  for (const page of [0, 2, 4, 6, 8, 10, 12]) await rowsAt(source, page * 100);
  expect(source.state.loadedRows).toBe(500);
  expect(source.find(({ id }) => id === server.tenant.users[650]?.id)).toBeDefined();
  expect(source.find(({ id }) => id === server.tenant.users[50]?.id)).toBeUndefined();
  const before = server.seen.length;
  expect(ids((await rowsAt(source, 1_200)).rows)).toEqual(ids(server.tenant.users.slice(1_200, 1_300)));
  expect(server.seen.length).toBe(before);
  expect(ids((await rowsAt(source, 0)).rows)).toEqual(ids(server.tenant.users.slice(0, 100)));
  expect(server.seen.length).toBe(before + 1);
});

test('a page that is asked for again comes from what is kept, and the last one ends the list', async () => {
  const profile = await open({ users: 250 });
  const list = look({ profile, resource: 'users', filters: {} });
  const first = await rowsAt(list, 0);
  expect(first.last).toBe(250);
  const { rows } = await rowsAt(list, 200);
  expect(ids(rows)).toEqual(ids(server.tenant.users.slice(200)));
  const before = server.seen.length;
  expect(await rowsAt(list, 0)).toEqual(first);
  expect(server.seen.length).toBe(before);
});

test('a list whose length changes on the server says that it changed', async () => {
  const profile = await open({ users: 250 });
  const list = look({ profile, resource: 'users', filters: {} });
  await rowsAt(list, 0);
  expect(list.state.changed).toBe(false);
  server.tenant.insertUser(Date.now());
  await rowsAt(list, 100);
  expect(list.state).toMatchObject({ changed: true, total: 250 });
});

test('pages of a view that is held at a moment are all asked up to that moment', async () => {
  const profile = await open({ logs: 350 });
  const list = look(logs(profile));
  const expected = ids(allLogs(350).slice(200, 300));
  await rowsAt(list, 0);
  server.tenant.insertLog(Date.now(), 'Interaction.Create');
  const { rows } = await rowsAt(list, 200);
  expect(ids(rows)).toEqual(expected);
  expect(list.state.changed).toBe(false);
});

test('a first page that fails leaves no row and says why; asked again, it comes', async () => {
  const profile = await open({ users: 20 });
  server.faults.add({ kind: 'status', status: 422 }, { on: '/api/users' });
  const list = look({ profile, resource: 'users', filters: {} });
  await expect(rowsAt(list, 0)).rejects.toThrow('no rows');
  expect(list.state.error?.code).toMatch(/^http\./);
  await rowsAt(list, 0);
  expect(list.state).toMatchObject({ error: null, total: 20 });
});

test('a view that is left asks for nothing more', async () => {
  const profile = await open({ logs: 6_000 });
  const list = look(logs(profile, [failedOnly]));
  await rowsAt(list, 0);
  server.faults.add({ kind: 'latency', ms: 40 }, { on: '/api/logs', times: 400 });
  list.searchAll();
  await expect.poll(() => list.state.scan?.lookedAt ?? 0).toBeGreaterThan(0);
  list.close();
  const asked = async () => {
    const before = server.seen.length;
    await held.core.pages.page({ query: { profile, resource: 'roles', filters: {} }, index: 0 }, {});
    return server.seen.length - before;
  };
  // What was under way has come; then requests of ours are the only ones.
  let quiet = 0;
  await expect
    .poll(async () => {
      quiet = (await asked()) === 1 ? quiet + 1 : 0;
      return quiet;
    })
    .toBeGreaterThan(8);
});

test.each(['1.30', '1.42'] as const)(
  'logs of the last 7 days are the same in every page, in a search of all and in an export, though the newest is older (Logto %s)',
  async (era) => {
    // A tenant that nobody used for four days: its newest log is what the view is held at.
    const day = 86_400_000;
    const newest = Date.now() - 4 * day;
    const logMoments = Array.from({ length: 1_000 }, (_, n) => newest - n * 0.01 * day);
    const profile = await open({ era, logMoments });
    const list = look({ ...logs(profile), filters: { time: ['7d'] } });
    const within = logMoments.filter((at) => at >= Date.now() - 7 * day).length;
    await rowsAt(list, 0);
    expect(list.state).toMatchObject({ total: within, until: newest });
    expect((await rowsAt(list, 200)).rows).toHaveLength(within - 200);
    expect(list.state).toMatchObject({ total: within, changed: false });
    list.setLocal({ where: [failedOnly] });
    await expect.poll(() => list.state.scan?.state).toBe('done');
    expect(list.state).toMatchObject({ lookedAt: within, matching: failedOf(within).length });
    expect(list.filters.time).toEqual([expect.stringMatching(/^\d{13}$/), '']);
  },
);

/** Holds the answers to a path until what it gives is called. */
const hold = (path: string) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.faults.add({ kind: 'held', until: promise }, { on: path, times: Number.POSITIVE_INFINITY });
  return () => {
    server.faults.clear();
    resolve();
  };
};
const asks = (path: string) => server.seen.filter((one) => one.path === path).length;

test('a list that was looked at is there at once, marked as of then, and the answer takes its place', async () => {
  const profile = await open({ users: 250 });
  const users = { profile, resource: 'users', filters: {} };
  const before = look(users);
  await rowsAt(before, 0);
  before.top = 130;
  await rowsAt(before, 100);
  before.close();
  server.tenant.insertUser(Date.now());
  const release = hold('/api/users');
  const again = look(users);
  again.begin();
  expect(again.seen?.top).toBe(130);
  expect(again.state).toMatchObject({ seen: true, total: 250, loadedRows: 200, until: null });
  expect(again.state.fetchedAt).toBeLessThanOrEqual(before.state.fetchedAt ?? 0);
  expect(ids((await rowsAt(again, 100)).rows)).toHaveLength(100);
  const fresh = new Promise((resolve) => {
    again.onFresh = resolve;
  });
  expect(again.state.seen).toBe(true);
  release();
  await fresh;
  expect(again.state).toMatchObject({ seen: false, total: 251, changed: false, loadedRows: 100 });
  expect(ids((await rowsAt(again, 0)).rows)).toEqual(ids(server.tenant.users.slice(0, 100)));
});

test('rows that were seen stand when the server cannot be read, and are called what they are', async () => {
  const profile = await open({ users: 20 });
  const users = { profile, resource: 'users', filters: {} };
  const before = look(users);
  await rowsAt(before, 0);
  before.close();
  server.faults.add({ kind: 'status', status: 422 }, { on: '/api/users' });
  const again = look(users);
  again.begin();
  await expect.poll(() => again.state.error?.code).toMatch(/^http\./);
  expect(again.state).toMatchObject({ seen: true, total: 20, loading: false });
  await rowsAt(again, 0);
  await expect.poll(() => again.state.seen).toBe(false);
  expect(again.state.error).toBeNull();
});

test('nothing of a tenant that was forgotten is kept, of others it is; conditions are held against no row of before', async () => {
  const profile = await open({ users: 20 });
  const users = { profile, resource: 'users', filters: {} };
  const open1 = look(users);
  await rowsAt(open1, 0);
  // A view that is still open when its tenant is removed is closed after that.
  seen.forgetSeen(profile);
  open1.close();
  expect(look(users).seen).toBeNull();
  const open2 = look(users);
  await rowsAt(open2, 0);
  open2.close();
  seen.forgetSeen('another');
  const kept = look(users);
  expect(kept.seen).not.toBeNull();
  kept.setLocal({ where: [{ column: 'name', mode: 'contains', value: 'a' }] });
  expect(kept.state).toMatchObject({ seen: false, lookedAt: 0, total: null });
  seen.forgetSeen();
  expect(look(users).seen).toBeNull();
});

test("a first page that was asked for before the list was there is the list's: nothing is asked twice", async () => {
  const profile = await open({ users: 20 });
  const users = { profile, resource: 'users', filters: {} };
  seen.askFirstPage(users);
  seen.askFirstPage(users, true);
  const list = look(users);
  list.begin();
  await rowsAt(list, 0);
  expect(asks('/api/users')).toBe(1);
  // Asked ahead and answered, it is the answer for whoever opens the list next.
  seen.askFirstPage(users, true);
  await expect.poll(() => asks('/api/users')).toBe(2);
  await held.core.pages.page({ query: { profile, resource: 'roles', filters: {} }, index: 0 }, {});
  const next = look(users);
  next.begin();
  await rowsAt(next, 0);
  expect(next.state.seen).toBe(false);
  expect(asks('/api/users')).toBe(2);
});

test('what was asked ahead of a change does not answer whoever opens the list after it', async () => {
  const { changesEnded } = await import('../changes/applied');
  const profile = await open({ users: 20 });
  const users = { profile, resource: 'users', filters: {} };
  seen.askFirstPage(users, true);
  await expect.poll(() => asks('/api/users')).toBe(1);
  await held.core.pages.page({ query: { profile, resource: 'roles', filters: {} }, index: 0 }, {});
  const [user] = server.tenant.users;
  if (user) user.name = 'Renamed meanwhile';
  changesEnded('another');
  changesEnded(profile);
  const list = look(users);
  list.begin();
  const { rows } = await rowsAt(list, 0);
  expect(rows[0]?.name).toBe('Renamed meanwhile');
  expect(asks('/api/users')).toBe(2);
});

test('what was asked ahead and waits for the turn of jobs is asked anew by who looks', async () => {
  const profile = await open({ users: 20 });
  const users = { profile, resource: 'users', filters: {} };
  const release = hold('/api/users');
  seen.askFirstPage(users, true);
  await expect.poll(() => server.seen.length).toBeGreaterThan(0);
  const list = look(users);
  list.begin();
  release();
  await rowsAt(list, 0);
  expect(list.state).toMatchObject({ seen: false, total: 20 });
});

test('what was asked ahead and is on its way already is waited for, though it is asked for once more', async () => {
  const profile = await open({ users: 20 });
  const users = { profile, resource: 'users', filters: {} };
  let began = 0;
  server.onRequest = ({ path }) => {
    if (path === '/api/users') began += 1;
  };
  const { promise, resolve } = Promise.withResolvers<void>();
  server.faults.add({ kind: 'held', until: promise }, { on: '/api/users', times: 1 });
  server.faults.add({ kind: 'hang' }, { on: '/api/users', times: 1 });
  seen.askFirstPage(users, true);
  await expect.poll(() => began).toBe(1);
  const list = look(users);
  list.begin();
  await expect.poll(() => began).toBe(2);
  resolve();
  await rowsAt(list, 0);
  expect(list.state).toMatchObject({ seen: false, total: 20 });
});

test('of lists that were asked for ahead one is on its way, and who asks for the rows of now takes none', async () => {
  const profile = await open({ users: 20 });
  const [users, roles, hooks] = ['users', 'roles', 'hooks'].map((resource) => ({
    profile,
    resource,
    filters: {},
  })) as [Query, Query, Query];
  const release = hold('/api/users');
  seen.askFirstPage(users, true);
  seen.askFirstPage(roles, true);
  expect(seen.takeFirstPage(users)).toBeNull();
  const other = seen.takeFirstPage(roles);
  await expect(other?.page).resolves.toMatchObject({ rows: expect.any(Array) });
  // One that came stays for whoever opens it soon.
  seen.askFirstPage(hooks, true);
  await expect.poll(() => asks('/api/hooks')).toBe(1);
  await held.core.pages.page({ query: { profile, resource: 'connectors', filters: {} }, index: 0 }, {});
  seen.askFirstPage(roles, true);
  seen.dropFirstPage(roles);
  expect(seen.takeFirstPage(roles)).toBeNull();
  expect(seen.takeFirstPage(hooks)).not.toBeNull();
  release();
});

test('a search that was asked for ahead, and a page that was long ago, are not waited for twice', async () => {
  const profile = await open({ users: 20 });
  let began = 0;
  server.onRequest = ({ path }) => {
    if (path === '/api/users') began += 1;
  };
  const { promise, resolve } = Promise.withResolvers<void>();
  const opened = async (query: Query, later: number) => {
    began = 0;
    server.faults.clear();
    server.faults.add({ kind: 'held', until: promise }, { on: '/api/users', times: 1 });
    seen.askFirstPage(query, true);
    await expect.poll(() => began).toBe(1);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + later);
    const list = look(query);
    vi.restoreAllMocks();
    list.begin();
    await rowsAt(list, 0);
    list.close();
    return began;
  };
  const users = { profile, resource: 'users', filters: {} };
  expect(await opened({ ...users, filters: { keyword: ['a'] } }, 0)).toBe(2);
  expect(await opened(users, 6_000)).toBe(2);
  resolve();
});

test('rows do not wait for the copy; what it knows of who belongs to what is put into them after', async () => {
  const profile = await open({ users: 20 });
  const users = { profile, resource: 'users', filters: {} };
  await held.core.jobs.ended((await held.core.startJob('copy', { profile })).id);
  const list = look(users);
  const joined = new Promise<void>((resolve) => {
    list.onJoined = resolve;
  });
  list.begin();
  const { rows } = await rowsAt(list, 0);
  expect(rows.some((row) => joins.isJoining(row) && !('roles' in row))).toBe(true);
  await joined;
  const { roles } = (await held.core.pages.page({ query: users, index: 0 }, {})).rows[0] ?? {};
  expect(roles).toBeDefined();
  expect(rows[0]).toMatchObject({ roles });
  expect(rows.some((row) => joins.isJoining(row))).toBe(false);
});
