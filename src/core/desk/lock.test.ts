import { expect, test } from 'vitest';
import { addSimulator, testCore } from '../../doors/testing.ts';
import { startSimulator } from '../../simulator/server.ts';
import { router } from '../router.ts';

test('locked, nothing of a tenant leaves the core and no token is kept; unlocked, it continues with a new one', async () => {
  await using server = await startSimulator({ users: 120, logs: 5, tied: [0, 0] });
  await using held = testCore();
  const { id } = await addSimulator(held.core, server);
  const door = {
    kind: 'browser' as const,
    chooseFile: async () => null,
    chooseFolder: async () => null,
  };
  const caller = router.createCaller({ core: held.core, door });
  const query = { profile: id, resource: 'users', filters: {} };
  const tokens = () => server.seen.filter(({ path }) => path === '/oidc/token').length;
  await caller.list.page({ query, index: 0 });
  expect(tokens()).toBe(1);

  await caller.lock.close();
  const before = server.seen.length;
  for (const refused of [
    () => caller.list.page({ query, index: 0 }),
    () => caller.profiles.list(),
    () => caller.workspace.get(),
    () => caller.exports.start({ query, format: 'csv' }),
    () => caller.views.list(),
  ])
    await expect(refused()).rejects.toMatchObject({ cause: { code: 'locked' } });
  expect(server.seen.length).toBe(before);

  await caller.lock.open();
  expect((await caller.list.page({ query, index: 0 })).rows).toHaveLength(100);
  expect(tokens()).toBe(2);
});

test('what was asked for before it locked is not handed out after it did', async () => {
  await using server = await startSimulator({ users: 120, logs: 5, tied: [0, 0] });
  await using held = testCore();
  const { id } = await addSimulator(held.core, server);
  const door = { kind: 'browser' as const, chooseFile: async () => null, chooseFolder: async () => null };
  const caller = router.createCaller({ core: held.core, door });
  const answer = Promise.withResolvers<void>();
  server.faults.add({ kind: 'held', until: answer.promise }, { on: '/api/users', times: 1 });
  const arrived = new Promise<void>((resolve) => {
    server.onRequest = ({ path }) => {
      if (path.startsWith('/api/users')) resolve();
    };
  });
  const asked = caller.list.page({ query: { profile: id, resource: 'users', filters: {} }, index: 0 });
  const refused = expect(asked).rejects.toMatchObject({ cause: { code: 'locked' } });
  await arrived;
  held.core.lock.close();
  // Opened again at once, it is another time: what was under way when it closed is not of it.
  held.core.lock.open();
  answer.resolve();
  await refused;
});

test('an export that was running continues to its end', async () => {
  await using server = await startSimulator({ users: 900, logs: 5, tied: [0, 0] });
  await using held = testCore();
  const { id } = await addSimulator(held.core, server);
  server.faults.add({ kind: 'latency', ms: 60 }, { on: '/api/users', times: 20 });
  const job = await held.core.startJob(
    'export',
    { query: { profile: id, resource: 'users', filters: {} }, format: 'ndjson', columns: 'all', bom: false },
    { path: `${held.dataDir}/users.ndjson` },
  );
  held.core.lock.close();
  expect(await held.core.jobs.ended(job.id)).toMatchObject({ state: 'done', result: { rows: 900 } });
});

test('whoever watches hears of each lock and unlock', async () => {
  await using held = testCore();
  const control = new AbortController();
  const seen: boolean[] = [];
  const watching = (async () => {
    for await (const closed of held.core.lock.watch(control.signal)) seen.push(closed);
  })();
  await expect.poll(() => seen).toEqual([false]);
  held.core.lock.close();
  await expect.poll(() => seen).toEqual([false, true]);
  held.core.lock.open();
  await expect.poll(() => seen).toEqual([false, true, false]);
  control.abort();
  await watching;
});

test('a scheduled copy is not begun while it is locked, and is when it is unlocked', async () => {
  await using server = await startSimulator({ users: 20, logs: 5, tied: [0, 0] });
  await using held = testCore();
  const { id } = await addSimulator(held.core, server);
  held.core.settings.changeMirrorPlan(id, { everyHours: 1, keepLogsDays: 30 });
  held.core.lock.close();
  await held.core.keeper.look();
  expect(held.core.jobs.list()).toEqual([]);
  expect(server.seen).toEqual([]);
  held.core.lock.open();
  await held.core.keeper.look();
  const [job] = held.core.jobs.list();
  expect(job).toMatchObject({ kind: 'copy' });
  await held.core.jobs.ended(job?.id ?? '');
});
