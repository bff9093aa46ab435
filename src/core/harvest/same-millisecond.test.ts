import { afterEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { resourceOf } from '../../shared/catalog/index.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server.ts';
import { withinTime } from './by-time.ts';
import { Reader } from './reader.ts';
import { sameMillisecond } from './same-millisecond.ts';

let server: Simulator;
let held: TestCore;

afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

/** Reads a moment that has all logs of a server: each comes once. Gives the pages that were asked for, by their cut. */
const crowded = async (options: Partial<SimulatorOptions> & { logs: number }, failing: number[] = []) => {
  server = await startSimulator({
    users: 20,
    tied: [0, 0],
    tiedLogs: [0, options.logs],
    ...options,
  });
  const lost = new Set(failing.map((at) => server.tenant.logs.row(at).id));
  server.failsOn = ({ id }) => lost.has(String(id));
  held = testCore();
  const { id: profile } = await addSimulator(held.core, server);
  const session = await held.core.sessionOf(profile);
  await session.capabilities.timeBounds(resourceOf('logs'));
  const moment = server.tenant.logs.row(0).createdAt;
  const query = withinTime({ profile, resource: 'logs', filters: {} }, { from: moment, to: moment });
  const reader = new Reader(session, query, Date.now, new AbortController().signal);
  const from = server.seen.length;
  const ids: string[] = [];
  const reading = sameMillisecond({ reader, query, isOwn: ({ createdAt }) => createdAt === moment });
  let step = await reading.next();
  for (; !step.done; step = await reading.next()) ids.push(...step.value.map(({ id }) => String(id)));
  const asked = server.seen
    .slice(from)
    .filter(({ path }) => path === '/api/logs')
    .map(({ query: of }) => ({
      size: Number(of.get('page_size')),
      cut: ['logKey', 'applicationId', 'userId'].filter((name) => of.has(name)).join(),
    }));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(options.logs - failing.length);
  // Rows that the server fails on lack, and are counted elsewhere.
  expect(step.value).toBe(0);
  return asked;
};

const uncut = (size: number) => ({ size, cut: '' });

test('a moment whose rows stand still is read once', async () => {
  expect(await crowded({ logs: 260 })).toEqual([uncut(100), uncut(100), uncut(100)]);
});

test('a row that the server fails on is not looked for in other ways', async () => {
  const asked = await crowded({ logs: 260 }, [33]);
  expect(asked.filter(({ size, cut }) => cut !== '' || size === 89)).toEqual([]);
});

test('rows that stand elsewhere on each page are read by two sizes, then by what they are, and then no more', async () => {
  const asked = await crowded({ logs: 600, drawnTies: true });
  const first = asked.findIndex(({ cut }) => cut !== '');
  expect(asked.slice(0, first).map(({ size }) => size)).toEqual([
    ...Array(7).fill(100),
    ...Array(7).fill(89),
  ]);
  expect(asked[first]).toEqual({ size: 100, cut: 'logKey' });
  expect(asked.slice(first).filter(({ cut }) => cut === '')).toEqual([]);
});

test('where nobody counts, a reading that brings nothing new ends it', async () => {
  const asked = await crowded({ logs: 260, dropsTotals: true });
  expect(asked).toEqual([100, 100, 100, 89, 89, 89].map(uncut));
});
