import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  applied,
  type Changeable,
  journalOf,
  openChangeable,
  plannedOf,
  planOf,
} from '../../doors/changes-testing.ts';
import type { Json } from '../../simulator/json.ts';

let all: Changeable;
beforeEach(async () => {
  all = await openChangeable(8);
});
afterEach(() => all.close());

const idOf = (row: Json | undefined) => String(row?.id ?? expect.fail('no such row'));

/** Plans a delete by force, applies it, and undoes it. Returns what it takes along, and the id of what was made anew. */
const deletedAndUndone = async (operation: string, id: string, parent = '') => {
  const { held, profile } = all;
  const asked = { profile, operation, on: { kind: 'ids' as const, parent, ids: [id] } };
  const plan = await planOf(held.core, { ...asked, forced: ['in-use'] });
  const [planned] = await plannedOf(held.core, plan.id);
  const taken = Object.fromEntries(
    (planned?.takes ?? []).map(({ list, count, names, isBack }) => [list, [count, names, isBack]]),
  );
  const job = await applied(held.core, plan.id);
  expect(job.result?.outcomes, JSON.stringify(planned)).toMatchObject({ done: 1 });
  const undo = await held.core.changes.undo(profile, { job: job.result?.run ?? '' });
  const back = await applied(held.core, undo.id);
  const [entry] = await journalOf(held.core, profile);
  expect(back.result?.outcomes, JSON.stringify(entry)).toMatchObject({ done: 1 });
  return { taken, losses: plan.losses, anew: String(entry?.made.id) };
};
const refusedAs = async (operation: string, id: string, parent = '') => {
  const { held, profile } = all;
  const plan = await planOf(held.core, {
    profile,
    operation,
    on: { kind: 'ids', parent, ids: [id] },
  });
  const [planned] = await plannedOf(held.core, plan.id);
  return [planned?.guard, planned?.about];
};
/** Two organizations with members of their own, in none of which anybody has a role. */
const twoOrganizations = () => {
  const { tenant } = all.server;
  const [first, second] = tenant.organizations.map(idOf);
  if (!first || !second) throw new Error('no organizations');
  for (const id of tenant.organizations.map(idOf)) {
    tenant.organizationParts.jit(id).roles = [];
    for (const user of tenant.usersByOrganization.get(id) ?? [])
      tenant.organizationParts.setRoles(id, user, []);
  }
  tenant.usersByOrganization.set(first, new Set([all.user(0).id, all.user(1).id]));
  tenant.usersByOrganization.set(second, new Set([all.user(2).id]));
  tenant.organizationParts.setRoles(first, all.user(1).id, []);
  return { first, second, parts: tenant.organizationParts };
};
const userRole = () =>
  idOf(all.server.tenant.lists.organizationRoles.find(({ type }) => type !== 'MachineToMachine'));

test('a deleted organization role is given back to members and just-in-time rules; open invitations lose it, and it is said', async () => {
  const { server, user } = all;
  const { first, second, parts } = twoOrganizations();
  const role = userRole();
  parts.setRoles(first, user(0).id, [role]);
  parts.setRoles(second, user(2).id, [role]);
  parts.jit(second).roles = [role];
  const { invitations, organizationRoles } = server.tenant.lists;
  invitations.splice(0, invitations.length, {
    id: 'i1',
    tenantId: 'default',
    invitee: 'new@corp.test',
    status: 'Pending',
    organizationId: first,
    expiresAt: Date.now() + 86_400_000,
    organizationRoles: [{ id: role, name: 'x' }],
  });
  const name = server.tenant.organizations.find(({ id }) => id === first)?.name;
  expect(await refusedAs('organization-roles.delete', role)).toEqual(['in-use', name]);
  const { taken, losses, anew } = await deletedAndUndone('organization-roles.delete', role);
  expect(taken).toEqual({
    'organization-users': [2, expect.arrayContaining([expect.any(String)]), true],
    'organization-jit-roles': [1, [expect.any(String)], true],
    'organization-invitations': [1, ['new@corp.test'], false],
  });
  expect(losses).toContain('accessRules');
  expect(anew).not.toBe(role);
  expect(organizationRoles.some(({ id }) => id === anew)).toBe(true);
  expect([...parts.roleIdsOf(first, user(0).id)]).toEqual([anew]);
  expect([...parts.roleIdsOf(first, user(1).id)]).toEqual([]);
  expect([...parts.roleIdsOf(second, user(2).id)]).toEqual([anew]);
  expect(parts.jit(second).roles).toEqual([anew]);
  expect(parts.jit(first).roles).toEqual([]);
});

