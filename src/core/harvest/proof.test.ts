import { afterEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { isComplete } from '../../shared/complete.ts';
import type { Query } from '../../shared/query.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server.ts';
import { gatherIn } from './testing.ts';

let server: Simulator;
let held: TestCore;
let profile: string;

const open = async (options: SimulatorOptions) => {
  server = await startSimulator({ logs: 1, tied: [0, 0], ...options });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
};
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const gather = async (query: Omit<Query, 'profile'>, onTotal?: (total: number | null) => void) =>
  gatherIn(await held.core.sessionOf(profile), { ...query, profile }, onTotal ? { onTotal } : {});

const everybody = () => server.tenant.users.map(({ id }) => id).sort();

/** An organization that everybody is a member of. */
const crowdedOrganization = () => {
  const [id = '', members] = [...server.tenant.usersByOrganization][0] ?? [];
  for (const user of server.tenant.users) members?.add(user.id);
  return id;
};

describe('without the server’s count, which a proxy drops', () => {
  test('users of a bulk import are found by all other means, and never said to be complete', async () => {
    await open({ users: 3_000, tied: [0, 3_000], drawnTies: true, dropsTotals: true });
    const { ids, report } = await gather({ resource: 'users', filters: {} });
    expect(ids.sort()).toEqual(everybody());
    expect(report).toMatchObject({ rows: 3_000, expected: null, missing: 0, uncounted: 1 });
    expect(report.lacks).toEqual([{ kind: 'uncounted', rows: null }]);
    // A loop over the pages meets two of three.
    expect(report.mended).toBeGreaterThan(900);
    expect(isComplete(report)).toBe(false);
  });

  test('a list that cannot be asked by ids is read until a reading brings nothing new', async () => {
    await open({ users: 3_000, tied: [0, 3_000], dropsTotals: true });
    const { ids, report } = await gather({ resource: 'users', filters: { keyword: ['a'] } });
    expect(new Set(ids).size).toBe(ids.length);
    expect(report).toMatchObject({ uncounted: 1 });
    const sizes = new Set(server.seen.map(({ query }) => query.get('page_size')));
    expect(sizes.size).toBeGreaterThan(2);
  });

  test('logs are read by time, and not said to be complete, nor to be so many', async () => {
    await open({ users: 50, logs: 3_000, dropsTotals: true });
    const totals: (number | null)[] = [];
    const { ids, report } = await gather({ resource: 'logs', filters: {} }, (total) => totals.push(total));
    // A total of none would have each row read be the last one.
    expect(totals).toEqual([null]);
    expect(new Set(ids).size).toBe(3_000);
    expect(report).toMatchObject({ rows: 3_000, uncounted: 1 });
    expect(isComplete(report)).toBe(false);
  });

  test('a list in one answer that is not a whole page is complete: nothing can follow it', async () => {
    await open({ users: 50, dropsTotals: true });
    const { report } = await gather({ resource: 'roles', filters: {} });
    expect(report).toMatchObject({ rows: 45, expected: 45, uncounted: 0 });
    expect(isComplete(report)).toBe(true);
  });

  test('a list that comes all at once is read whole, however many pages it would fill', async () => {
    await open({ users: 50 });
    const { connectors } = server.tenant;
    const [first] = connectors;
    for (let n = 0; n < 250; n += 1) connectors.push({ ...first, id: `connector${n}` });
    const { ids, report } = await gather({ resource: 'connectors', filters: {} });
    expect(ids).toEqual(connectors.map(({ id }) => id));
    expect(isComplete(report)).toBe(true);
    expect(server.seen.filter(({ path }) => path === '/api/connectors')).toHaveLength(1);
  });

  test('a server that knows no pages of a list gives all of it, and that is what it is taken for', async () => {
    await open({ users: 50 });
    const rows = Array.from({ length: 150 }, (_, n) => ({ id: `domain-${n}`, emailDomain: `${n}.example` }));
    server.faults.add({ kind: 'status', status: 200, body: rows }, { on: '/api/organizations', times: 99 });
    const { ids, report } = await gather({ resource: 'organization-jit-domains', parent: 'x', filters: {} });
    expect(ids).toHaveLength(150);
    expect(isComplete(report)).toBe(true);
    expect(report).toMatchObject({ rows: 150, expected: 150, uncounted: 0 });
  });
});

describe('a count that is none', () => {
  test('as its own rows are more: the list is read to its end, and not said to be complete', async () => {
    await open({ users: 250 });
    const body = server.tenant.users.slice(0, 100);
    server.faults.add(
      { kind: 'status', status: 200, headers: { 'total-number': '0' }, body },
      { on: '/api/users' },
    );
    const { ids, report } = await gather({ resource: 'users', filters: {} });
    expect(ids.sort()).toEqual(everybody());
    expect(report).toMatchObject({ rows: 250, uncounted: 1 });
    expect(isComplete(report)).toBe(false);
  });

  test('as a proxy drops the word that it is capped: all logs are read', async () => {
    await open({ users: 50, logs: 10_300, dropsCap: true });
    const { ids, report } = await gather({ resource: 'logs', filters: {} });
    expect(new Set(ids).size).toBe(10_300);
    expect(isComplete(report)).toBe(true);
  });

  test('of logs, as more stand behind the last one: older ones are read, too', async () => {
    await open({ users: 50, logs: 250 });
    const logs = await gather({ resource: 'logs', filters: {} });
    const { id, createdAt } = server.tenant.logs.row(0);
    const body = [{ id, createdAt }];
    server.faults.add(
      { kind: 'status', status: 200, headers: { 'total-number': '100' }, body },
      { on: ({ path, query }) => path === '/api/logs' && query.get('page_size') === '1' },
    );
    const { ids, report } = await gather({ resource: 'logs', filters: {} });
    expect(ids).toEqual(logs.ids);
    expect(report).toMatchObject({ before: 250, missing: 0, uncounted: 0 });
  });
});

describe('a list in no order', () => {
  test('on a server that rests is complete, whatever its first row’s time', async () => {
    await open({ users: 1_050 });
    const parent = crowdedOrganization();
    const { ids, report } = await gather({ resource: 'organization-users', parent, filters: {} });
    expect(ids.sort()).toEqual(everybody());
    expect(report).toMatchObject({ rows: 1_050, added: 0, removed: 0, missing: 0, unproven: 0 });
    expect(isComplete(report)).toBe(true);
    // Each page once, and the first again to see whether the count is what it was.
    expect(server.seen.filter(({ path }) => path.endsWith('/users'))).toHaveLength(12);
  });

  test('says of those who came and went what the counts show, and is read again', async () => {
    await open({ users: 1_050 });
    const parent = crowdedOrganization();
    const members = server.tenant.usersByOrganization.get(parent);
    const [first] = [...(members ?? [])].sort();
    server.onRequest = ({ query }) => {
      if (query.get('page') === '8' && first) members?.delete(first);
    };
    const { ids, report } = await gather({ resource: 'organization-users', parent, filters: {} });
    const met = new Set(ids);
    expect([...(members ?? [])].filter((id) => !met.has(id))).toEqual([]);
    expect(report).toMatchObject({ added: 0, removed: 1, missing: 0, unproven: 0 });
    expect(isComplete(report)).toBe(true);
  });

  test('that grows is complete once as many were met as are there', async () => {
    await open({ users: 1_050 });
    const parent = crowdedOrganization();
    const members = server.tenant.usersByOrganization.get(parent);
    const last = [...(members ?? [])].sort().at(-1) ?? '';
    members?.delete(last);
    server.onRequest = ({ query }) => {
      if (query.get('page') === '4') members?.add(last);
    };
    const { ids, report } = await gather({ resource: 'organization-users', parent, filters: {} });
    expect(ids.sort()).toEqual(everybody());
    expect(report).toMatchObject({ added: 1, removed: 0, missing: 0, unproven: 0 });
  });
});

describe('rows that the server fails on', () => {
  const without = (...places: number[]) => {
    const failing = new Set(places.map((place) => server.tenant.users[place]?.id));
    return everybody().filter((id) => !failing.has(id));
  };
  const createdAt = (place: number) => server.tenant.users[place]?.createdAt ?? null;

  test('are named by place and neighbours’ times; all others are read', async () => {
    await open({ users: 1_234, longNames: [311, 400, 1_233] });
    const { ids, report } = await gather({ resource: 'users', filters: {} });
    expect(ids.sort()).toEqual(without(311, 400, 1_233));
    expect(report).toMatchObject({ rows: 1_231, expected: 1_234, missing: 0, unproven: 0, unreadable: 3 });
    expect(report.lacks).toEqual([
      { kind: 'unreadable', rows: 1, place: 311, time: { from: createdAt(312), to: createdAt(310) } },
      { kind: 'unreadable', rows: 1, place: 400, time: { from: createdAt(401), to: createdAt(399) } },
      { kind: 'unreadable', rows: 1, place: 1_233, time: { from: null, to: createdAt(1_232) } },
    ]);
    expect(isComplete(report)).toBe(false);
    // 13 pages, and some twenty more for each of three that had to be cut.
    expect(server.seen.length).toBeLessThan(110);
  });

  test('among users of a bulk import, beside others that pages keep back', async () => {
    await open({ users: 2_000, tied: [200, 1_800], longNames: [700, 1_500] });
    const { ids, report } = await gather({ resource: 'users', filters: {} });
    expect(ids.sort()).toEqual(without(700, 1_500));
    expect(report).toMatchObject({ rows: 1_998, missing: 0, unreadable: 2 });
  });

  test('in a list below a row, in a search, and where nobody counts', async () => {
    await open({ users: 350, longNames: [120] });
    const parent = crowdedOrganization();
    const members = await gather({ resource: 'organization-users', parent, filters: {} });
    expect(members.ids.sort()).toEqual(without(120));
    expect(members.report).toMatchObject({ rows: 349, missing: 0, unreadable: 1 });
    const found = await gather({ resource: 'users', filters: { search: ['id:regex"."'] } });
    expect(found.report).toMatchObject({ missing: 0, unreadable: 1 });
    await held[Symbol.asyncDispose]();
    await server.stop();
    await open({ users: 350, longNames: [120], dropsTotals: true });
    const uncounted = await gather({ resource: 'users', filters: {} });
    expect(uncounted.ids.sort()).toEqual(without(120));
    expect(uncounted.report).toMatchObject({ unreadable: 1, uncounted: 1 });
  });

  test('in windows of time', async () => {
    await open({ users: 50, logs: 3_000 });
    const failing = new Set([700, 2_222].map((at) => server.tenant.logs.row(at).id));
    server.failsOn = ({ id }) => failing.has(String(id));
    const { ids, report } = await gather({ resource: 'logs', filters: {} });
    expect(new Set(ids).size).toBe(2_998);
    expect(report).toMatchObject({ rows: 2_998, expected: 3_000, missing: 0, unreadable: 2 });
    expect(report.lacks).toHaveLength(2);
    const [first] = report.lacks;
    const { times } = server.tenant.logs;
    expect(first?.time).toEqual({ from: times[701], to: times[699] });
    expect(isComplete(report)).toBe(false);
  });

  test('are not a server that fails altogether', async () => {
    await open({ users: 350 });
    server.onRequest = ({ query }) => {
      if (query.get('page') === '3')
        server.faults.add(
          { kind: 'status', status: 500, body: { message: 'Internal server error.' } },
          { on: '/api', times: 9_999 },
        );
    };
    await expect(gather({ resource: 'users', filters: {} })).rejects.toMatchObject({ code: 'http.server' });
    const asked = server.seen.length;
    expect(asked).toBeLessThan(20);
    await expect(gather({ resource: 'users', filters: {} })).rejects.toMatchObject({ code: 'http.server' });
    // The page, and one without rows; what the first one had under way.
    expect(server.seen.length - asked).toBeLessThan(10);
  });

  test('are not an expression that the server cannot read', async () => {
    await open({ users: 350 });
    const asked = gather({ resource: 'users', filters: { search: ['name:regex"(?q)x"'] } });
    await expect(asked).rejects.toMatchObject({ code: 'query.expression' });
  });
});

describe('more logs in one millisecond than a page', () => {
  const all = () =>
    new Set(Array.from({ length: server.tenant.logs.length }, (_, at) => server.tenant.logs.row(at).id));

  test.each([false, true])('come all, cut by what they are; without a count: %s', async (dropsTotals) => {
    await open({ users: 50, logs: 2_500, tiedLogs: [500, 2_000], drawnTies: true, dropsTotals });
    const { ids, report } = await gather({ resource: 'logs', filters: {} });
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids)).toEqual(all());
    expect(report).toMatchObject({ rows: 2_500, missing: 0, uncounted: dropsTotals ? 1 : 0 });
    expect(isComplete(report)).toBe(!dropsTotals);
  });

  test('come all of one event, too', async () => {
    await open({ users: 50, logs: 4_000, tiedLogs: [500, 3_500], drawnTies: true });
    const event = 'ExchangeTokenBy.RefreshToken';
    const { ids, report } = await gather({ resource: 'logs', filters: { event: [event] } });
    const { logs } = server.tenant;
    const expected = Array.from({ length: logs.length }, (_, at) => logs.row(at)).filter(
      ({ key }) => key === event,
    );
    expect(ids.sort()).toEqual(expected.map(({ id }) => id).sort());
    expect(report).toMatchObject({ missing: 0 });
  });
});

