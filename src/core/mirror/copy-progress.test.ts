import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addSimulator, jobOf, type TestCore, testCore } from '../../doors/testing.ts';
import type { Row } from '../../shared/row.ts';
import { mfaFactors } from '../../simulator/account-data.ts';
import type { Match } from '../../simulator/faults.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server.ts';
import type { CopyAsked } from './copy-tenant.ts';
import { ownerOf } from './file.ts';
import { MirrorStore } from './store.ts';

let server: Simulator;
let held: TestCore;
let dataDir: string;
let profile: string;
const service = `logto-desk-test-${randomUUID()}`;

const open = async (options: SimulatorOptions) => {
  server = await startSimulator(options);
  dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-copies-'));
  held = testCore({}, { dataDir, service });
  profile = (await addSimulator(held.core, server, 'Copied', 'keychain')).id;
};
const close = async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
};
/** A tenant of so many pages that a copy of it can break off in their midst, in the place of the usual one. */
const openLarge = async () => {
  await close();
  await open({ users: 2_500, logs: 3_000, tied: [200, 700] });
};

beforeEach(() => open({ users: 250, logs: 300, tied: [20, 70] }));
afterEach(close);

const copy = async (asked: Omit<CopyAsked, 'profile'> = {}) => {
  const job = await held.core.jobs.ended((await held.core.startJob('copy', { ...asked, profile })).id);
  expect(job).toMatchObject({ state: 'done', error: null });
  return job;
};

/** Every row of a list that the mirror has, in its order. */
const rowsOf = async (resource: string, parent?: string): Promise<Row[]> => {
  const query = { profile, resource, filters: {}, ...(parent === undefined ? {} : { parent }) };
  return (await held.core.mirrors.page(held.core.profiles.get(profile), query, 0, 100_000)).rows;
};
const idsOf = async (resource: string, parent?: string) =>
  (await rowsOf(resource, parent)).map(({ id }) => String(id)).sort();

const logIds = () => {
  const { newLogs, logs } = server.tenant;
  const first = Array.from({ length: logs.length }, (_, at) => logs.row(at));
  return [...newLogs, ...first].map(({ id }) => id).sort();
};

const newestLog = () => server.tenant.newLogs[0]?.createdAt ?? server.tenant.logs.times[0] ?? 0;

const insertLogs = (count: number) => {
  for (let n = 0; n < count; n += 1) server.tenant.insertLog(newestLog() + 1_000, 'Interaction.End');
};

const pagesAsked = (path: string, since = 0) =>
  server.seen.slice(since).filter((seen) => seen.path === path && seen.query.get('page_size') !== '1').length;

/** Breaks a copy off after some requests for a list, as quitting does, when `rows` or more were read. */
const breakOff = async (path: string, requests: number, rows: number, asked: Omit<CopyAsked, 'profile'>) => {
  let count = 0;
  const isLate = (seen: Match) => {
    if (seen.path === path && seen.query.get('page_size') !== '1') count += 1;
    return seen.path === path && count > requests;
  };
  server.faults.add({ kind: 'hang' }, { on: isLate, times: 9_999 });
  const { id } = await held.core.startJob('copy', { ...asked, profile });
  await expect.poll(() => held.core.jobs.find(id)?.rows, { timeout: 20_000 }).toBeGreaterThanOrEqual(rows);
  await held.core.jobs.interruptAll();
  const job = held.core.jobs.find(id);
  expect(job).toMatchObject({ state: 'cancelled' });
  server.faults.clear();
  return job;
};

/** The program ends and starts again. */
const restart = async () => {
  await held.core.stop();
  held = testCore({}, { dataDir, service });
  await held.core.takeUp();
};