test('roles of machines in organizations come back with the role, with the application, and with the organization', async () => {
  const { server } = all;
  const { first, parts } = twoOrganizations();
  const { tenant } = server;
  const machine = idOf(
    tenant.applications.find(
      ({ type, id }) => type === 'MachineToMachine' && id !== server.tokens.apps[0]?.appId,
    ),
  );
  tenant.lists.organizationRoles.push({
    id: 'r-m',
    name: 'Robots',
    type: 'MachineToMachine',
    scopes: [],
    resourceScopes: [],
  });
  parts.setApplications(first, new Map([[machine, new Set(['r-m'])]]));
  const role = await deletedAndUndone('organization-roles.delete', 'r-m');
  expect(role.taken).toEqual({ 'organization-applications': [1, [expect.any(String)], true] });
  expect([...(parts.applicationsOf(first).get(machine) ?? [])]).toEqual([role.anew]);
  const app = await deletedAndUndone('applications.delete', machine);
  expect(app.taken).toMatchObject({ 'application-organizations': [1, [expect.any(String)], true] });
  expect([...(parts.applicationsOf(first).get(app.anew) ?? [])]).toEqual([role.anew]);
  const row = tenant.organizations.find(({ id }) => id === first);
  Object.assign(row ?? {}, {
    createdAt: 1_700_000_000_000,
    customCss: 'body{}',
    color: { primaryColor: '#123456' },
  });
  const organization = await deletedAndUndone('organizations.delete', first);
  expect([...(parts.applicationsOf(organization.anew).get(app.anew) ?? [])]).toEqual([role.anew]);
  expect(tenant.organizations.find(({ id }) => id === organization.anew)).toMatchObject({
    createdAt: 1_700_000_000_000,
    customCss: 'body{}',
    color: { primaryColor: '#123456' },
  });
});

test('who is taken out of an organization gets the roles there back, among many, too', async () => {
  const { held, profile, user } = all;
  const { first, parts } = twoOrganizations();
  const role = userRole();
  parts.setRoles(first, user(0).id, [role]);
  const plan = await planOf(held.core, {
    profile,
    operation: 'organizations.removeMembers',
    on: { kind: 'ids', ids: [first] },
    values: { userIds: [user(0).id, user(1).id] },
    forced: ['empties-set'],
  });
  expect(plan.counts).toMatchObject({ change: 1, partlyUndone: 0 });
  const run = (await applied(held.core, plan.id)).result?.run ?? '';
  expect(all.server.tenant.usersByOrganization.get(first)?.size).toBe(0);
  const undo = await held.core.changes.undo(profile, { job: run });
  await applied(held.core, undo.id);
  expect(all.server.tenant.usersByOrganization.get(first)?.size).toBe(2);
  expect([...parts.roleIdsOf(first, user(0).id)]).toEqual([role]);
  expect([...parts.roleIdsOf(first, user(1).id)]).toEqual([]);
});

