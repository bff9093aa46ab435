import { afterEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { resourceOf } from '../../shared/catalog/index.ts';
import { reachOf } from '../../shared/query.ts';
import { type Era, eras } from '../../simulator/eras.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { withinTime } from './by-time.ts';
import { Reader } from './reader.ts';
import { walkWindows } from './windows.ts';

let server: Simulator;
let held: TestCore;

afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const bounded = eras.filter((era) => era !== '1.30');

/** Rows from place `first` (the newest) to `last` of the list, read in windows; what was asked, and in what order it came. */
const walked = async (era: Era, tied: [number, number], first: number, last: number, forgotten?: string) => {
  server = await startSimulator({ users: 5, logs: 3_000, tied: [0, 0], tiedLogs: tied, era });
  held = testCore();
  const { id: profile } = await addSimulator(held.core, server);
  const session = await held.core.sessionOf(profile);
  const bounds = await session.capabilities.timeBounds(resourceOf('logs'));
  const reach = reachOf(bounds);
  const timeAt = (place: number) => server.tenant.logs.row(place).createdAt;
  const whole = { from: timeAt(last), to: timeAt(first) };
  const query = withinTime({ profile, resource: 'logs', filters: {} }, whole);
  const reader = new Reader(session, query, Date.now, new AbortController().signal);
  const from = server.seen.length;
  // That it hears of both bounds was found out before.
  if (forgotten) server.onRequest = (request) => request.query.delete(forgotten);
  const rows = [];
  for await (const batch of walkWindows(reader, { span: whole, whole, reach }, last - first + 1))
    rows.push(...batch);
  const asked = server.seen
    .slice(from)
    .filter(({ path }) => path === '/api/logs')
    .map(({ query }) => ({
      from: Number(query.get('start_time')) + reach,
      to: Number(query.get('end_time')) - reach,
      page: Number(query.get('page')),
    }));
  // Rows of the same millisecond as the first and the last one are of that time, too.
  const expected = Array.from({ length: 3_000 }, (_, place) => server.tenant.logs.row(place))
    .filter(({ createdAt }) => createdAt >= whole.from && createdAt <= whole.to)
    .map(({ id }) => String(id));
  return {
    ids: rows.map(({ id }) => String(id)),
    times: rows.map(({ createdAt }) => Number(createdAt)),
    expected,
    asked,
    whole,
    reader,
  };
};

describe.each(bounded)('windows of Logto %s', (era) => {
  test('bring each row of the time once, the newest first, and none of what is around it', async () => {
    const { ids, times, expected, asked, whole, reader } = await walked(era, [0, 0], 150, 2_400);
    expect(ids).toHaveLength(expected.length);
    expect(ids.toSorted()).toEqual(expected.toSorted());
    expect(times).toEqual(times.toSorted((one, other) => other - one));
    expect(reader.crowded).toEqual([]);
    // No row is asked for twice but where a window had more than a page, which is cut; nothing beyond the whole is.
    expect(Math.min(...asked.map(({ from }) => from))).toBe(whole.from);
    expect(Math.max(...asked.map(({ to }) => to))).toBe(whole.to);
    const ends = asked.map(({ to }) => to);
    expect(new Set(ends).size).toBe(ends.length);
    // A page has room for 100; windows aim at a little less.
    expect(asked.length).toBeGreaterThanOrEqual(Math.ceil(expected.length / 100));
    expect(asked.length).toBeLessThan(expected.length / 30);
  });

  test('bring all rows of a millisecond that has more than a page of them', async () => {
    const { ids, times, expected, reader } = await walked(era, [400, 700], 300, 900);
    expect(ids.toSorted()).toEqual(expected.toSorted());
    expect(times).toEqual(times.toSorted((one, other) => other - one));
    expect(reader.crowded).toEqual([]);
  });

  test('of one moment bring the rows of that moment', async () => {
    const { ids, expected } = await walked(era, [0, 0], 42, 42);
    expect(expected.length).toBeGreaterThan(0);
    expect(ids.toSorted()).toEqual(expected.toSorted());
  });

  test.each(['start_time', 'end_time'])('are refused where rows beyond %s come along', async (name) => {
    await expect(walked(era, [0, 0], 150, 2_400, name)).rejects.toMatchObject({
      code: 'http.untimely',
      detail: { where: 'logs' },
    });
  });
});
