import { afterEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { isComplete } from '../../shared/complete.ts';
import type { Query } from '../../shared/query.ts';
import { queryResource } from '../../shared/query.ts';
import { rowIdOf } from '../../shared/row.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server.ts';
import { harvest } from './harvest.ts';
import type { HarvestReport } from './report.ts';

let server: Simulator;
let held: TestCore;

const open = async (options: SimulatorOptions) => {
  server = await startSimulator(options);
  held = testCore();
  return (await addSimulator(held.core, server)).id;
};
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

/** Everything that a harvest hands out; `onRows` is told after each batch. */
const gather = async (
  query: Query,
  onRows: (count: number) => void = () => {},
  bounds: { until?: number } = {},
): Promise<{ ids: string[]; report: HarvestReport; asked: number }> => {
  const session = await held.core.sessionOf(query.profile);
  const { signal } = new AbortController();
  const before = server.seen.length;
  const rows = harvest({ session, query, clock: Date.now, signal, ...bounds });
  const ids: string[] = [];
  let step = await rows.next();
  for (; !step.done; step = await rows.next()) {
    ids.push(...step.value.rows.map((row) => rowIdOf(queryResource(query), row)));
    onRows(ids.length);
  }
  return { ids, report: step.value, asked: server.seen.length - before };
};

const users = (profile: string, filters: Query['filters'] = {}): Query => ({
  profile,
  resource: 'users',
  filters,
});
const logs = (profile: string, filters: Query['filters'] = {}): Query => ({
  profile,
  resource: 'logs',
  filters,
});
const logIds = () =>
  Array.from({ length: server.tenant.logs.length }, (_, index) => server.tenant.logs.row(index).id);

describe('users of a bulk import, whom pages keep back', () => {
  test('are counted and not looked for, where that is asked', async () => {
    const profile = await open({ users: 8_000, logs: 1, tied: [500, 6_500] });
    const session = await held.core.sessionOf(profile);
    const { signal } = new AbortController();
    const rows = harvest({ session, query: users(profile), clock: Date.now, signal, complete: false });
    let read = 0;
    let step = await rows.next();
    for (; !step.done; step = await rows.next()) read += step.value.rows.length;
    expect(step.value).toMatchObject({ rows: read, mended: 0, missing: 8_000 - read });
    expect(step.value.missing).toBeGreaterThan(0);
    expect(isComplete(step.value)).toBe(false);
    // Each page once, the one after them, and the first again to see what came meanwhile.
    expect(server.seen.filter(({ path }) => path === '/api/users')).toHaveLength(82);
  });

  test('are all read, each once, and the mended ones are counted', async () => {
    const profile = await open({ users: 8_000, logs: 1, tied: [500, 6_500] });
    const { ids, report } = await gather(users(profile));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(server.tenant.users.map(({ id }) => id).sort());
    expect(report).toMatchObject({
      rows: 8_000,
      expected: 8_000,
      missing: 0,
      added: 0,
      removed: 0,
      unproven: 0,
    });
    expect(report.mended).toBeGreaterThan(10);
    expect(isComplete(report)).toBe(true);
  });

  test('are read in one block and in several, with any filter', async () => {
    const profile = await open({ users: 3_000, logs: 1, tied: [250, 500] });
    for (const filters of [{}, { keyword: ['a'] }] as Query['filters'][]) {
      const { ids, report } = await gather(users(profile, filters));
      expect(report).toMatchObject({ missing: 0, rows: report.expected });
      expect(new Set(ids).size).toBe(report.expected);
    }
  });

  test('cost little more than their pages', async () => {
    const profile = await open({ users: 8_000, logs: 1, tied: [1_600, 4_000] });
    const { report, asked } = await gather(users(profile));
    expect(report).toMatchObject({ rows: 8_000, missing: 0 });
    // 80 pages; the doubtful 24 again by other sizes; some prefixes for the last.
    expect(asked).toBeLessThan(240);
  });
});

describe('users who come and go while they are read', () => {
  test('new ones shift the others down, and none of those is lost', async () => {
    const profile = await open({ users: 5_000, logs: 1, tied: [1_000, 1_600] });
    const before = server.tenant.users.map(({ id }) => id);
    let added = 0;
    const { ids, report } = await gather(users(profile), (count) => {
      if (added < 30 && count > added * 100) {
        added += 1;
        server.tenant.insertUser(Date.now() + added);
      }
    });
    expect(added).toBe(30);
    const read = new Set(ids);
    expect(read.size).toBe(ids.length);
    expect(before.filter((id) => !read.has(id))).toEqual([]);
    expect(report).toMatchObject({ missing: 0, unproven: 0, added: 30, removed: 0 });
  });

  test('removed ones pull others past the reader, who reads again until nothing moved', async () => {
    const profile = await open({ users: 5_000, logs: 1, tied: [0, 0] });
    const doomed = server.tenant.users.filter((_, index) => index % 180 === 3).map(({ id }) => id);
    const gone = new Set<string>();
    const { ids, report } = await gather(users(profile), (count) => {
      const id = doomed[gone.size];
      if (id && count > gone.size * 150 && server.tenant.removeUser(id)) gone.add(id);
    });
    expect(gone.size).toBeGreaterThan(20);
    const read = new Set(ids);
    expect(read.size).toBe(ids.length);
    expect(server.tenant.users.map(({ id }) => id).filter((id) => !read.has(id))).toEqual([]);
    expect(report).toMatchObject({ missing: 0, unproven: 0, removed: gone.size });
  });
});

describe('audit logs', () => {
  test('are walked by windows of time, each once, newest first', async () => {
    const profile = await open({ users: 50, logs: 12_000, tied: [0, 0] });
    const { ids, report, asked } = await gather(logs(profile));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(logIds().sort());
    expect(report).toMatchObject({ rows: 12_000, expected: 12_000, missing: 0, repeated: 0 });
    const deepest = Math.max(
      ...server.seen.map(({ query }) => Number(query.get('page_size') === '100' && query.get('page'))),
    );
    expect(deepest).toBeLessThanOrEqual(1);
    expect(asked).toBeLessThan(224);
  });

  test('of one crowded millisecond come all', async () => {
    const profile = await open({ users: 50, logs: 6_000, tied: [0, 0], tiedLogs: [2_000, 4_000] });
    const { ids, report } = await gather(logs(profile));
    expect([...ids].sort()).toEqual(logIds().sort());
    expect(report).toMatchObject({ rows: 6_000, missing: 0 });
  });

  test('come all where the server compares microseconds, and shows milliseconds', async () => {
    const profile = await open({
      users: 50,
      logs: 3_000,
      tied: [0, 0],
      tiedLogs: [1_000, 1_060],
      microseconds: true,
    });
    const { times } = server.tenant.logs;
    expect(times.filter((time) => !Number.isInteger(time)).length).toBeGreaterThan(2_700);
    const { ids, report } = await gather(logs(profile));
    expect([...ids].sort()).toEqual(logIds().sort());
    expect(report).toMatchObject({ rows: 3_000, expected: 3_000, missing: 0 });
    // Held at a moment that a row shows: that row is in.
    const shown = Math.floor(times[0] ?? 0);
    server.tenant.insertLog(shown + 50, 'Interaction.Create');
    const session = await held.core.sessionOf(profile);
    const { signal } = new AbortController();
    let rows = 0;
    for await (const batch of harvest({
      session,
      query: logs(profile),
      clock: Date.now,
      signal,
      until: shown,
    }))
      rows += batch.rows.length;
    expect(rows).toBe(3_000);
  });

  test('of a hook are read by pages, as servers differ in whether those can be cut', async () => {
    const profile = await open({ users: 50, logs: 10, tied: [0, 0] });
    const parent = String(server.tenant.hooks[0]?.id);
    const { ids, report } = await gather({ profile, resource: 'hook-logs', parent, filters: {} });
    expect([ids.length, report.missing]).toEqual([120, 0]);
    expect(server.seen.some(({ query }) => query.has('start_time'))).toBe(false);
  });

  test('are held at the moment when reading began, and within the time asked for', async () => {
    const profile = await open({ users: 50, logs: 4_000, tied: [0, 0] });
    const { times } = server.tenant.logs;
    const filters = { time: [String(times[3_000]), String(times[1_000])] };
    server.onRequest = ({ path }) => {
      if (path === '/api/logs') server.tenant.insertLog((times[0] ?? 0) + 1_000, 'Interaction.Create');
    };
    const { ids } = await gather(logs(profile, filters));
    const expected = logIds().filter(
      (_, at) => Number(times[at]) >= Number(filters.time[0]) && Number(times[at]) <= Number(filters.time[1]),
    );
    expect([...ids].sort()).toEqual(expected.sort());
    const all = await gather(logs(profile));
    expect(all.report.missing).toBe(0);
  });

  test('are counted up to the moment that is asked for, not up to now', async () => {
    const profile = await open({ users: 1, logs: 700, tied: [0, 0] });
    const until = server.tenant.logs.row(300).createdAt;
    const wanted = logIds().filter((_, place) => server.tenant.logs.row(place).createdAt <= until);
    const { ids, report } = await gather(logs(profile), () => {}, { until });
    expect(ids.toSorted()).toEqual(wanted.toSorted());
    const { length } = wanted;
    expect(report).toMatchObject({
      rows: length,
      before: length,
      expected: length,
      removed: 0,
      lacks: [],
    });
  });

  test('with long silences between them cost few requests', async () => {
    const profile = await open({ users: 50, logs: 300, tied: [0, 0] });
    const old = 1_600_000_000_000;
    server.tenant.newLogs.push(server.tenant.insertLog(old, 'Interaction.End'));
    server.tenant.newLogs.shift();
    const { ids, report, asked } = await gather(logs(profile, { event: ['Interaction.End'] }));
    expect(report.missing).toBe(0);
    expect(ids.length).toBe(report.expected);
    expect(asked).toBeLessThan(40);
  });

  test('of nothing are nothing', async () => {
    const profile = await open({ users: 50, logs: 100, tied: [0, 0] });
    const { ids, report } = await gather(logs(profile, { event: ['No.Such.Event'] }));
    expect([ids.length, report.rows, report.missing]).toEqual([0, 0, 0]);
  });
});
