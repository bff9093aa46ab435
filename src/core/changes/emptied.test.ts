import { afterAll, beforeAll, expect, test } from 'vitest';
import { applied, type Changeable, openChangeable, plannedOf, planOf } from '../../doors/changes-testing.ts';
import { stateOf } from '../../doors/tenant-state-testing.ts';
import { operations } from '../../shared/change/operations/index.ts';
import type { Guard } from '../../shared/change/plan.ts';
import { createPhrases } from '../../shared/phrases/index.ts';
import { refusalInWords } from '../../shared/phrases/refusal-words.ts';
import type { PlanItem } from './plan.ts';

let all: Changeable;

beforeAll(async () => {
  all = await openChangeable(260);
});
afterAll(() => all.close());

const idsOf = (rows: readonly Record<string, unknown>[]) => rows.map(({ id }) => String(id));

/** A tenant whose sets have two each: the set's list, whose it is, and what is in it. */
const sets = () => {
  const { tenant } = all.server;
  const { organizationParts: parts, lists } = tenant;
  const two = (ids: readonly string[]) => ids.slice(0, 2);
  const users = two(idsOf(tenant.users));
  const [first = '', second = ''] = users;
  const [role = '', other = ''] = idsOf(tenant.roles.filter(({ type }) => type === 'User'));
  const [organization = ''] = idsOf(tenant.organizations);
  const machines = idsOf(tenant.applications.filter(({ type }) => type === 'MachineToMachine')).filter(
    (id) => id !== all.server.tokens.apps[0]?.appId,
  );
  const [machine = ''] = machines;
  const machineRoles = idsOf(
    tenant.roles.filter(({ type, name }) => type === 'MachineToMachine' && !/^#|^Logto /.test(String(name))),
  );
  const scopes = two(idsOf(tenant.scopes.filter(({ resourceId }) => resourceId !== 'management-api')));
  const ofType = (wanted: string) =>
    two(idsOf(lists.organizationRoles.filter(({ type }) => (type ?? 'User') === wanted)));
  for (const name of ['Bot', 'Probe'])
    if (ofType('MachineToMachine').length < 2)
      lists.organizationRoles.push({
        ...lists.organizationRoles[0],
        id: name,
        name,
        type: 'MachineToMachine',
      });
  const [organizationRoles, botRoles] = [ofType('User'), ofType('MachineToMachine')];
  const organizationScopes = two(idsOf(lists.organizationScopes));
  const [organizationRole = ''] = organizationRoles;
  const connectors = two(idsOf(lists.ssoConnectors));
  for (const holders of tenant.usersByRole.values()) holders.clear();
  for (const holders of tenant.appsByRole.values()) holders.delete(machine);
  for (const id of [role, other]) tenant.usersByRole.set(id, new Set(users));
  tenant.scopesByRole.set(role, scopes);
  for (const id of two(machineRoles)) tenant.appsByRole.set(id, new Set(two(machines)));
  tenant.usersByOrganization.set(organization, new Set(users));
  parts.setApplications(organization, new Map(two(machines).map((id) => [id, new Set(botRoles)])));
  parts.setRoles(organization, first, organizationRoles);
  Object.assign(parts.jit(organization), { domains: ['a.example', 'b.example'], connectors });
  parts.jit(organization).roles = organizationRoles;
  const row = lists.organizationRoles.find(({ id }) => id === organizationRole) ?? {};
  row.scopes = lists.organizationScopes.filter(({ id }) => organizationScopes.includes(String(id)));
  row.resourceScopes = tenant.scopes.filter(({ id }) => scopes.includes(String(id)));
  return {
    'users.removeRoles': { list: 'user-roles', on: first, roleIds: [role, other] },
    'roles.removeUsers': { list: 'role-users', on: role, userIds: users },
    'roles.removeScopes': { list: 'role-scopes', on: role, scopeIds: scopes },
    'roles.removeApplications': {
      list: 'role-applications',
      on: machineRoles[0],
      applicationIds: two(machines),
    },
    'applications.removeRoles': { list: 'application-roles', on: machine, roleIds: two(machineRoles) },
    'organizations.removeMembers': { list: 'organization-users', on: organization, userIds: users },
    'organizations.removeApplications': {
      list: 'organization-applications',
      on: organization,
      applicationIds: two(machines),
    },
    'organizations.removeEmailDomains': {
      list: 'organization-jit-domains',
      on: organization,
      emailDomains: ['a.example', 'b.example'],
    },
    'organizations.removeJitRoles': {
      list: 'organization-jit-roles',
      on: organization,
      jitRoleIds: organizationRoles,
    },
    'organizations.removeSsoConnectors': {
      list: 'organization-jit-sso-connectors',
      on: organization,
      ssoConnectorIds: connectors,
    },
    'organization-users.removeRoles': {
      list: 'organization-user-roles',
      on: first,
      parent: organization,
      organizationRoleIds: organizationRoles,
    },
    'organization-applications.removeRoles': {
      list: 'organization-application-roles',
      on: machine,
      parent: organization,
      organizationRoleIds: botRoles,
    },
    'organization-roles.removeScopes': {
      list: 'organization-role-scopes',
      on: organizationRole,
      organizationScopeIds: organizationScopes,
    },
    'organization-roles.removeResourceScopes': {
      list: 'organization-role-resource-scopes',
      on: organizationRole,
      scopeIds: scopes,
    },
    // Each takes one; all of them together are planned below.
    'users.removeFromOrganization': {
      list: 'organization-users',
      on: second,
      also: first,
      organizationId: organization,
    },
    'organization-users.remove': {
      list: 'organization-users',
      on: second,
      also: first,
      parent: organization,
    },
  };
};

const planned = async (
  operation: string,
  ids: readonly (string | undefined)[],
  values: Record<string, unknown>,
  { parent = '', forced = [] }: { parent?: string; forced?: Guard[] } = {},
) => {
  const { core } = all.held;
  const on = { kind: 'ids' as const, parent, ids: ids.map(String) };
  const plan = await planOf(core, { profile: all.profile, operation, on, values, forced });
  const items = await plannedOf(core, plan.id);
  return { plan: plan.id, items, verdicts: items.map(({ guard, verdict }) => guard ?? verdict) };
};

test('the last of a set, whichever, is removed only where that is asked for by name, and the words say of which', async () => {
  const { t } = createPhrases();
  const known = sets();
  for (const [operation, { list, on, ...more }] of Object.entries(known)) {
    const { parent = '', also, ...values } = { also: undefined, ...more } as Record<string, unknown>;
    const under = { parent: String(parent) };
    const fewer = Object.fromEntries(
      Object.entries(values).map(([field, ids]) => [field, Array.isArray(ids) ? ids.slice(1) : ids]),
    );
    const who = also === undefined ? [on] : [on, String(also)];
    expect([operation, ...(await planned(operation, [on], fewer, under)).verdicts]).toEqual([
      operation,
      'change',
    ]);
    const { items } = await planned(operation, who, values, under);
    expect([operation, ...items.map(({ guard, about }) => [guard, about])]).toEqual([
      operation,
      ...who.map(() => ['empties-set', list]),
    ]);
    const words = items[0] && refusalInWords(t, items[0]);
    expect(words).toMatch(/^Nothing would be left in this list: [a-z].*\.$/i);
    expect(words).not.toContain(list);
    const forced = await planned(operation, who, values, { ...under, forced: ['empties-set'] });
    expect([operation, ...forced.verdicts]).toEqual([operation, ...who.map(() => 'change')]);
  }
  // What takes from a set, all of it, is above.
  const taking = operations.filter(
    ({ kind, empties, takesFrom }) => kind === 'remove' && (empties ?? takesFrom),
  );
  expect(Object.keys(known).sort()).toEqual(taking.map(({ id }) => id).sort());
});

test('a set that was emptied by name is given back exactly, with what its rows had there', async () => {
  const { core } = all.held;
  for (const [operation, { list: _, on, ...more }] of Object.entries(sets())) {
    const { parent = '', also, ...values } = { also: undefined, ...more } as Record<string, unknown>;
    const before = stateOf(all.server.tenant);
    const { plan } = await planned(operation, also === undefined ? [on] : [on, String(also)], values, {
      parent: String(parent),
      forced: ['empties-set'],
    });
    const job = await applied(core, plan);
    expect(stateOf(all.server.tenant), operation).not.toEqual(before);
    const undo = await core.changes.undo(all.profile, { job: job.result?.run ?? '' });
    expect([operation, undo.counts.refused]).toEqual([operation, 0]);
    await applied(core, undo.id);
    expect(stateOf(all.server.tenant), operation).toEqual(before);
  }
});

test('of a large set a page tells that others remain; taken some at a time, all of it is not taken', async () => {
  const { tenant } = all.server;
  const [role = ''] = idsOf(tenant.roles.filter(({ type }) => type === 'User'));
  const users = idsOf(tenant.users);
  tenant.usersByRole.set(role, new Set(users));
  const before = all.server.seen.length;
  expect((await planned('roles.removeUsers', [role], { userIds: users.slice(0, 5) })).verdicts).toEqual([
    'change',
  ]);
  const asked = all.server.seen.slice(before).filter(({ path }) => path.endsWith(`/roles/${role}/users`));
  expect(asked).toHaveLength(2);
  const chunks = (await planned('roles.removeUsers', [role], { userIds: users })).verdicts;
  expect(chunks).toEqual(['empties-set', 'empties-set']);
  const most = await planned('roles.removeUsers', [role], { userIds: users.slice(1) });
  expect(most.verdicts).toEqual(['change', 'change']);
  const [organization = ''] = idsOf(tenant.organizations);
  tenant.usersByOrganization.set(organization, new Set(users));
  const members = { userIds: users };
  expect((await planned('organizations.removeMembers', [organization], members)).verdicts).toEqual([
    'empties-set',
    'empties-set',
  ]);
});

test('where the server fails on a page, nobody sees whether anything is left: by name it is removed', async () => {
  const { tenant } = all.server;
  const [role = ''] = idsOf(tenant.roles.filter(({ type }) => type === 'User'));
  const broken = all.user(7);
  const { name } = broken;
  broken.name = '😀'.repeat(65);
  tenant.usersByRole.set(role, new Set([all.user(1).id, broken.id]));
  const values = { userIds: [all.user(1).id] };
  expect((await planned('roles.removeUsers', [role], values)).verdicts).toEqual(['empties-set']);
  const forced = await planned('roles.removeUsers', [role], values, { forced: ['empties-set'] });
  expect(forced.verdicts).toEqual(['change']);
  broken.name = name;
});

test('a set that others took from since the plan is not left empty', async () => {
  const { core } = all.held;
  const { tenant } = all.server;
  const [role = ''] = idsOf(tenant.roles.filter(({ type }) => type === 'User'));
  const [organization = ''] = idsOf(tenant.organizations);
  const [one = '', other = ''] = idsOf(tenant.users);
  tenant.usersByRole.set(role, new Set([one, other]));
  tenant.usersByOrganization.set(organization, new Set([one, other]));
  const item = (operation: string, id: string, values: Record<string, unknown>): PlanItem => ({
    operation,
    target: { resource: operation.split('.')[0] ?? '', id, parent: '', label: '' },
    values,
  });
  const items = [
    item('roles.removeUsers', role, { userIds: [one] }),
    item('users.removeFromOrganization', one, { organizationId: organization }),
  ];
  const plan = await core.changes.planItems(all.profile, items, { title: 'import' });
  expect(plan.counts).toMatchObject({ change: 2 });
  tenant.usersByRole.get(role)?.delete(other);
  tenant.usersByOrganization.get(organization)?.delete(other);
  expect((await applied(core, plan.id)).result?.outcomes).toMatchObject({ refused: 2, done: 0 });
  expect(tenant.usersByRole.get(role)?.has(one)).toBe(true);
});
