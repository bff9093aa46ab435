import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let server: Simulator;
let held: TestCore;
let profile: string;
let now: number;

beforeEach(async () => {
  server = await startSimulator({ users: 120, logs: 2_000, tied: [0, 0] });
  now = server.tenant.logs.times[0] ?? 0;
  held = testCore({ clock: () => now });
  profile = (await addSimulator(held.core, server)).id;
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const copies = () => held.core.jobs.list().filter(({ kind }) => kind === 'copy');
const settled = async () => {
  await held.core.keeper.look();
  for (const { id } of copies()) await held.core.jobs.ended(id);
};
const logs = async () =>
  (await held.core.mirrors.about(held.core.profiles.get(profile))).lists.find(
    ({ resource }) => resource === 'logs',
  );

test('a mirror is read again when its time has come, and not before', async () => {
  await settled();
  expect(copies()).toHaveLength(0);
  held.core.settings.changeMirrorPlan(profile, { everyHours: 6, keepLogsDays: null });
  await settled();
  expect(copies()).toHaveLength(1);
  now += 5 * hourMs;
  await settled();
  expect(copies()).toHaveLength(1);
  now += 2 * hourMs;
  server.tenant.insertLog(now - 1_000, 'Interaction.End');
  await settled();
  expect(copies()).toHaveLength(2);
  expect((await logs())?.rows).toBe(2_001);
  // A clock that was set back a year does not stop it for a year.
  now -= 365 * dayMs;
  await settled();
  expect(copies()).toHaveLength(3);
});

test('a tenant that cannot be read is tried again the next time, not every minute', async () => {
  held.core.settings.changeMirrorPlan(profile, { everyHours: 1, keepLogsDays: null });
  server.faults.add({ kind: 'status', status: 500 }, { times: 9_999 });
  await settled();
  await settled();
  expect(copies()).toHaveLength(1);
  expect(copies()[0]).toMatchObject({ state: 'failed' });
});

test('logs older than wanted are deleted, the file becomes smaller, and what is left says where it begins', async () => {
  await held.core.jobs.ended((await held.core.startJob('copy', { profile })).id);
  const before = await held.core.mirrors.about(held.core.profiles.get(profile));
  const { times } = server.tenant.logs;
  held.core.settings.changeMirrorPlan(profile, { everyHours: 0, keepLogsDays: 30 });
  // A month later, to the moment of one of the logs.
  const cutoff = times[700] ?? 0;
  now = cutoff + 30 * dayMs;
  await settled();
  const left = Array.from({ length: 2_000 }, (_, at) => times[at] ?? 0).filter(
    (time) => time >= cutoff,
  ).length;
  expect(left).toBeGreaterThanOrEqual(701);
  expect(left).toBeLessThan(1_900);
  expect(await logs()).toMatchObject({ rows: left, since: cutoff });
  const after = await held.core.mirrors.about(held.core.profiles.get(profile));
  expect(after.size).toBeLessThan(before.size);
  expect(after.lists.find(({ resource }) => resource === 'users')?.rows).toBe(120);
  // The search forgot them, too.
  const oldest = server.tenant.logs.row(1_999);
  const tenant = held.core.profiles.get(profile);
  expect((await held.core.mirrors.search(tenant, oldest.id, 5)).hits).toEqual([]);
  // All of the time that is kept is there; older views are told that they are not whole.
  const view = (time: string[]) =>
    held.core.mirrors.page(
      held.core.profiles.get(profile),
      { profile, resource: 'logs', filters: { time } },
      0,
      1,
    );
  expect(await view([String(cutoff), ''])).toMatchObject({ whole: true, total: left });
  expect(await view([])).toMatchObject({ whole: false });
});
