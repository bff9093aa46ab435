import { afterAll, beforeAll, expect, test } from 'vitest';
import { applied, type Changeable, openChangeable, planOf } from '../../doors/changes-testing.ts';
import type { PlanAsked } from '../../shared/change/plan.ts';

let server: Changeable['server'];
let held: Changeable['held'];
let profile: string;
let user: Changeable['user'];
let close: Changeable['close'];

const hook = {
  tenantId: 'default',
  id: 'hears-all',
  name: 'Mirror',
  enabled: true,
  events: [
    ...['User.Created', 'User.Deleted', 'User.Data.Updated', 'User.SuspensionStatus.Updated'],
    ...['Role.Created', 'Role.Deleted', 'Role.Data.Updated', 'Role.Scopes.Updated'],
    ...['Scope.Created', 'Scope.Deleted', 'Scope.Data.Updated'],
    ...['Organization.Created', 'Organization.Deleted', 'Organization.Data.Updated'],
    'Organization.Membership.Updated',
    ...['OrganizationRole.Created', 'OrganizationRole.Deleted', 'OrganizationRole.Data.Updated'],
    ...['OrganizationRole.Scopes.Updated', 'OrganizationScope.Created', 'OrganizationScope.Deleted'],
  ],
  config: { url: 'https://hooks.example/all' },
  signingKey: 'key',
};

beforeAll(async () => {
  ({ server, held, profile, user, close } = await openChangeable(12));
  server.tenant.hooks.splice(0, server.tenant.hooks.length, hook);
});
afterAll(() => close());

/** Plans a change, makes it, and tells what the plan said, and how many deliveries there really were. */
const make = async (operation: string, id: string, values: PlanAsked['values'] = {}, parent = '') => {
  const about = await planOf(held.core, {
    profile,
    operation,
    on: id === '' ? { kind: 'new', parent } : { kind: 'ids', parent, ids: [id] },
    values,
    forced: ['in-use', 'empties-set'],
  });
  expect(about.counts, operation).toMatchObject({ refused: 0 });
  const before = server.tenant.parts.hookLogs.length;
  const job = await applied(held.core, about.id);
  await server.delivered();
  const [entry] = (
    await held.core.changes.journal(profile, { job: job.result?.run ?? '', offset: 0, limit: 1 })
  ).entries;
  expect(entry, operation).toMatchObject({ outcome: 'done' });
  return {
    told: about.deliveries,
    fired: server.tenant.parts.hookLogs.length - before,
    made: String(entry?.made.id ?? ''),
    job: job.result?.run ?? '',
  };
};

/** The same, held to the number that there are: what the plan says is what comes. */
const fires = async (count: number, ...of: Parameters<typeof make>) => {
  const { told, fired, ...rest } = await make(...of);
  expect({ operation: of[0], told, fired }).toEqual({
    operation: of[0],
    told: count === 0 ? [] : [{ hook: hook.id, name: hook.name, count }],
    fired: count,
  });
  return rest;
};

test('each request fires its own: members and applications that are removed, one by one', async () => {
  const userIds = Array.from({ length: 10 }, (_, at) => user(at).id);
  const { made: id } = await fires(1, 'organizations.create', '', { name: 'Acme' });
  await fires(1, 'organizations.addMembers', id, { userIds });
  await fires(10, 'organizations.removeMembers', id, { userIds });
  const bots = [];
  for (const name of ['One', 'Two', 'Three'])
    bots.push((await fires(0, 'applications.create', '', { name, type: 'MachineToMachine' })).made);
  await fires(1, 'organizations.addApplications', id, { applicationIds: bots });
  await fires(3, 'organizations.removeApplications', id, { applicationIds: bots });
});

test('permissions are taken from roles one by one, and given with a role they fire beside it', async () => {
  const { made: api } = await fires(0, 'resources.create', '', {
    name: 'Orders',
    indicator: 'https://o.example',
  });
  const scopeIds = [];
  for (const name of ['read', 'write', 'list'])
    scopeIds.push((await fires(1, 'resource-scopes.create', '', { name }, api)).made);
  const { made: role } = await fires(2, 'roles.create', '', {
    name: 'Clerk',
    description: 'Sells',
    type: 'User',
    scopeIds,
  });
  await fires(3, 'roles.removeScopes', role, { scopeIds });
  await fires(1, 'roles.addScopes', role, { scopeIds });
  const organizationScopeIds = [];
  for (const name of ['a', 'b'])
    organizationScopeIds.push((await fires(1, 'organization-scopes.create', '', { name })).made);
  const { made: there } = await fires(2, 'organization-roles.create', '', {
    name: 'Auditor',
    type: 'User',
    organizationScopeIds,
  });
  await fires(2, 'organization-roles.removeScopes', there, { organizationScopeIds });
  await fires(1, 'roles.delete', role);
});

test('a member who is given a role fires nothing; whoever is made with more than a row fires for each', async () => {
  const [role] = server.tenant.lists.organizationRoles.filter(({ type }) => type === 'User');
  const [first, second] = server.tenant.organizations.map(({ id }) => String(id));
  const { made: id } = await fires(4, 'users.create', '', {
    username: 'made_here',
    isSuspended: true,
    organizations: { [String(first)]: [], [String(second)]: [role?.id] },
  });
  await fires(0, 'users.addToOrganization', id, {
    organizationId: first,
    organizationRoleIds: [role?.id],
  });
  const { job } = await fires(1, 'users.delete', id);
  const undo = await held.core.changes.undo(profile, { job });
  expect(undo.deliveries).toEqual([{ hook: hook.id, name: hook.name, count: 4 }]);
  await fires(1, 'users.setPassword', user(0).id, {
    password: held.core.changes.keepSecret('Correct-Horse-9-Battery'),
  });
});

test('where the webhooks cannot be read, a plan says that it is not known, not that none fires', async () => {
  const asked = { profile, on: { kind: 'ids' as const, ids: [user(1).id] } };
  server.faults.add({ kind: 'status', status: 403 }, { on: '/api/hooks', times: 9 });
  const renamed = await planOf(held.core, { ...asked, operation: 'users.update', values: { name: 'Ada' } });
  expect(renamed.deliveries).toBeNull();
  const [role] = server.tenant.roles.filter(
    ({ type, name }) => type === 'User' && !`${name}`.startsWith('#'),
  );
  const given = { operation: 'users.addRoles', values: { roleIds: [String(role?.id)] } };
  expect((await planOf(held.core, { ...asked, ...given })).deliveries).toEqual([]);
  server.faults.clear();
});
