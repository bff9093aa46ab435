import { afterEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { isComplete } from '../../shared/complete.ts';
import { rowIdOf } from '../../shared/row.ts';
import { type Era, eras } from '../../simulator/eras.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { harvest } from './harvest.ts';

/** Audit logs of a tenant whose retention removes the oldest while they are read. */
let server: Simulator;
let held: TestCore;

const open = async (era: Era, logs = 3_000) => {
  server = await startSimulator({ era, users: 50, logs, tied: [0, 0] });
  held = testCore();
  return (await addSimulator(held.core, server)).id;
};
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

/** Leaves the `kept` newest logs. */
const forget = (kept: number) => server.tenant.logs.forgetBefore(server.tenant.logs.times[kept - 1] ?? 0);

/** Reads all logs; only the `kept` newest are left once `read` rows came. */
const gather = async (profile: string, { read, kept }: { read: number; kept: number }) => {
  const session = await held.core.sessionOf(profile);
  const { signal } = new AbortController();
  const query = { profile, resource: 'logs' as const, filters: {} };
  const rows = harvest({ session, query, clock: Date.now, signal });
  const ids: string[] = [];
  let step = await rows.next();
  for (; !step.done; step = await rows.next()) {
    ids.push(...step.value.map((row) => rowIdOf({ rowId: 'id' }, row)));
    if (ids.length >= read && server.tenant.logs.length > kept) forget(kept);
  }
  return { ids, report: step.value };
};

const idAt = (place: number) => server.tenant.logs.row(place).id;

describe.each(eras)('logs of Logto %s that retention removes', (era) => {
  test('before they are read are removed, not missing', async () => {
    const profile = await open(era, 12_000);
    const { ids, report } = await gather(profile, { read: 100, kept: 10_000 });
    const met = new Set(ids);
    expect(met.size).toBe(ids.length);
    expect(Array.from({ length: 10_000 }, (_, at) => idAt(at)).filter((id) => !met.has(id))).toEqual([]);
    expect(ids.length).toBeLessThan(12_000);
    expect(report).toMatchObject({ before: 12_000, removed: 2_000, missing: 0, unproven: 0, uncounted: 0 });
    expect(isComplete(report)).toBe(true);
  });

  test.each([
    ['before', 100],
    ['after', 2_990],
  ])('%s they are read excuse none that the server fails on', async (_, read) => {
    const profile = await open(era);
    const failing = idAt(700);
    server.failsOn = ({ id }) => id === failing;
    const { ids, report } = await gather(profile, { read, kept: 2_500 });
    const met = new Set(ids);
    expect(Array.from({ length: 2_500 }, (_, at) => idAt(at)).filter((id) => !met.has(id))).toEqual([
      failing,
    ]);
    expect(report).toMatchObject({ missing: 0, unreadable: 1 });
    expect(isComplete(report)).toBe(false);
  });
});