describe('logs are read on', () => {
  beforeEach(openLarge);

  test('from where the last whole copy ended, whatever was looked at since', async () => {
    await copy({ resources: ['logs'] });
    insertLogs(450);
    // The newest hundred are kept by looking at them: what lies between is not.
    const newest = await held.core.pages.page(
      { query: { profile, resource: 'logs', filters: {} }, index: 0 },
      {},
    );
    const [first] = newest.rows;
    await expect
      .poll(() => held.core.mirrors.row(held.core.profiles.get(profile), 'logs', String(first?.id)))
      .not.toBeNull();
    const before = server.seen.length;
    await copy({ resources: ['logs'] });
    expect(await idsOf('logs')).toEqual(logIds());
    expect(pagesAsked('/api/logs', before)).toBeLessThan(20);
  });

  test('also when a copy of the newer ones broke off, and is not resumed', async () => {
    await copy({ resources: ['logs'] });
    insertLogs(4_000);
    await breakOff('/api/logs', 25, 500, { resources: ['logs'] });
    const partly = await idsOf('logs');
    expect(partly.length).toBeGreaterThan(3_000);
    expect(partly.length).toBeLessThan(7_000);
    await copy({ resources: ['logs'] });
    expect(await idsOf('logs')).toEqual(logIds());
  });

  test('from where a first copy broke off, without being asked to, and on to now', async () => {
    await breakOff('/api/logs', 26, 500, { resources: ['logs'] });
    insertLogs(150);
    const from = server.seen.length;
    await copy({ resources: ['logs'] });
    expect(await idsOf('logs')).toEqual(logIds());
    expect(pagesAsked('/api/logs', from)).toBeLessThan(40);
    // Another span of time is another copy.
    await copy({ resources: ['logs'], logsSince: newestLog() - 10_000 });
    expect(await idsOf('logs')).toEqual(logIds());
  });

  test('with those that a server wrote late', async () => {
    await copy({ resources: ['logs'] });
    server.tenant.insertLog(newestLog() - 20_000, 'Interaction.End');
    await copy({ resources: ['logs'] });
    expect(await idsOf('logs')).toEqual(logIds());
  });
});

test('a number on the dashboard that changed is not a deleted row', async () => {
  await copy({ resources: ['new-users', 'active-users', 'user-total'] });
  server.tenant.insertUser(Date.now());
  const again = await copy({ resources: ['new-users', 'active-users', 'user-total'] });
  expect(jobOf(again, 'copy').result).toMatchObject({ gone: 0, rows: 3 });
  expect(await rowsOf('user-total')).toMatchObject([{ totalUserCount: server.tenant.users.length }]);
});

describe('a copy that broke off', () => {
  beforeEach(openLarge);

  test('is offered after a restart, resumes where it was, and is whole then', async () => {
    const broken = await breakOff('/api/users', 18, 1_500, {
      resources: ['roles', 'users', 'logs'],
      below: false,
    });
    // It counts no further than the list that it was at, and says so.
    expect(broken).toMatchObject({ part: { number: 2, of: 3 } });
    await restart();
    const [left] = held.core.jobs.list();
    expect(left).toMatchObject({ kind: 'copy', profile, state: 'failed', resumable: true });
    // Rows that are looked at meanwhile are not taken for rows that the copy has read.
    await held.core.pages.page({ query: { profile, resource: 'users', filters: {} }, index: 22 }, {});
    const again = await held.core.resumeJob(left?.id ?? '');
    const from = server.seen.length;
    const done = await held.core.jobs.ended(again?.id ?? '');
    expect(done).toMatchObject({ state: 'done', resumable: false });
    expect(jobOf(done, 'copy').result?.lists).toMatchObject([
      { resource: 'roles', whole: true },
      { resource: 'users', rows: 2_500, whole: true },
      { resource: 'logs', rows: 3_000, whole: true },
    ]);
    expect(await idsOf('users')).toEqual(server.tenant.users.map(({ id }) => id).sort());
    expect(await idsOf('logs')).toEqual(logIds());
    // Roles were there; of users, what was read before the break is not read again.
    expect(pagesAsked('/api/roles', from)).toBe(0);
    expect(pagesAsked('/api/users', from)).toBeLessThan(22);
    expect(held.core.jobs.list().map(({ id }) => id)).toEqual([done.id]);
    await expect.poll(() => held.core.settings.keptJobs).toEqual([]);
  });

  test('in the logs, resumes from the moment that it had reached', async () => {
    await breakOff('/api/logs', 26, 500, { resources: ['logs'] });
    await restart();
    insertLogs(30);
    const [left] = held.core.jobs.list();
    const from = server.seen.length;
    const done = await held.core.jobs.ended((await held.core.resumeJob(left?.id ?? ''))?.id ?? '');
    expect(done).toMatchObject({ state: 'done', result: { lists: [{ resource: 'logs', whole: true }] } });
    expect(pagesAsked('/api/logs', from)).toBeLessThan(40);
    expect(await idsOf('logs')).toEqual(logIds());
  });

  test('finds what changed on the server meanwhile', async () => {
    await breakOff('/api/users', 18, 1_500, { resources: ['users'], below: false });
    const gone = server.tenant.users[40]?.id ?? '';
    server.tenant.removeUser(gone);
    server.tenant.insertUser(Date.now(), { name: 'Newcomer' });
    await restart();
    const [left] = held.core.jobs.list();
    const done = await held.core.jobs.ended((await held.core.resumeJob(left?.id ?? ''))?.id ?? '');
    expect(done.state).toBe('done');
    await copy({ resources: ['users'], below: false });
    expect(await idsOf('users')).toEqual(server.tenant.users.map(({ id }) => id).sort());
  });

  test('is given up by taking it off the list; the next one begins anew', async () => {
    await breakOff('/api/users', 18, 1_500, { resources: ['users'], below: false });
    await restart();
    const [left] = held.core.jobs.list();
    await held.core.dismiss(left?.id ?? '');
    expect(held.core.jobs.list()).toEqual([]);
    expect(await held.core.resumeJobOf('copy', profile)).toBeNull();
    await copy({ resources: ['users'], below: false });
    expect(await idsOf('users')).toEqual(server.tenant.users.map(({ id }) => id).sort());
  });

  test('is over when it was cancelled', async () => {
    server.faults.add({ kind: 'latency', ms: 100 }, { on: '/api/users', times: 9_999 });
    const { id } = await held.core.startJob('copy', { profile, resources: ['users'] });
    await held.core.jobs.cancel(id);
    await expect.poll(() => held.core.settings.keptJobs).toEqual([]);
    expect(await held.core.resumeJobOf('copy', profile)).toBeNull();
  });
});