test('a deleted permission, API or organization permission is given back to the roles that had it', async () => {
  const { tenant } = all.server;
  const [role] = tenant.roles.filter(({ type, name }) => type === 'User' && !String(name).startsWith('#'));
  const [organizationRole] = tenant.lists.organizationRoles;
  if (!role || !organizationRole) throw new Error('no roles');
  const roleId = idOf(role);
  tenant.resources.push({
    id: 'api',
    name: 'Orders',
    indicator: 'https://orders.test',
    isDefault: true,
    accessTokenTtl: 60,
  });
  const scopes = ['read', 'write'].map((name) => ({
    id: `s-${name}`,
    name,
    description: null,
    resourceId: 'api',
  }));
  tenant.scopes.push(...scopes);
  tenant.scopesByRole.set(roleId, ['s-read', 's-write']);
  const given = { id: 's-write', name: 'write', resource: { id: 'api' } };
  organizationRole.resourceScopes = [given];
  const named = (ids: readonly unknown[]) =>
    ids.map((id) => tenant.scopes.find((scope) => scope.id === id)?.name).sort();
  const held = () => ({
    role: named(tenant.scopesByRole.get(roleId) ?? []),
    organizationRole: named((organizationRole.resourceScopes as Json[]).map(({ id }) => id)),
  });
  const before = held();

  expect(await refusedAs('resource-scopes.delete', 's-write', 'api')).toEqual(['in-use', role.name]);
  const scope = await deletedAndUndone('resource-scopes.delete', 's-write', 'api');
  expect(scope.taken).toEqual({
    roles: [1, [role.name], true],
    'organization-roles': [1, [organizationRole.name], true],
  });
  expect(held()).toEqual(before);

  const api = await deletedAndUndone('resources.delete', 'api');
  expect(api.taken).toMatchObject({
    'resource-scopes': [2, expect.arrayContaining(['read', 'write']), true],
    roles: [1, [role.name], true],
  });
  expect(held()).toEqual(before);
  expect(tenant.resources.find(({ id }) => id === api.anew)).toMatchObject({ isDefault: true });

  tenant.lists.organizationScopes.push({ id: 'os', name: 'audit', description: null });
  organizationRole.scopes = [{ id: 'os', name: 'audit' }];
  expect(await refusedAs('organization-scopes.delete', 'os')).toEqual(['in-use', organizationRole.name]);
  const permission = await deletedAndUndone('organization-scopes.delete', 'os');
  expect((organizationRole.scopes as Json[]).map(({ id }) => id)).toEqual([permission.anew]);
});

test('a plan names what a deleted user has, and who holds a deleted role', async () => {
  const { server, user } = all;
  const { tenant } = server;
  const role = tenant.roles.find(({ type, name }) => type === 'User' && !String(name).startsWith('#'));
  const id = idOf(role);
  for (const holders of tenant.usersByRole.values()) holders.clear();
  tenant.usersByRole.set(id, new Set([user(0).id]));
  twoOrganizations();
  tenant.parts.setIdentities(user(0), { github: { userId: 'g' } });
  const gone = await deletedAndUndone('users.delete', user(0).id);
  expect(gone.taken).toEqual({
    'user-roles': [1, [role?.name], true],
    'user-organizations': [expect.any(Number), expect.arrayContaining([expect.any(String)]), true],
    'user-social-identities': [1, ['github'], true],
  });
  const { taken } = await deletedAndUndone('roles.delete', id);
  expect(taken).toMatchObject({ 'role-users': [1, [expect.any(String)], true] });
});

test('what is gone when a delete is undone is said before, and the rest is given back', async () => {
  const { held, profile, server } = all;
  const { core } = held;
  const { tenant } = server;
  const user = all.user(3);
  const [stays, goes] = tenant.roles.filter(
    ({ type, name }) => type === 'User' && !String(name).startsWith('#'),
  );
  const { first, second } = twoOrganizations();
  for (const role of [stays, goes]) tenant.usersByRole.get(idOf(role))?.add(user.id);
  for (const id of [first, second]) tenant.usersByOrganization.get(id)?.add(user.id);
  const asked = { profile, operation: 'users.delete', on: { kind: 'ids' as const, ids: [user.id] } };
  const job = await applied(core, (await planOf(core, asked)).id);
  expect(job.result?.outcomes).toMatchObject({ done: 1 });
  tenant.roles.splice(tenant.roles.indexOf(goes ?? expect.fail('no role')), 1);
  tenant.usersByRole.delete(idOf(goes));
  const organization = tenant.organizations.find(({ id }) => id === second);
  tenant.organizations.splice(tenant.organizations.indexOf(organization ?? expect.fail('none')), 1);
  tenant.usersByOrganization.delete(second);
  const undo = await core.changes.undo(profile, { job: job.result?.run ?? '' });
  expect(undo).toMatchObject({ counts: { create: 1, refused: 0 }, lacking: 1 });
  const [planned] = await plannedOf(core, undo.id);
  const lacks = (planned?.lacks ?? []).map(({ list, count, names }) => [list, count, names]);
  expect(lacks.toSorted()).toEqual([
    ['organizations', 1, [organization?.name]],
    ['roles', 1, [goes?.name]],
  ]);
  const back = await applied(core, undo.id);
  expect(back.result?.outcomes).toMatchObject({ done: 1 });
  const [entry] = await journalOf(core, profile);
  const anew = String(entry?.made.id);
  expect(tenant.usersByRole.get(idOf(stays))?.has(anew)).toBe(true);
  expect(tenant.usersByOrganization.get(first)?.has(anew)).toBe(true);
});

