import { afterEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { isComplete } from '../../shared/complete.ts';
import { rowIdOf } from '../../shared/row.ts';
import { type Era, eras } from '../../simulator/eras.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { harvest } from './harvest.ts';
import { nothingRead } from './report.ts';
import type { HarvestState, Resumed } from './state.ts';

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

/** Reads all logs, or resumes; `after` is told the rows so far, and ends it early by `true`. */
const read = async (
  profile: string,
  { resumed, after = () => false }: { resumed?: Resumed; after?: (rows: number) => boolean } = {},
) => {
  const session = await held.core.sessionOf(profile);
  const { signal } = new AbortController();
  const rows = harvest({
    session,
    query: { profile, resource: 'logs', filters: {} },
    clock: Date.now,
    signal,
    ...(resumed ? { resumed } : {}),
  });
  const ids: string[] = [];
  let state: HarvestState | null = null;
  let step = await rows.next();
  for (; !step.done; step = await rows.next()) {
    ids.push(...step.value.rows.map((row) => rowIdOf({ rowId: 'id' }, row)));
    state = structuredClone(step.value.checkpoint());
    if (!after(ids.length)) continue;
    await rows.return(nothingRead);
    return { ids, state, report: nothingRead };
  }
  return { ids, state, report: step.value };
};

/** Reads all logs; only the `kept` newest are left once `read` rows came. */
const gather = (profile: string, { read: rows, kept }: { read: number; kept: number }) =>
  read(profile, {
    after: (so) => {
      if (so >= rows && server.tenant.logs.length > kept) forget(kept);
      return false;
    },
  });

/** Where a harvest was; throws where none can resume from there. */
const left = ({ state }: { state: HarvestState | null }): HarvestState => {
  if (!state) throw new Error('it cannot go on');
  return state;
};

/**
 * Reads all logs; broken off after some (500), only the `kept` newest (null: those that were read) are left before another
 * harvest continues.
 */
const gatherInTwo = async (profile: string, kept: number | null, some = 500) => {
  const first = await read(profile, { after: (rows) => rows >= some });
  forget(kept ?? first.ids.length);
  const second = await read(profile, { resumed: { state: left(first), ids: first.ids } });
  const ids = [...first.ids, ...second.ids];
  return { report: second.report, ids, state: second.state ?? first.state, first: first.ids.length };
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

  test.each([
    ['another', 2_500, 700],
    ['that very', 500, 700],
  ])('between a harvest and another try at what it lacks: %s row', async (_, kept, place) => {
    const profile = await open(era);
    const failing = idAt(place);
    server.failsOn = ({ id }) => id === failing;
    const first = await read(profile);
    expect(first.report).toMatchObject({ unreadable: 1, missing: 0 });
    forget(kept);
    const state = { kind: 'lacking' as const, report: first.report, state: left(first) };
    const { report } = await read(profile, { resumed: { state, ids: first.ids } });
    const isThere = place < kept;
    expect(report).toMatchObject({ unreadable: isThere ? 1 : 0, missing: 0 });
    expect(isComplete(report)).toBe(!isThere);
  });

  test('past where a harvest broke off leave unproved what is left', async () => {
    const profile = await open(era);
    const failing = idAt(40);
    server.failsOn = ({ id }) => id === failing;
    const { report } = await gatherInTwo(profile, 200);
    expect(isComplete(report)).toBe(false);
  });

  test.each([
    ['as many as are left', 500, () => server.tenant.logs.length],
    ['as many as were not read', 2_900, (first: number) => 3_000 - first],
  ])('past where a harvest broke off: of what is left %s are unproved, at most', async (_, some, most) => {
    const profile = await open(era);
    const gathered = await gatherInTwo(profile, 200, some);
    const { report, first, ids } = gathered;
    // Where logs are read by their places, those of what is left were all read.
    const unproven = era === '1.30' ? 0 : most(first);
    expect(report.unproven).toBe(unproven);
    expect(isComplete(report)).toBe(unproven === 0);
    if (unproven === 0) return;
    // Nobody knows of what time those are: another try reads all of it, and proves what is left.
    const state = { kind: 'lacking' as const, report, state: left(gathered) };
    const again = await read(profile, { resumed: { state, ids } });
    expect(again.report).toMatchObject({ unproven: 0, missing: 0 });
    expect(isComplete(again.report)).toBe(true);
  });

  test('down to where a harvest broke off leave what was read, which is proved', async () => {
    const profile = await open(era);
    const { report } = await gatherInTwo(profile, null);
    expect(report).toMatchObject({ missing: 0, unproven: 0, unreadable: 0 });
    expect(isComplete(report)).toBe(true);
  });

  test('down to one that the server fails on count that one alone as lacking', async () => {
    const profile = await open(era);
    const failing = idAt(2_499);
    server.failsOn = ({ id }) => id === failing;
    const { report } = await gather(profile, { read: 2_990, kept: 2_500 });
    expect(report).toMatchObject({ missing: 0, unreadable: 1, removed: 500 });
  });

  test('behind where a harvest broke off are removed, and what is left is proved', async () => {
    const profile = await open(era);
    const { report } = await gatherInTwo(profile, 2_000);
    expect(report).toMatchObject({ missing: 0, unproven: 0, uncounted: 0, unreadable: 0, removed: 1_000 });
    expect(isComplete(report)).toBe(true);
  });
});