describe('what is nested under rows', () => {
  test('is there on a plane: members, permissions, and what a user belongs to', async () => {
    const { result: copied } = await copy({ resources: ['users', 'roles', 'organizations', 'applications'] });
    expect(copied?.lists.every(({ whole }) => whole)).toBe(true);
    await server.stop();
    const below = async (resource: string, parent: string) => {
      const query = { profile, resource, parent, filters: {} };
      const page = await held.core.pages.page({ query, index: 0 }, {});
      expect(page).toMatchObject({ mirror: { whole: true } });
      return page;
    };
    const { usersByRole, usersByOrganization, scopesByRole } = server.tenant;
    const [role = '', members = new Set()] = [...usersByRole].find(([, users]) => users.size > 0) ?? [];
    expect((await below('role-users', role)).total).toBe(members.size);
    const [carrier = '', scopes = []] = [...scopesByRole].find(([, ids]) => ids.length > 0) ?? [];
    expect((await below('role-scopes', carrier)).total).toBe(scopes.length);

    // A user's own lists were never asked for: they are told from the other side.
    const [organization = '', users = new Set<string>()] =
      [...usersByOrganization].find(([, ids]) => ids.size > 0) ?? [];
    const [user = ''] = users;
    const its = (by: Map<string, Set<string>>) => [...by].flatMap(([id, ids]) => (ids.has(user) ? [id] : []));
    const organizations = await below('user-organizations', user);
    expect(organizations.rows.map(({ id }) => String(id)).sort()).toEqual(its(usersByOrganization).sort());
    expect(organizations.rows.find(({ id }) => id === organization)).toHaveProperty('organizationRoles');
    const roles = await below('user-roles', user);
    expect(roles.rows.map(({ id }) => String(id)).sort()).toEqual(its(usersByRole).sort());
  });

  test('of users comes where that is asked, and only then', async () => {
    await using small = await startSimulator({ users: 120, logs: 0 });
    const { id } = await addSimulator(held.core, small, 'Small', 'memory');
    const listed = async (asked: Omit<CopyAsked, 'profile'>) => {
      const { result: copied } = await held.core.jobs.ended(
        (await held.core.startJob('copy', { ...asked, profile: id })).id,
      );
      expect(copied?.lists.every(({ whole }) => whole)).toBe(true);
      return copied?.lists.map(({ resource }) => resource);
    };
    expect(await listed({ resources: ['users'] })).toEqual(['users']);
    const lists = await listed({ resources: ['users'], belowUsers: true });
    expect(lists).toEqual(expect.arrayContaining(['user-mfa', 'user-sessions', 'user-access-tokens']));
    // A user's roles are told by the roles: they are not asked for user by user.
    expect(lists).not.toContain('user-roles');
    await small.stop();
    const factors = small.tenant.users.map((user) => ({ user, expected: mfaFactors(user) }));
    expect(factors.some(({ expected }) => expected.length > 0)).toBe(true);
    for (const { user, expected } of factors) {
      const query = { profile: id, resource: 'user-mfa', parent: user.id, filters: {} };
      const { rows, mirror } = await held.core.pages.page({ query, index: 0 }, {});
      expect(mirror).toMatchObject({ whole: true });
      expect(rows.map((row) => row.id).sort()).toEqual(expected.map((one) => Object(one).id).sort());
    }
  });

  test('is left out where that is asked, and a user’s roles are not said to be none', async () => {
    await copy({ resources: ['users', 'roles'], below: false });
    await server.stop();
    const [user] = server.tenant.users;
    const query = { profile, resource: 'user-roles', parent: user?.id ?? '', filters: {} };
    await expect(held.core.pages.page({ query, index: 0 }, {})).rejects.toMatchObject({
      code: 'network.refused',
    });
  });

  test('of a row that went meanwhile, or that can have none, is nothing', async () => {
    const [gone, other] = server.tenant.roles.map(({ id }) => String(id));
    const refuse = (status: number, id: string | undefined) =>
      server.faults.add(
        { kind: 'status', status, body: { code: 'entity.not_found', message: 'no' } },
        { on: `/api/roles/${id}/users`, times: 99 },
      );
    refuse(404, gone);
    refuse(422, other);
    const { result: copied } = await copy({ resources: ['users', 'roles'] });
    expect(copied?.lists.find(({ resource }) => resource === 'role-users')).toMatchObject({ whole: true });
    expect(await rowsOf('role-users', gone)).toEqual([]);
  });

  test('costs a request for each row, as long as it fits a page', async () => {
    await copy({ resources: ['organizations'] });
    const asked = server.seen.filter(({ path }) => /^\/api\/organizations\/[^/]+\/jit\/roles$/.test(path));
    expect(asked).toHaveLength(server.tenant.organizations.length);
  });
});

