import { afterEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { isComplete } from '../../shared/complete.ts';
import type { Query } from '../../shared/query.ts';
import { eras } from '../../simulator/eras.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server.ts';
import { gatherIn } from './testing.ts';

/** Totals that are smaller than the list: nothing is proved by them, and what they leave out is read. */
let server: Simulator;
let held: TestCore;
let profile: string;

const open = async (options: SimulatorOptions) => {
  server = await startSimulator({ users: 50, logs: 1, tied: [0, 0], ...options });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
};
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const gather = async (query: Omit<Query, 'profile'>) =>
  gatherIn(await held.core.sessionOf(profile), { ...query, profile });

const everybody = () => server.tenant.users.map(({ id }) => id).sort();
const allLogs = () =>
  Array.from({ length: server.tenant.logs.length }, (_, at) => server.tenant.logs.row(at).id).sort();

describe('a total that lacks whole pages', () => {
  test.each([100, 300, 350])('of users: %s of 730', async (tellsAtMost) => {
    await open({ users: 730, tellsAtMost });
    const { ids, report } = await gather({ resource: 'users', filters: {} });
    expect(ids.sort()).toEqual(everybody());
    expect(report).toMatchObject({ rows: 730, uncounted: 1 });
    expect(isComplete(report)).toBe(false);
  });

  test('of members', async () => {
    await open({ users: 730, tellsAtMost: 400 });
    const [parent = '', members] = [...server.tenant.usersByOrganization][0] ?? [];
    for (const user of server.tenant.users) members?.add(user.id);
    const { ids, report } = await gather({ resource: 'organization-users', parent, filters: {} });
    expect(ids.sort()).toEqual(everybody());
    expect(isComplete(report)).toBe(false);
  });

  test.each(eras)('of audit logs in Logto %s', async (era) => {
    await open({ logs: 1_234, era, tellsAtMost: 700 });
    const { ids, report } = await gather({ resource: 'logs', filters: {} });
    expect([...new Set(ids)].sort()).toEqual(allLogs());
    expect(report).toMatchObject({ rows: 1_234, uncounted: 1 });
    expect(isComplete(report)).toBe(false);
  });

  test.each(eras)('of audit logs of a time in Logto %s', async (era) => {
    await open({ logs: 1_234, era, tellsAtMost: 100 });
    const { times } = server.tenant.logs;
    const time = [String(times[1_000]), String(times[30])];
    const { ids, report } = await gather({ resource: 'logs', filters: { time } });
    const expected = Array.from({ length: 1_234 }, (_, at) => server.tenant.logs.row(at))
      .filter(({ createdAt }) => createdAt >= Number(time[0]) && createdAt <= Number(time[1]))
      .map(({ id }) => id);
    expect([...new Set(ids)].sort()).toEqual(expected.sort());
    expect(isComplete(report)).toBe(false);
  });

  test('of users, where the server fails on one behind the last that is counted', async () => {
    await open({ users: 51, tellsAtMost: 50, longNames: [50] });
    const { ids, report } = await gather({ resource: 'users', filters: {} });
    expect(ids).toHaveLength(50);
    expect(report).toMatchObject({ unreadable: 1 });
    expect(isComplete(report)).toBe(false);
  });

  test('a list that ends with a whole page is complete: the page after it has nothing', async () => {
    await open({ users: 300 });
    const { ids, report } = await gather({ resource: 'users', filters: {} });
    expect(ids.sort()).toEqual(everybody());
    expect(isComplete(report)).toBe(true);
    // Three pages, the one after them, and the first again to see what came meanwhile.
    expect(server.seen.filter(({ path }) => path === '/api/users')).toHaveLength(5);
  });
});

describe.each(eras)('audit logs of Logto %s', (era) => {
  test('are read whole where pages of one row come without any', async () => {
    await open({ logs: 1_234, era });
    const noRow = { kind: 'status', status: 200, headers: { 'total-number': '1234' }, body: [] } as const;
    server.faults.add(noRow, {
      on: ({ path, query }) => path === '/api/logs' && query.get('page_size') === '1',
      times: 9_999,
    });
    const { ids, report } = await gather({ resource: 'logs', filters: {} });
    expect([...new Set(ids)].sort()).toEqual(allLogs());
    expect(isComplete(report)).toBe(true);
  });

  test('are read but for one that the server fails on, which is named by its place', async () => {
    await open({ logs: 1_234, era });
    const { times } = server.tenant.logs;
    const failing = server.tenant.logs.row(350).id;
    server.failsOn = ({ id }) => id === failing;
    const others = allLogs().filter((id) => id !== failing);
    const { ids, report } = await gather({ resource: 'logs', filters: {} });
    expect([...new Set(ids)].sort()).toEqual(others);
    expect(report).toMatchObject({ rows: 1_233, missing: 0, unreadable: 1 });
    expect(report.lacks[0]?.time).toEqual({ from: times[351], to: times[349] });
    expect(isComplete(report)).toBe(false);
    const time = [String(times[400]), String(times[300])];
    const part = await gather({ resource: 'logs', filters: { time } });
    expect(part.report).toMatchObject({ missing: 0, unreadable: 1 });
    const place = times.slice(0, 350).filter((at) => at <= Number(time[1])).length;
    if (era === '1.30') expect(part.report.lacks[0]).toMatchObject({ place });
  });
});

describe('audit logs by position', () => {
  test.each([
    ['both lie in the view, on two pages', 350, 450],
    ['both lie in the view, on two of its own pages', 300, 450],
    ['the view begins between them', 400, 450],
    ['the view begins behind them', 401, 450],
    ['the view ends between them', 350, 399],
    ['the view ends before them', 350, 398],
    ['there is nothing else in the view', 399, 400],
  ])('name two neighbors that the server fails on, where %s', async (_, newest, oldest) => {
    await open({ logs: 620, era: '1.30' });
    const { times } = server.tenant.logs;
    const failing = [399, 400].map((at) => server.tenant.logs.row(at).id);
    server.failsOn = ({ id }) => failing.includes(String(id));
    const [from, to] = [Number(times[oldest]), Number(times[newest])];
    const inView = Array.from({ length: 620 }, (_, at) => server.tenant.logs.row(at)).filter(
      ({ createdAt }) => createdAt >= from && createdAt <= to,
    );
    const readable = inView.filter(({ id }) => !failing.includes(id)).map(({ id }) => id);
    const time = [String(from), String(to)];
    const { ids, report } = await gather({ resource: 'logs', filters: { time } });
    expect([...new Set(ids)].sort()).toEqual(readable.sort());
    expect(report).toMatchObject({ rows: readable.length, missing: 0, unproven: 0 });
    // Beside a bound nobody knows on which side of it they lie: none of the view is left out, others may be named.
    expect(report.unreadable).toBeGreaterThanOrEqual(inView.length - readable.length);
    expect(report.unreadable).toBeLessThanOrEqual(failing.length);
    expect(new Set(report.lacks.map(({ kind }) => kind))).toEqual(
      new Set(report.unreadable > 0 ? ['unreadable'] : []),
    );
  });
});