test('what is put back into something that is gone is refused, and says so', async () => {
  const { held, profile, server } = all;
  const { core } = held;
  const { first } = twoOrganizations();
  const user = all.user(1).id;
  const plan = await planOf(core, {
    profile,
    operation: 'users.removeFromOrganization',
    on: { kind: 'ids', ids: [user] },
    values: { organizationId: first },
  });
  const job = await applied(core, plan.id);
  const { tenant } = server;
  tenant.organizations.splice(
    tenant.organizations.findIndex(({ id }) => id === first),
    1,
  );
  tenant.usersByOrganization.delete(first);
  const undo = await core.changes.undo(profile, { job: job.result?.run ?? '' });
  const [planned] = await plannedOf(core, undo.id);
  expect([planned?.guard, planned?.about]).toEqual(['holder-gone', first]);
});

test('what many deletes take along is counted as far as it may be read, and of the rest that is said', async () => {
  const { held, profile, server } = all;
  const { core } = held;
  const [role] = server.tenant.roles.filter(({ type }) => type === 'User');
  server.tenant.usersByRole.set(idOf(role), new Set(server.tenant.users.map(({ id }) => id)));
  const items = server.tenant.users.map(({ id }) => ({
    operation: 'users.delete',
    target: { resource: 'users', id, parent: '', label: '' },
    values: {},
  }));
  const sums = async (counting?: number) => {
    const plan = await core.changes.planItems(profile, items, {
      title: 'users.delete',
      ...(counting === undefined ? {} : { counting }),
    });
    const roles = plan.taken.find(({ list }) => list === 'user-roles')?.count ?? 0;
    return [plan.uncounted, roles] as const;
  };
  const held8 = server.tenant.users.map(
    ({ id }) => [...server.tenant.usersByRole.values()].filter((users) => users.has(id)).length,
  );
  const every = held8.reduce((sum, count) => sum + count, 0);
  expect(await sums()).toEqual([0, every]);
  // A user's take three requests each: of 8 only as many are begun as there are requests left.
  const [uncounted, counted] = await sums(9);
  expect(uncounted).toBe(5);
  expect(counted).toBeLessThan(every);
});

test('rules of applications get back whom they named, where access control is on', async () => {
  const { tenant } = all.server;
  const [user, stays] = [all.user(5), all.user(0).id];
  const [role] = tenant.roles.filter(({ type, name }) => type === 'User' && !String(name).startsWith('#'));
  const { first, second } = twoOrganizations();
  const organizationRole = tenant.lists.organizationRoles.find(({ type }) => type === 'User');
  const [app, other] = tenant.applications.filter(({ type }) => type === 'SPA');
  if (!app || !other) throw new Error('no applications');
  app.appLevelAccessControlEnabled = true;
  const rules = {
    userIds: [stays, user.id],
    userRoleIds: [idOf(role)],
    organizationIds: [first],
    organizationRoleRules: [{ organizationId: second, organizationRoleIds: [idOf(organizationRole)] }],
  };
  tenant.parts.rules.set(idOf(app), structuredClone(rules));
  tenant.parts.rules.set(idOf(other), { ...structuredClone(rules), organizationRoleRules: [] });
  const now = () => tenant.parts.rules.get(idOf(app));
  const deleted = await deletedAndUndone('users.delete', user.id);
  expect(deleted.taken['application-access-control']).toEqual([1, [app.name], true]);
  expect(now()).toEqual({ ...rules, userIds: [stays, deleted.anew] });
  expect(tenant.parts.rules.get(idOf(other))?.userIds).toEqual([stays]);
  const organization = await deletedAndUndone('organizations.delete', first);
  expect(now()?.organizationIds).toEqual([organization.anew]);
  const anew = await deletedAndUndone('roles.delete', idOf(role));
  expect(now()?.userRoleIds).toEqual([anew.anew]);
});
