import { afterEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server.ts';
import { router } from '../router.ts';

let server: Simulator;
let held: TestCore;

const open = async (options: SimulatorOptions = {}) => {
  server = await startSimulator({ users: 320, logs: 2_300, tied: [0, 0], ...options });
  held = testCore({ retry: { tries: 1, baseMs: 1, longestMs: 1 } });
  const { id } = await addSimulator(held.core, server);
  const door = {
    kind: 'browser' as const,
    chooseFile: async () => null,
    chooseFolder: async () => null,
    downloadUrl: () => null,
  };
  return { id, scan: router.createCaller({ core: held.core, door }).list.scan, core: held.core };
};
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const failedOnly = { column: 'payload.result', mode: 'is' as const, value: 'Error' };
const failed = () =>
  Array.from({ length: 2_300 }, (_, at) => server.tenant.logs.row(at)).filter(
    (log) => log.payload.result === 'Error',
  );

const ended = async (scan: Awaited<ReturnType<typeof open>>['scan'], id: string) => {
  await expect.poll(async () => (await scan.look({ id, from: 0 })).state).not.toBe('running');
  return scan.look({ id, from: 0 });
};

test('conditions are held against every row, by far fewer requests than rows, each row found with its place', async () => {
  const { id: profile, scan } = await open();
  const before = server.seen.length;
  const id = await scan.start({ query: { profile, resource: 'logs', filters: {}, where: [failedOnly] } });
  const look = await ended(scan, id);
  const expected = failed().map((log) => log.id);
  expect(look).toMatchObject({ state: 'done', lookedAt: 2_300, total: 2_300, matches: expected.length });
  expect(look.report).toMatchObject({ rows: 2_300, missing: 0, unproven: 0 });
  expect(look.found.map(({ row }) => row.id)).toEqual(expected);
  expect(server.seen.length - before).toBeLessThan(70);
  const { place, row } = look.found.at(-1) ?? {};
  expect(server.tenant.logs.row(place ?? -1).id).toBe(row?.id);
});

test('each look takes what was found since, and what was taken is dropped', async () => {
  const { id: profile, scan } = await open();
  const id = await scan.start({ query: { profile, resource: 'logs', filters: {}, where: [failedOnly] } });
  const { found, matches } = await ended(scan, id);
  const rest = await scan.look({ id, from: 10 });
  expect(rest.matches).toBe(matches);
  expect(rest.found).toEqual(found.slice(10));
  expect((await scan.look({ id, from: matches })).found).toEqual([]);
});

test('a time filter of the API holds for what is read, and a view that is held at a moment stays there', async () => {
  const { id: profile, scan, core } = await open();
  const from = server.tenant.logs.times[699] ?? 0;
  const query = { profile, resource: 'logs', filters: { time: [String(from), ''] }, where: [failedOnly] };
  const { until } = await core.pages.page({ query, index: 0 }, {});
  const expected = failed().filter(({ createdAt }) => createdAt >= from);
  server.tenant.insertLog(Date.now() + 1_000, 'SignIn.Submit');
  const look = await ended(scan, await scan.start({ query, until: until ?? 0 }));
  expect(look).toMatchObject({ total: 700, lookedAt: 700, matches: expected.length });
});

test('rows are counted by a column where that is asked for', async () => {
  const { id: profile, scan } = await open();
  const counts = { column: 'payload.result', bucket: null };
  const id = await scan.start({ query: { profile, resource: 'logs', filters: {} }, counts });
  const look = await ended(scan, id);
  expect(look.found).toEqual([]);
  expect(look.counts).toContainEqual({ value: 'Error', count: failed().length });
  expect(look.counts?.reduce((sum, { count }) => sum + count, 0)).toBe(2_300);
});

test('a list of the copy on this computer is looked through without a request', async () => {
  const { id: profile, scan, core } = await open();
  const query = { profile, resource: 'users', filters: {} };
  await core.pages.page({ query, index: 0 }, {});
  await expect
    .poll(async () => (await core.mirrors.list(await core.profileFor(profile), query))?.rows)
    .toBe(100);
  const before = server.seen.length;
  const where = [{ column: 'isSuspended', mode: 'is' as const, value: 'true' }];
  const look = await ended(scan, await scan.start({ query: { ...query, where }, mirrored: true }));
  expect(look).toMatchObject({ lookedAt: 100, total: 100, report: { mirror: { whole: false } } });
  expect(server.seen.length).toBe(before);
});

test('a scan that is stopped asks for nothing any more, and is not known any more', async () => {
  const { id: profile, scan } = await open();
  server.faults.add({ kind: 'latency', ms: 40 }, { on: '/api/logs', times: 100 });
  const id = await scan.start({ query: { profile, resource: 'logs', filters: {}, where: [failedOnly] } });
  await expect.poll(async () => (await scan.look({ id, from: 0 })).lookedAt).toBeGreaterThan(0);
  await scan.stop({ id });
  await expect(scan.look({ id, from: 0 })).rejects.toMatchObject({ cause: { code: 'scan.gone' } });
  const count = async () => {
    const before = server.seen.length;
    await held.core.pages.page({ query: { profile, resource: 'roles', filters: {} }, index: 0 }, {});
    return server.seen.length - before;
  };
  // What was under way has come; then requests of ours are the only ones.
  let quiet = 0;
  await expect
    .poll(async () => {
      quiet = (await count()) === 1 ? quiet + 1 : 0;
      return quiet;
    })
    .toBeGreaterThan(8);
});

test('a server that is lost on the way is said to be, and what was found stays', async () => {
  const { id: profile, scan } = await open();
  server.faults.add({ kind: 'latency', ms: 30 }, { on: '/api/logs', times: 8 });
  const id = await scan.start({ query: { profile, resource: 'logs', filters: {}, where: [failedOnly] } });
  await expect.poll(async () => (await scan.look({ id, from: 0 })).matches).toBeGreaterThan(0);
  server.faults.add({ kind: 'status', status: 422 }, { on: '/api/logs', times: 1_000 });
  const look = await ended(scan, id);
  expect(look).toMatchObject({
    state: 'failed',
    report: null,
    error: { code: expect.stringMatching(/^http\./) },
  });
  expect(look.found.length).toBeGreaterThan(0);
});

test('members whom a search of users names are read in the order of their list, and none is in doubt', async () => {
  const { id: profile, scan } = await open();
  const [[organization = '', members = new Set<string>()] = []] = server.tenant.usersByOrganization;
  const [[role = '', carriers = new Set<string>()] = []] = server.tenant.usersByRole;
  for (const { id } of server.tenant.users.slice(0, 250)) {
    members.add(String(id));
    carriers.add(String(id));
  }
  const where = [{ column: 'isSuspended', mode: 'is' as const, value: 'true' }];
  for (const [line, ids] of [
    [`in-organization:"${organization}"`, members],
    [`in-role:"${role}"`, carriers],
    [`name:~"a" in-role:"${role}"`, null],
  ] as const) {
    const query = { profile, resource: 'users', filters: { search: [line] }, where };
    const look = await ended(scan, await scan.start({ query }));
    expect(look).toMatchObject({ state: 'done', report: { missing: 0, unproven: 0, added: 0, removed: 0 } });
    if (!ids) continue;
    const suspended = server.tenant.users.filter(({ id, isSuspended }) => isSuspended && ids.has(String(id)));
    expect(look).toMatchObject({ lookedAt: ids.size, matches: suspended.length });
  }
});

test('what is in no row of the server is not searched for in vain', async () => {
  const { id: profile, scan } = await open();
  const where = [{ column: 'roles', mode: 'filled' as const, value: '' }];
  await expect(
    scan.start({ query: { profile, resource: 'users', filters: {}, where } }),
  ).rejects.toMatchObject({ cause: { code: 'mirror.members' } });
});

test('a lock ends every scan', async () => {
  const { id: profile, scan, core } = await open();
  server.faults.add({ kind: 'latency', ms: 40 }, { on: '/api/logs', times: 100 });
  const id = await scan.start({ query: { profile, resource: 'logs', filters: {}, where: [failedOnly] } });
  core.lock.close();
  core.lock.open();
  await expect(scan.look({ id, from: 0 })).rejects.toMatchObject({ cause: { code: 'scan.gone' } });
});
