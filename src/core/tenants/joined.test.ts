import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { isComplete } from '../../shared/complete.ts';
import type { Condition } from '../../shared/local.ts';
import type { Row } from '../../shared/row.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';

let server: Simulator;
let held: TestCore;
let folder: string;
let profile: string;

beforeEach(async () => {
  server = await startSimulator({ users: 600, logs: 10, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-joined-'));
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The names of the sets that have a user, as the simulator holds them. */
const namesFor = (sets: ReadonlyMap<string, Set<string>>, rows: readonly Row[], id: string) =>
  rows
    .filter((row) => sets.get(String(row.id))?.has(id))
    .map(({ name }) => String(name))
    .sort();
const rolesFor = (id: string) => namesFor(server.tenant.usersByRole, server.tenant.roles, id);
const organizationsFor = (id: string) =>
  namesFor(server.tenant.usersByOrganization, server.tenant.organizations as unknown as Row[], id);

type Asked = {
  joined?: string[];
  mirrored?: boolean;
  where?: Condition[];
  members?: string;
  visible?: string[];
};

const exported = async ({ where, members, visible, ...rest }: Asked) => {
  const list = members ? { resource: 'organization-users', parent: members } : { resource: 'users' };
  const query = { profile, ...list, filters: {}, ...(where ? { where } : {}) };
  const shown = visible ? { columns: visible } : {};
  const job = await held.core.startJob(
    'export',
    {
      query: { ...query, ...shown },
      format: 'ndjson',
      columns: visible ? 'visible' : 'all',
      bom: false,
      ...rest,
    },
    { path: join(folder, 'users') },
  );
  const { result, error } = await held.core.jobs.ended(job.id);
  expect(error).toBeNull();
  const rows = readFileSync(join(folder, 'users'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
  return { rows, result };
};

test('users are joined with their roles and organizations, for a request a hundred members', async () => {
  const { rows, result } = await exported({ joined: ['roles', 'organizations'] });
  expect(rows).toHaveLength(600);
  for (const { id, roles, organizations } of rows) {
    expect([...(roles as string[])].sort(), String(id)).toEqual(rolesFor(String(id)));
    expect([...(organizations as string[])].sort(), String(id)).toEqual(organizationsFor(String(id)));
  }
  expect(rows.some(({ roles }) => (roles as string[]).length > 1)).toBe(true);
  expect(result).toMatchObject({ joined: { whole: true } });
  const asked = server.seen.filter(({ path }) => path.startsWith('/api/')).length;
  // One for each user would be six hundred.
  expect(asked).toBeLessThan(120);
});

test('members of an organization are joined with the roles that they have in the tenant', async () => {
  const [members, ids] = [...server.tenant.usersByOrganization].find(([, users]) => users.size > 5) ?? [];
  const { rows } = await exported({ members: String(members), joined: ['roles'] });
  expect(rows).toHaveLength(ids?.size ?? -1);
  for (const { id, roles } of rows) expect([...(roles as string[])].sort()).toEqual(rolesFor(String(id)));
  expect(rows.some(({ roles }) => (roles as string[]).length > 0)).toBe(true);
});

test('a shown column of who belongs to what is read, not written as nothing', async () => {
  const { rows, result } = await exported({ visible: ['id', 'roles'] });
  for (const { id, roles } of rows)
    expect(roles, String(id)).toEqual(expect.arrayContaining(rolesFor(String(id))));
  expect(rows.some(({ roles }) => (roles as string[]).length > 0)).toBe(true);
  expect(result).toMatchObject({ joined: { whole: true } });
});

test('an incomplete reading of who belongs to what makes the export incomplete', async () => {
  const [role] = server.tenant.roles;
  server.faults.add(
    { kind: 'status', status: 200, headers: { 'total-number': '7' }, body: [] },
    { on: `/api/roles/${role?.id}/users`, times: 999 },
  );
  const { result } = await exported({ joined: ['roles'] });
  const lacks = [{ column: 'roles', of: [role?.name] }];
  expect(result?.joined).toEqual({ whole: false, lacks });
  expect(result && isComplete(result)).toBe(false);
});

const kinds = [
  { kind: 'status', status: 500 },
  { kind: 'html', status: 200 },
] as const;

for (const fault of kinds)
  test(`a role whose users do not come (${fault.kind}) is named; all users are written, without a false "none"`, async () => {
    const [role] = server.tenant.roles;
    server.faults.add(fault, { on: `/api/roles/${role?.id}/users`, times: 999 });
    const { rows, result } = await exported({ joined: ['roles'] });
    expect(rows).toHaveLength(600);
    expect(result?.joined).toEqual({ whole: false, lacks: [{ column: 'roles', of: [role?.name] }] });
    for (const { id, roles } of rows) {
      const known = rolesFor(String(id)).filter((name) => name !== role?.name);
      expect(roles, String(id)).toEqual(known.length > 0 ? expect.arrayContaining(known) : null);
    }
  });

for (const fault of kinds)
  test(`users are written without their roles where the roles do not come (${fault.kind})`, async () => {
    server.faults.add(fault, { on: ({ path }) => path === '/api/roles', times: 999 });
    const { rows, result } = await exported({ joined: ['roles', 'organizations'] });
    expect(rows).toHaveLength(600);
    expect(result?.joined).toEqual({ whole: false, lacks: [{ column: 'roles', of: [] }] });
    for (const { id, roles, organizations } of rows) {
      expect(roles, String(id)).toBeNull();
      expect(organizations, String(id)).toEqual(expect.arrayContaining(organizationsFor(String(id))));
    }
  });

test('a mirrored tenant knows who belongs nowhere', async () => {
  const where: Condition[] = [{ column: 'organizations', mode: 'empty', value: '' }];
  const query = { profile, resource: 'users', filters: {}, where };
  // What is not known must not read as nothing.
  await held.core.jobs.ended((await held.core.startJob('copy', { profile, below: false })).id);
  await expect(held.core.pages.fromMirror({ query, index: 0 })).rejects.toMatchObject({
    code: 'mirror.members',
  });
  await expect(
    held.core.startJob(
      'export',
      { query, format: 'csv', columns: 'all', bom: false },
      { path: join(folder, 'x') },
    ),
  ).rejects.toMatchObject({ code: 'mirror.members' });

  const { result: copied } = await held.core.jobs.ended((await held.core.startJob('copy', { profile })).id);
  expect(copied?.lists.filter(({ whole, absent }) => !whole && !absent)).toEqual([]);
  const expected = server.tenant.users
    .filter(({ id }) => organizationsFor(id).length === 0)
    .map(({ id }) => id);
  expect(expected.length).toBeGreaterThan(10);
  const { total, rows } = await held.core.pages.fromMirror({ query, index: 0 });
  expect(total).toBe(expected.length);
  expect(rows.every(({ organizations }) => (organizations as string[]).length === 0)).toBe(true);
  const file = await exported({ mirrored: true, where });
  expect(file.rows.map(({ id }) => String(id)).sort()).toEqual([...expected].sort());
  // A page of the server shows it, too.
  const live = await held.core.pages.page(
    { query: { profile, resource: 'users', filters: {} }, index: 0 },
    {},
  );
  for (const { id, roles } of live.rows)
    expect([...(roles as string[])].sort()).toEqual(rolesFor(String(id)));
  const { counts } = await held.core.mirrors.counts(
    held.core.profiles.get(profile),
    { ...query, where: [] },
    { column: 'organizations', bucket: null },
    5,
  );
  expect(counts.find(({ value }) => value === null)?.count).toBe(expected.length);
});

test('one list that cannot be read does not blank what others tell', async () => {
  const [, role] = server.tenant.roles;
  server.faults.add({ kind: 'status', status: 500 }, { on: `/api/roles/${role?.id}/users`, times: 9_999 });
  const { result: copied } = await held.core.jobs.ended(
    (await held.core.startJob('copy', { profile, resources: ['users', 'roles'] })).id,
  );
  expect(copied?.lists.find(({ resource }) => resource === 'role-users')).toMatchObject({
    whole: false,
    report: { unreadable: 1, lacks: [{ kind: 'unreadable', rows: null, parent: { id: role?.id } }] },
  });
  const query = { profile, resource: 'users', filters: {} };
  const { rows } = await held.core.pages.page({ query, index: 0 }, {});
  let named = 0;
  for (const { id, roles } of rows) {
    const known = rolesFor(String(id)).filter((name) => name !== role?.name);
    // Who is in no list that was read may be in the one that was not.
    expect(roles).toEqual(known.length > 0 ? [...known, '…'] : undefined);
    named += known.length;
  }
  expect(named).toBeGreaterThan(10);
});

test('a column that joins nothing is refused', async () => {
  const query = { profile, resource: 'roles', filters: {} };
  await expect(
    held.core.startJob(
      'export',
      { query, format: 'csv', columns: 'all', bom: false, joined: ['organizations'] },
      { path: join(folder, 'x') },
    ),
  ).rejects.toMatchObject({ code: 'query.invalid' });
});

describe('members of an organization by their roles, of whom only some were looked at', () => {
  const where = [{ column: 'roles', mode: 'filled' as const, value: '' }];
  const view = () => {
    const members = [...server.tenant.usersByOrganization].toSorted(([, a], [, b]) => b.size - a.size);
    const [parent = '', ids = new Set<string>()] = members[0] ?? [];
    // More than one page of them.
    for (const { id } of server.tenant.users.slice(0, 250)) ids.add(String(id));
    const query = { profile, resource: 'organization-users', parent, filters: {}, where };
    return { query, size: ids.size, carriers: [...ids].filter((id) => rolesFor(id).length > 0) };
  };
  const scanned = async ({ query }: ReturnType<typeof view>) => {
    const { scans } = held.core;
    const id = await scans.start({ query, mirrored: false });
    await expect.poll(() => scans.look(id, 0).state).not.toBe('running');
    return scans.look(id, 0);
  };
  const looked = async ({ query }: ReturnType<typeof view>) => {
    const { where: _, ...bare } = query;
    return held.core.pages.page({ query: bare, index: 0 }, { joinsLater: true, needed: ['roles'] });
  };

  test('are found by the members that the server has and the roles that the copy has', async () => {
    await exported({ joined: ['roles'] });
    const asked = view();
    expect(asked.size).toBeGreaterThan(100);
    const page = await looked(asked);
    expect(page).not.toHaveProperty('mirror');
    expect(page.rows.map(({ id, roles }) => [id, roles])).toEqual(
      page.rows.map(({ id }) => [id, rolesFor(String(id))]),
    );
    const { found, ...look } = await scanned(asked);
    expect(look).toMatchObject({ state: 'done', lookedAt: asked.size, matches: asked.carriers.length });
    expect(found.map(({ row }) => row.id).sort()).toEqual(asked.carriers.sort());
    expect(found.map(({ row }) => row.roles)).toEqual(found.map(({ row }) => rolesFor(String(row.id))));
  });

  test('are refused where their roles are not known, and not read as having none', async () => {
    const asked = view();
    await expect(looked(asked)).rejects.toMatchObject({ code: 'mirror.members' });
    await expect(scanned(asked)).rejects.toMatchObject({ code: 'mirror.members' });
  });
});