test('a tenant that rests is copied whole, its organizations of more members than a page, too', async () => {
  const [id = '', members] = [...server.tenant.usersByOrganization][0] ?? [];
  for (const user of server.tenant.users) members?.add(user.id);
  expect(members?.size).toBeGreaterThan(200);
  const { result: copied } = await copy({ resources: ['organizations'] });
  expect(copied?.lists.filter(({ whole, absent }) => !whole && !absent)).toEqual([]);
  expect(copied?.lists.find(({ resource }) => resource === 'organization-users')?.rows).toBeGreaterThan(
    members?.size ?? 0,
  );
  const query = { profile, resource: 'organization-users', parent: id, filters: {} };
  expect(await held.core.pages.fromMirror({ query, index: 0 })).toMatchObject({
    total: members?.size,
    mirror: { whole: true },
  });
});

test('a mirror of an earlier program is opened, and its logs are read anew once', async () => {
  await copy({ resources: ['logs', 'roles'], below: false });
  await held.core.stop();
  const path = join(dataDir, 'mirror', `${profile}.sqlite`);
  const db = new DatabaseSync(path);
  db.exec('ALTER TABLE lists DROP COLUMN reached; DROP TABLE progress');
  db.close();
  const store = new MirrorStore(path, ownerOf(held.core.profiles.get(profile)), Date.now());
  expect(store.setAside).toBeNull();
  expect(store.page({ profile, resource: 'logs', filters: {} }, 0, 1, Date.now()).total).toBe(300);
  store.close();
  held = testCore({}, { dataDir, service });
  insertLogs(3);
  await copy({ resources: ['logs'] });
  expect(await idsOf('logs')).toEqual(logIds());
});

test('what another program writes is seen', async () => {
  await copy({ resources: ['roles'], below: false });
  const own = await idsOf('roles');
  const path = join(dataDir, 'mirror', `${profile}.sqlite`);
  const other = new MirrorStore(path, ownerOf(held.core.profiles.get(profile)), Date.now());
  other.put('roles', '', [{ id: 'from-elsewhere', name: 'Other' }], Date.now());
  other.close();
  expect(await idsOf('roles')).toEqual([...own, 'from-elsewhere'].sort());
});

test('a list that the server fails on keeps no other from being copied; a server that fails altogether is an error', async () => {
  const fails = (on: (path: string) => boolean) =>
    server.faults.add(
      { kind: 'status', status: 500, body: { message: 'Internal server error.' } },
      { on: ({ path }) => on(path), times: 99_999 },
    );
  fails((path) => path === '/api/connectors');
  const { result: copied } = await copy({ resources: ['connectors', 'roles'], below: false });
  expect(copied?.lists).toMatchObject([
    { resource: 'connectors', rows: 0, whole: false, absent: false, report: { unreadable: 1 } },
    { resource: 'roles', rows: server.tenant.roles.length, whole: true },
  ]);
  server.faults.clear();
  fails((path) => path.startsWith('/api/'));
  const { id } = await held.core.startJob('copy', {
    profile,
    resources: ['connectors', 'roles'],
    below: false,
  });
  expect(await held.core.jobs.ended(id)).toMatchObject({ state: 'failed', error: { code: 'http.server' } });
  server.faults.clear();
});
