import { afterEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import { resourceOf } from '../shared/catalog/index.ts';
import { isComplete } from '../shared/complete.ts';
import type { Query } from '../shared/query.ts';
import { type Era, eras } from '../simulator/eras.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/server.ts';
import { harvest } from './harvest/harvest.ts';
import type { HarvestReport } from './harvest/report.ts';
import { countNewer, countRows, listPage } from './rows/listing.ts';

/** Audit logs and lists of servers of each era: what a user sees is the same, whatever the server can be asked. */
let server: Simulator;
let held: TestCore;
let profile: string;

const open = async (era: Era, options: SimulatorOptions = {}) => {
  server = await startSimulator({ users: 50, logs: 3_000, tied: [0, 0], era, ...options });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
};
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const session = () => held.core.sessionOf(profile);
const logs = (filters: Query['filters'] = {}): Query => ({ profile, resource: 'logs', filters });
const now = () => Date.now();
const moment = (place: number) => Number(server.tenant.logs.times[place]);
/** Ids of the logs of a time, both ends inclusive, newest first. */
const idsBetween = (from: number, to: number) =>
  Array.from({ length: server.tenant.logs.length }, (_, index) => server.tenant.logs.row(index))
    .filter(({ createdAt }) => createdAt >= from && createdAt <= to)
    .map(({ id }) => id);
const requests = (path = '/api/logs') => server.seen.filter((one) => one.path === path);

const gather = async (query: Query, until?: number, onRows: (count: number) => void = () => {}) => {
  const rows = harvest({
    session: await session(),
    query,
    clock: now,
    signal: new AbortController().signal,
    ...(until === undefined ? {} : { until }),
  });
  const ids: string[] = [];
  for (let step = await rows.next(); ; step = await rows.next()) {
    if (step.done) return { ids, report: step.value as HarvestReport };
    ids.push(...step.value.rows.map(({ id }) => String(id)));
    onRows(ids.length);
  }
};

describe.each(eras)('audit logs of Logto %s', (era) => {
  test('are found by their time, to the millisecond at both ends', async () => {
    await open(era);
    const [from, to] = [moment(1_900), moment(300)];
    const query = logs({ time: [String(from), String(to)] });
    const first = await listPage(await session(), { query, index: 0 }, now);
    const expected = idsBetween(from, to);
    expect(first.total).toBe(expected.length);
    expect(first.rows.map(({ id }) => id)).toEqual(expected.slice(0, 100));
    const last = await listPage(await session(), { query, index: 15, until: moment(0) }, now);
    expect(last.rows.map(({ id }) => id)).toEqual(expected.slice(1_500, 1_600));
    expect(first.timeBy).toBe(era === '1.30' ? 'position' : undefined);
    expect(await countRows(await session(), query, undefined, now)).toBe(expected.length);
  });

  test('of one millisecond are those of that millisecond', async () => {
    await open(era);
    const at = moment(1_234);
    const { rows, total } = await listPage(
      await session(),
      { query: logs({ time: [String(at), String(at)] }), index: 0 },
      now,
    );
    expect(rows.map(({ id }) => id)).toEqual(idsBetween(at, at));
    expect(total).toBe(rows.length);
  });

  test('of a time without any are none', async () => {
    await open(era);
    const query = logs({ time: ['1000', '2000'] });
    expect(await listPage(await session(), { query, index: 0 }, now)).toMatchObject({ rows: [], total: 0 });
    const { ids, report } = await gather(query);
    expect([ids, isComplete(report)]).toEqual([[], true]);
  });

  test('stay where they were while new ones come, and say how many came', async () => {
    await open(era);
    const query = logs({ time: [String(moment(2_000)), ''] });
    const first = await listPage(await session(), { query, index: 0 }, now);
    const until = Number(first.until);
    const second = await listPage(await session(), { query, index: 1, until }, now);
    for (let n = 1; n <= 7; n += 1) server.tenant.insertLog(until + n, 'Interaction.Create');
    for (const index of [1, 5, 1]) {
      const page = await listPage(await session(), { query, index, until }, now);
      expect(page.rows.map(({ id }) => id)).toEqual(
        idsBetween(moment(2_000), until).slice(index * 100, index * 100 + 100),
      );
      expect(page.total).toBe(first.total);
    }
    expect(second.total).toBe(first.total);
    expect((await countNewer(await session(), query, until, now)).count).toBe(7);
    expect((await listPage(await session(), { query, index: 0 }, now)).until).toBe(until + 7);
  });

  test('are exported whole, with other filters, too, and proved', async () => {
    await open(era);
    const all = await gather(logs());
    expect(all.ids).toHaveLength(3_000);
    expect(new Set(all.ids).size).toBe(3_000);
    expect(all.report).toMatchObject({ rows: 3_000, expected: 3_000, missing: 0, unproven: 0 });
    const key = server.tenant.logs.key(0);
    const [from, to] = [moment(2_500), moment(200)];
    const some = await gather(logs({ event: [key], time: [String(from), String(to)] }));
    const expected = Array.from({ length: 3_000 }, (_, index) => server.tenant.logs.row(index)).filter(
      (row) => row.key === key && row.createdAt >= from && row.createdAt <= to,
    );
    expect([...some.ids].sort()).toEqual(expected.map(({ id }) => id).sort());
    expect(isComplete(some.report)).toBe(true);
  });

  test('are exported as they were when it began, while others come', async () => {
    await open(era);
    const [from, to] = [moment(2_800), moment(0)];
    let written = 0;
    server.onRequest = ({ path }) => {
      if (path !== '/api/logs') return;
      written += 1;
      if (written % 3 === 0) server.tenant.insertLog(to + written, 'Interaction.Create');
    };
    const { ids, report } = await gather(logs({ time: [String(from), ''] }), to);
    expect([...ids].sort()).toEqual(idsBetween(from, to).sort());
    expect(report).toMatchObject({ missing: 0, unproven: 0 });
  });

  test('that the tenant forgets meanwhile are not said to be missing', async () => {
    await open(era);
    const { ids, report } = await gather(logs(), undefined, (count) => {
      if (count >= 1_500) server.tenant.logs.forgetBefore(moment(2_600));
    });
    expect(ids.length).toBeLessThan(3_000);
    expect(new Set(ids).size).toBe(ids.length);
    expect(idsBetween(moment(2_599), moment(0)).filter((id) => !ids.includes(id))).toEqual([]);
    expect(report.missing).toBe(0);
  });

  test('one in every millisecond are all read, each once', async () => {
    const start = 1_795_000_000_000;
    await open(era, { logMoments: Array.from({ length: 1_700 }, (_, n) => start - n) });
    const { ids, report } = await gather(logs());
    expect(new Set(ids).size).toBe(1_700);
    expect(ids).toHaveLength(1_700);
    expect(report).toMatchObject({ missing: 0, expected: 1_700 });
  });

  test('around a crowded millisecond are all read', async () => {
    const start = 1_795_000_000_000;
    const times = [
      ...Array.from({ length: 140 }, (_, n) => start + 140 - n),
      ...Array.from({ length: 250 }, () => start),
      start - 1,
      ...Array.from({ length: 150 }, () => start - 2),
      ...Array.from({ length: 90 }, (_, n) => start - 3 - n * 7),
    ];
    await open(era, { logMoments: times });
    const { ids, report } = await gather(logs());
    expect([...ids].sort()).toEqual(idsBetween(0, start + 200).sort());
    expect(report).toMatchObject({ missing: 0, expected: times.length });
  });

  test('of the last hours are counted back from now, also where the view is held at an earlier moment', async () => {
    await open(era);
    const at = moment(0);
    const clock = () => at + 15 * 3_600_000;
    const query = logs({ time: ['24h'] });
    const until = moment(40);
    const expected = idsBetween(clock() - 86_400_000, until);
    // Counted back from that moment it would be more.
    expect(idsBetween(until - 86_400_000, until).length).toBeGreaterThan(expected.length);
    const page = await listPage(await session(), { query, index: 0, until }, clock);
    expect(page.total).toBe(expected.length);
    expect(await countRows(await session(), query, until, clock)).toBe(expected.length);
    const reading = harvest({
      session: await session(),
      query,
      clock,
      until,
      signal: new AbortController().signal,
    });
    const ids: unknown[] = [];
    let step = await reading.next();
    for (; !step.done; step = await reading.next()) ids.push(...step.value.rows.map(({ id }) => id));
    expect(ids.sort()).toEqual(expected.sort());
    expect(isComplete(step.value)).toBe(true);
  });

  test('that came are counted also where no answer counts them: a page of them, and perhaps more', async () => {
    await open(era, { logs: 900, dropsTotals: true });
    const until = moment(0);
    const newer = async () => countNewer(await session(), logs(), until, now);
    expect(await newer()).toEqual({ count: 0, capped: false });
    for (let n = 1; n <= 7; n += 1) server.tenant.insertLog(until + n, 'Interaction.Create');
    expect(await newer()).toEqual({ count: 7, capped: false });
    for (let n = 8; n <= 130; n += 1) server.tenant.insertLog(until + n, 'Interaction.Create');
    const { count, capped } = await newer();
    expect(capped).toBe(true);
    expect(count).toBeGreaterThan(90);
    expect(count).toBeLessThanOrEqual(100);
  });

  test('of an empty tenant are none', async () => {
    await open(era, { logs: 0 });
    const query = logs({ time: ['24h'] });
    expect(await listPage(await session(), { query, index: 0 }, now)).toMatchObject({ rows: [], total: 0 });
    expect((await gather(logs())).ids).toEqual([]);
  });
});

describe('a server that knows no bounds of time', () => {
  test('is asked a dozen times for the place of a time, not for all that comes before it', async () => {
    await open('1.30', { logs: 60_000 });
    const query = logs({ time: [String(moment(31_000)), String(moment(30_500))] });
    const page = await listPage(await session(), { query, index: 0 }, now);
    expect(page.total).toBe(idsBetween(moment(31_000), moment(30_500)).length);
    expect(requests().length).toBeLessThan(35);
    // What was found holds for the pages after it: one request each, and one half of another.
    const before = requests().length;
    for (const index of [1, 2, 3, 4]) await listPage(await session(), { query, index }, now);
    expect(requests().length - before).toBeLessThanOrEqual(6);
  });

  test('is not read past the lower bound of an export', async () => {
    await open('1.30', { logs: 20_000 });
    const { ids } = await gather(logs({ time: [String(moment(1_000)), ''] }));
    expect(ids.length).toBe(idsBetween(moment(1_000), moment(0)).length);
    expect(requests().length).toBeLessThan(45);
  });

  test('is asked once for logs of which it has none', async () => {
    await open('1.30', { logs: 300 });
    expect(await (await session()).capabilities.timeBounds(resourceOf('logs'))).toBe('ignored');
    const before = requests().length;
    const { ids, report } = await gather(logs({ event: ['Nothing.Of.That.Name'] }));
    expect(ids).toEqual([]);
    expect(isComplete(report)).toBe(true);
    expect(requests().length - before).toBe(1);
  });

  test('proves nothing without a total, and is not read for ever', async () => {
    await open('1.30', { logs: 900, dropsTotals: true });
    const { ids, report } = await gather(logs());
    expect(ids).toHaveLength(900);
    expect(isComplete(report)).toBe(false);
    const [from, to] = [moment(700), moment(100)];
    const some = await gather(logs({ time: [String(from), String(to)] }));
    expect([...some.ids].sort()).toEqual(idsBetween(from, to).sort());
    expect(isComplete(some.report)).toBe(false);
  });
});

describe('a server that ignores one of the bounds', () => {
  test.each(['start_time', 'end_time'])('%s: its logs are found by place', async (name) => {
    await open('1.42');
    server.onRequest = ({ query }) => query.delete(name);
    const [from, to] = [moment(1_900), moment(300)];
    const query = logs({ time: [String(from), String(to)] });
    const page = await listPage(await session(), { query, index: 0 }, now);
    expect(page.rows.map(({ id }) => id)).toEqual(idsBetween(from, to).slice(0, 100));
    expect((await gather(query)).ids.sort()).toEqual(idsBetween(from, to).sort());
  });

  test('from some moment on is refused, by its name', async () => {
    await open('1.42');
    await (await session()).capabilities.timeBounds(resourceOf('logs'));
    server.onRequest = ({ query }) => query.delete('start_time');
    await expect(gather(logs())).rejects.toMatchObject({ code: 'http.untimely' });
  });
});