describe('logs of a server that knows no bounds of time, several in each millisecond, in an order of its own on each page', () => {
  const times = Array.from({ length: 3_000 }, (_, n) => 1_795_000_000_000 - Math.floor(n / 7) * 10);

  test.each([false, true])('come all; without a count: %s', async (dropsTotals) => {
    await open({ era: '1.30', users: 50, logMoments: times, drawnTies: true, dropsTotals });
    const { ids, report } = await gather({ resource: 'logs', filters: {} });
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(3_000);
    expect(report).toMatchObject({ missing: 0 });
    expect(isComplete(report)).toBe(!dropsTotals);
  });

  test.each([103, 150])('come all of a time that begins %s rows below the top of a page', async (first) => {
    await open({ era: '1.30', users: 50, logMoments: times, drawnTies: true });
    const time = [String(times[2_500]), String(times[first])];
    const { ids, report } = await gather({ resource: 'logs', filters: { time } });
    const own = times.filter((at) => at >= Number(time[0]) && at <= Number(time[1])).length;
    expect(new Set(ids).size).toBe(own);
    expect(report).toMatchObject({ rows: own, missing: 0 });
    expect(isComplete(report)).toBe(true);
    // Some twenty-five pages, and a few requests for each moment that two of them cut.
    expect(server.seen.length).toBeLessThan(250);
  });

  test('come all where one moment has more than a page', async () => {
    const crowded = times.map((at, n) => (n > 400 && n < 1_000 ? (times[400] ?? 0) : at));
    await open({ era: '1.30', users: 50, logMoments: crowded, drawnTies: true });
    const { ids, report } = await gather({ resource: 'logs', filters: {} });
    expect(new Set(ids).size).toBe(3_000);
    expect(isComplete(report)).toBe(true);
  });
});
