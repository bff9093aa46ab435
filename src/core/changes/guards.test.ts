import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  addChangeable,
  applied,
  type Changeable,
  openChangeable,
  plannedOf,
  planOf,
} from '../../doors/changes-testing.ts';
import { memoryKeychain, testCore } from '../../doors/testing.ts';
import type { PlanAsked } from '../../shared/change/plan.ts';
import { managementRoleName } from '../../simulator/server.ts';
import type { PlanItem } from './plan.ts';

let server: Changeable['server'];
let held: Changeable['held'];
let profile: string;
let user: Changeable['user'];
let close: Changeable['close'];

beforeEach(async () => {
  ({ server, held, profile, user, close } = await openChangeable(40));
});
afterEach(() => close());

const rowNamed = (
  rows: readonly Record<string, unknown>[],
  fits: (row: Record<string, unknown>) => boolean,
) => {
  const row = rows.find(fits);
  if (!row) throw new Error('no such row');
  return String(row.id);
};
const ids = (...all: string[]) => ({ kind: 'ids' as const, ids: all });
const managementApi = 'management-api';
const isNew = { kind: 'new' as const };
const writes = () => server.seen.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/oidc/'));

/** What a plan says of its only change: the guard that refuses it, or what it will do. */
const verdictOn = async (asked: Omit<PlanAsked, 'profile'>) => {
  const plan = await planOf(held.core, { profile, ...asked });
  const [one] = await plannedOf(held.core, plan.id);
  return one?.guard ?? one?.verdict;
};

test('nothing leaves a tenant that is read-only, whoever asks', async () => {
  const { core } = held;
  const asked = { operation: 'users.update', on: ids(user(0).id), values: { name: 'A' } };
  const plan = await planOf(core, { profile, ...asked });
  const [app] = server.tokens.apps;
  const input = { kind: 'oss', name: 'Test', endpoint: server.endpoint, appId: app?.appId ?? '' } as const;
  await core.profiles.update(profile, input, undefined, 'memory');
  await expect(applied(core, plan.id)).rejects.toMatchObject({ code: 'profile.read_only' });
  await expect(core.changes.unlock(profile)).rejects.toMatchObject({ code: 'profile.read_only' });
  const session = await core.sessionOf(profile);
  expect(await session.write({ method: 'DELETE', path: `/api/users/${user(0).id}` })).toMatchObject({
    kind: 'unsent',
    error: { code: 'profile.read_only' },
  });
  expect(writes()).toEqual([]);
});

test('a tenant is locked until it is unlocked, and again after 15 minutes, and when the app locks', async () => {
  let now = Date.now();
  await using own = testCore({ keychain: memoryKeychain(), clock: () => now });
  const { core } = own;
  const { id } = await addChangeable(core, server);
  const asked = { profile: id, operation: 'users.update', on: ids(user(0).id), values: { name: 'A' } };
  const plan = await planOf(core, asked);
  // Counted, too, by a clock that nobody sets.
  const { unlockedUntil } = await core.changes.state(id);
  expect(unlockedUntil).toBeGreaterThan(now);
  expect(unlockedUntil).toBeLessThanOrEqual(now + 15 * 60_000);
  now += 15 * 60_000;
  expect((await core.changes.state(id)).unlockedUntil).toBeNull();
  await expect(applied(core, plan.id)).rejects.toMatchObject({ code: 'changes.locked' });
  await core.changes.unlock(id);
  core.lock.close();
  expect((await core.changes.state(id)).unlockedUntil).toBeNull();
  await expect(applied(core, plan.id)).rejects.toMatchObject({ code: 'changes.locked' });
  expect(writes()).toEqual([]);
});

test('a production tenant asks for its name also where one change concerns more than 20 users or applications', async () => {
  const { core } = held;
  const { id } = await addChangeable(core, server, 'production', 'Prod members');
  const userIds = server.tenant.users.slice(0, 21).map((user) => user.id);
  const [role, organization] = [
    String(server.tenant.roles.find(({ type }) => type === 'User')?.id),
    String(server.tenant.organizations[0]?.id),
  ];
  const target = (resource: string, of = '') => ({ resource, id: of, parent: '', label: '' });
  const items = (some: string[]): PlanItem[] => [
    {
      operation: 'organizations.create',
      target: target('organizations'),
      values: { name: 'Crowd', members: Object.fromEntries(some.map((user) => [user, []])) },
    },
    { operation: 'roles.addUsers', target: target('roles', role), values: { userIds: some } },
    {
      operation: 'organizations.addMembers',
      target: target('organizations', organization),
      values: { userIds: some },
    },
  ];
  for (const [at, item] of items(userIds).entries()) {
    expect((await core.changes.planItems(id, [item], { title: 'x' })).confirm, item.operation).toBe(
      'Prod members',
    );
    const few = items(userIds.slice(0, 19))[at] ?? item;
    expect((await core.changes.planItems(id, [few], { title: 'x' })).confirm, item.operation).toBeNull();
  }
});

test('a production tenant asks for its name before a delete, and before more than 20 objects', async () => {
  const { core } = held;
  const { id } = await addChangeable(core, server, 'production', 'Prod');
  const many = (count: number) => ids(...server.tenant.users.slice(0, count).map((one) => one.id));
  const name = { operation: 'users.update', values: { name: 'A' } };
  expect((await planOf(core, { profile: id, ...name, on: many(20) })).confirm).toBeNull();
  const plan = await planOf(core, { profile: id, ...name, on: many(21) });
  expect(plan.confirm).toBe('Prod');
  for (const confirm of [undefined, '', 'prod', 'Test'])
    await expect(applied(core, plan.id, confirm === undefined ? {} : { confirm })).rejects.toMatchObject({
      code: 'changes.confirm',
    });
  const one = await planOf(core, { profile: id, operation: 'users.delete', on: many(1) });
  expect(one.confirm).toBe('Prod');
  expect(writes()).toEqual([]);
  expect(await applied(core, plan.id, { confirm: 'Prod' })).toMatchObject({
    result: { outcomes: { done: 21 } },
  });
});

test('a run that stopped asks for the name of a tenant that is in production by now, whichever way it is resumed', async () => {
  const { core } = held;
  const resumed = async (label: string, later: string, confirm?: string) => {
    const [app] = server.tokens.apps;
    const name = `Prod ${label}${later}${confirm ?? ''}`;
    const { id } = await addChangeable(core, server, label, name);
    const all = ids(...server.tenant.users.map((one) => one.id));
    const values = { 'customData.mark': name };
    const plan = await planOf(core, { profile: id, operation: 'users.update', values, on: all });
    server.faults.add(
      { kind: 'status', status: 403 },
      { on: ({ method, path }) => method === 'PATCH' && path !== '/' },
    );
    const job = await applied(core, plan.id, { stopAfter: 1, ...(confirm ? { confirm: name } : {}) });
    expect(job).toMatchObject({ resumable: true, result: { stopped: true } });
    const input = { kind: 'oss', name, endpoint: server.endpoint, appId: app?.appId ?? '' } as const;
    await core.profiles.update(id, { ...input, label: later, access: 'read-write' }, undefined, 'memory');
    const before = writes().length;
    return { job, name, again: await core.resumeJob(job.id).catch(({ code }) => code), before };
  };
  const { job, name, again, before } = await resumed('', 'production');
  expect(again).toBe('changes.confirm');
  const wrong = core.resumeJob(job.id, { confirmed: name.toLowerCase() });
  await expect(wrong).rejects.toMatchObject({ code: 'changes.confirm' });
  expect(writes()).toHaveLength(before);
  const named = await core.resumeJob(job.id, { confirmed: name });
  expect(await core.jobs.ended(named?.id ?? '')).toMatchObject({ state: 'done', resumable: false });
  // For this plan it was typed.
  const typed = await resumed('production', 'production', 'typed');
  expect(await core.jobs.ended(typed.again.id)).toMatchObject({ state: 'done', resumable: false });
});

const long = '😀'.repeat(65);

test.each([
  ['invalid-value', 'users.update', { primaryEmail: 'nobody' }],
  ['invalid-value', 'users.update', { primaryPhone: '+49 170 1' }],
  ['invalid-value', 'users.update', { username: 'with-hyphen' }],
  ['invalid-value', 'users.update', { customData: [1] }],
  ['too-long', 'users.update', { name: long }],
  ['nul', 'users.update', { name: 'a\0b' }],
  ['nul', 'users.update', { 'customData.a': { b: ['\0'] } }],
  ['script-url', 'users.update', { avatar: 'javascript:alert(1)' }],
  ['script-url', 'users.update', { avatar: ' JaVaScRiPt:alert(1)' }],
  ['not-changeable', 'users.update', { isAdmin: true }],
  ['not-changeable', 'users.update', { 'profile.shoeSize': '44' }],
  ['not-changeable', 'users.update', { name: { secret: 'saved', entry: 1, field: 'passwordDigest' } }],
  ['not-changeable', 'users.update', { 'customData.a': { secret: 'entered', key: 'k' } }],
  ['invalid-value', 'users.setPassword', { password: 'in clear' }],
  ['body-too-large', 'users.update', { 'customData.a': 'x'.repeat(1_048_576) }],
])('%s: %s of %j is refused', async (guard, operation, values) => {
  expect(await verdictOn({ operation, on: ids(user(0).id), values })).toBe(guard);
});

test.each([
  ['resources.update', { name: 'Mine' }, ids(managementApi)],
  ['resources.delete', {}, ids(managementApi)],
  ['resource-scopes.create', { name: 'more' }, { ...isNew, parent: managementApi }],
  [
    'resource-scopes.update',
    { description: 'Less' },
    { ...ids('management-api-all'), parent: managementApi },
  ],
  ['resource-scopes.delete', {}, { ...ids('management-api-all'), parent: managementApi }],
] as const)('%s of the Management API is refused', async (operation, values, on) => {
  expect(await verdictOn({ operation, on, values, forced: ['in-use'] })).toBe('management-api');
});

test('on Logto Cloud the Management API is that of the tenant’s own address', async () => {
  const api = server.tenant.resources.find(({ id }) => id === managementApi);
  if (api) api.indicator = held.core.settings.profiles.find(({ id }) => id === profile)?.resource ?? '';
  const on = ids(managementApi);
  expect(await verdictOn({ operation: 'resources.update', on, values: { name: 'Mine' } })).toBe(
    'management-api',
  );
});

test('the last way to sign in stays, unless it is forced by its name', async () => {
  const row = user(2);
  Object.assign(row, { username: null, primaryPhone: null, identities: {} });
  const asked = { operation: 'users.update', on: ids(row.id), values: { primaryEmail: null } };
  expect(await verdictOn(asked)).toBe('last-identifier');
  expect(await verdictOn({ ...asked, forced: ['empties-set'] })).toBe('last-identifier');
  expect(await verdictOn({ ...asked, forced: ['last-identifier'] })).toBe('change');
});

test('what another user has cannot be given, whatever its case', async () => {
  const email = String(user(3).primaryEmail).toUpperCase();
  expect(
    await verdictOn({ operation: 'users.update', on: ids(user(4).id), values: { primaryEmail: email } }),
  ).toBe('taken');
  expect(await verdictOn({ operation: 'users.create', on: isNew, values: { primaryEmail: email } })).toBe(
    'taken',
  );
});

test('who is not there, and what no id may be, is refused', async () => {
  expect(await verdictOn({ operation: 'users.update', on: ids('nobody'), values: { name: 'A' } })).toBe(
    'not-found',
  );
  expect(await verdictOn({ operation: 'users.update', on: ids('..'), values: { name: 'A' } })).toBe(
    'invalid-value',
  );
});

test('a password is held against the tenant’s policy, and never leaves memory', async () => {
  const { core } = held;
  const ask = (value: string, forced: string[] = []) =>
    verdictOn({
      operation: 'users.setPassword',
      on: ids(user(0).id),
      values: { password: core.changes.keepSecret(value) },
      forced,
    });
  expect(await ask('a')).toBe('password-policy');
  expect(await ask('a', ['password-policy'])).toBe('change');
  expect(await ask('Correct-Horse-9-Battery')).toBe('change');
  const gone = { secret: 'entered', key: 'never' };
  expect(
    await verdictOn({ operation: 'users.setPassword', on: ids(user(0).id), values: { password: gone } }),
  ).toBe('secret-gone');
});

test('a role for machines is not given to users', async () => {
  const role = rowNamed(server.tenant.roles, ({ type }) => type === 'MachineToMachine');
  expect(
    await verdictOn({ operation: 'users.addRoles', on: ids(user(0).id), values: { roleIds: [role] } }),
  ).toBe('role-type');
});

test('the app’s own access, and roles that Logto made, stay', async () => {
  const own = rowNamed(server.tenant.roles, ({ name }) => name === managementRoleName);
  const { appId } = server.tokens.apps[0] ?? { appId: '' };
  expect(await verdictOn({ operation: 'roles.delete', on: ids(own), forced: ['in-use', 'own-app'] })).toBe(
    'built-in-role',
  );
  expect(await verdictOn({ operation: 'roles.update', on: ids(own), values: { name: 'Mine' } })).toBe(
    'built-in-role',
  );
  if (!server.tenant.applications.some(({ id }) => id === appId))
    server.tenant.applications.push({ ...server.tenant.applications[0], id: appId, name: 'Logto Desk' });
  expect(await verdictOn({ operation: 'applications.delete', on: ids(appId) })).toBe('own-app');
  const app = server.tenant.applications.find(({ id }) => id === appId) ?? expect.fail('no own application');
  app.secret = 'made-before-secrets-had-names';
  expect(await verdictOn({ operation: 'applications.deleteLegacySecret', on: ids(appId) })).toBe('own-app');
  expect(
    await verdictOn({ operation: 'applications.update', on: ids(appId), values: { name: 'Ours' } }),
  ).toBe('change');
});

test('what is in use is not deleted, and a set is not emptied', async () => {
  const organization =
    [...server.tenant.usersByOrganization].find(([, members]) => members.size > 0)?.[0] ?? '';
  const members = [...(server.tenant.usersByOrganization.get(organization) ?? [])];
  const asked = { operation: 'organizations.delete', on: ids(organization) };
  expect(await verdictOn(asked)).toBe('in-use');
  expect(await verdictOn({ ...asked, forced: ['in-use'] })).toBe('delete');
  const all = {
    operation: 'organizations.removeMembers',
    on: ids(organization),
    values: { userIds: members },
  };
  expect(await verdictOn(all)).toBe('empties-set');
  expect(await verdictOn({ ...all, forced: ['empties-set'] })).toBe('change');
});

test.each([
  [{ 'signIn.methods': [] }],
  [{ signIn: { methods: [{ identifier: 'email', password: false, verificationCode: false }] } }],
  [{ signUp: { identifiers: ['username'], password: false, verify: false } }],
])('nobody is locked out by %j', async (values) => {
  expect(await verdictOn({ operation: 'sign-in-experience.update', on: ids('default'), values })).toBe(
    'last-sign-in-method',
  );
});

test('a guard that cannot be overridden stands, whoever forces it', async () => {
  const asked = { operation: 'users.update', on: ids(user(0).id), values: { primaryEmail: 'no address' } };
  const forced = ['invalid-value', 'too-long', 'nul', 'taken', 'not-found'];
  expect(await verdictOn({ ...asked, forced })).toBe('invalid-value');
});

const managementScope = () => rowNamed(server.tenant.scopes, ({ name }) => name === 'all');

test('permissions of the Management API go to no role of users and to no organization role', async () => {
  const role = rowNamed(server.tenant.roles, ({ type }) => type === 'User');
  const organizationRole = rowNamed(
    server.tenant.lists.organizationRoles,
    ({ type }) => type !== 'MachineToMachine',
  );
  const machine = rowNamed(
    server.tenant.roles,
    ({ type, name }) => type === 'MachineToMachine' && name !== managementRoleName,
  );
  const values = { scopeIds: [managementScope()] };
  const to = (operation: string, id: string, forced: string[] = []) =>
    verdictOn({ operation, on: ids(id), values, forced });
  expect(await to('roles.addScopes', role)).toBe('management-scope');
  expect(await to('organization-roles.addResourceScopes', organizationRole)).toBe('management-scope');
  expect(await to('organization-roles.addResourceScopes', organizationRole, ['management-scope'])).toBe(
    'change',
  );
  expect(await to('roles.addScopes', machine)).toBe('change');
  const made = (operation: string, given: Record<string, unknown>) =>
    verdictOn({ operation, on: isNew, values: { name: 'Made', ...given } });
  const { scopeIds } = values;
  expect(await made('roles.create', { description: 'x', scopeIds })).toBe('management-scope');
  expect(await made('organization-roles.create', { resourceScopeIds: scopeIds })).toBe('management-scope');
  expect(await made('roles.create', { description: 'x', type: 'MachineToMachine', scopeIds })).toBe('create');
});

test('backup codes are not a factor by themselves, and there is one of each kind', async () => {
  const add = (type: string) =>
    verdictOn({ operation: 'users.createMfa', on: ids(user(3).id), values: { type } });
  server.tenant.parts.mfa.set(user(3).id, []);
  expect(await add('BackupCode')).toBe('backup-alone');
  expect(await add('Totp')).toBe('change');
  server.tenant.parts.mfa.set(user(3).id, [
    { id: 'f1', type: 'Totp', createdAt: '2026-11-26T04:16:29.714Z' },
  ]);
  expect(await add('BackupCode')).toBe('change');
  expect(await add('Totp')).toBe('taken');
});

const scopeInRole = () => {
  const [roleId, scopes] =
    [...server.tenant.scopesByRole].find(
      ([id, held]) => held.length > 0 && !isOwnRole(id) && !held.includes(managementScope()),
    ) ?? [];
  return { roleId: roleId ?? '', scope: server.tenant.scopes.find(({ id }) => scopes?.includes(String(id))) };
};
const isOwnRole = (id: string) =>
  server.tenant.roles.find((role) => role.id === id)?.name === managementRoleName;

test('a permission that a role has is not deleted', async () => {
  const { scope } = scopeInRole();
  const on = { kind: 'ids' as const, parent: String(scope?.resourceId), ids: [String(scope?.id)] };
  expect(await verdictOn({ operation: 'resource-scopes.delete', on })).toBe('in-use');
  expect(await verdictOn({ operation: 'resource-scopes.delete', on, forced: ['in-use'] })).toBe('delete');
});

test('a role that the app itself has keeps its permissions, and is not deleted', async () => {
  const machine = rowNamed(
    server.tenant.roles,
    ({ type, name }) => type === 'MachineToMachine' && name !== managementRoleName,
  );
  const { appId } = server.tokens.apps[0] ?? { appId: '' };
  if (!server.tenant.applications.some(({ id }) => id === appId))
    server.tenant.applications.push({ ...server.tenant.applications[0], id: appId, name: 'Logto Desk' });
  server.tenant.appsByRole.get(machine)?.add(appId);
  const forced = ['in-use', 'empties-set'];
  expect(await verdictOn({ operation: 'roles.delete', on: ids(machine), forced })).toBe('own-app');
  server.tenant.scopesByRole.set(machine, [managementScope()]);
  const values = { scopeIds: [managementScope()] };
  expect(await verdictOn({ operation: 'roles.removeScopes', on: ids(machine), values, forced })).toBe(
    'own-app',
  );
  expect(
    await verdictOn({ operation: 'roles.delete', on: ids(machine), forced: [...forced, 'own-app'] }),
  ).toBe('delete');
});

test('what moves between plan and change is asked again: another list says now that it is refused', async () => {
  const { core } = held;
  const { roleId, scope } = scopeInRole();
  const had = [...server.tenant.scopesByRole];
  for (const [id, scopes] of had)
    server.tenant.scopesByRole.set(
      id,
      scopes.filter((one) => one !== scope?.id),
    );
  for (const one of server.tenant.lists.organizationRoles) one.resourceScopes = [];
  const on = { kind: 'ids' as const, parent: String(scope?.resourceId), ids: [String(scope?.id)] };
  const deleting = await planOf(core, { profile, operation: 'resource-scopes.delete', on });
  expect(deleting.counts).toMatchObject({ delete: 1 });
  const role = server.tenant.roles.find(({ type }) => type === 'User');
  const giving = await planOf(core, {
    profile,
    operation: 'users.addRoles',
    on: ids(user(7).id),
    values: { roleIds: [String(role?.id)] },
  });
  expect(giving.counts).toMatchObject({ change: 1 });
  server.tenant.scopesByRole.set(roleId, [String(scope?.id)]);
  Object.assign(role ?? {}, { type: 'MachineToMachine' });
  expect((await applied(core, deleting.id)).result?.outcomes).toMatchObject({ refused: 1 });
  expect((await applied(core, giving.id)).result?.outcomes).toMatchObject({ refused: 1 });
  expect(writes()).toEqual([]);
  const { entries } = await core.changes.journal(profile, { offset: 0, limit: 5 });
  expect(entries.map(({ error }) => error?.detail.serverCode)).toEqual(['role-type', 'in-use']);
});

test('without a keychain nothing can be saved of a delete: it is only made where that is forced', async () => {
  const none = () => Promise.reject(new Error('no keychain'));
  await using own = testCore({ keychain: { get: none, set: none, delete: none } });
  const { id } = await addChangeable(own.core, server);
  const asked = { profile: id, operation: 'users.delete', on: ids(user(5).id) };
  const refused = await planOf(own.core, asked);
  expect((await plannedOf(own.core, refused.id))[0]?.guard).toBe('nothing-saved');
  const forced = await planOf(own.core, { ...asked, forced: ['nothing-saved'] });
  expect(forced.counts).toMatchObject({ delete: 1, neverUndone: 1 });
  // Nothing that is said of undoing it would be true.
  const [change] = await plannedOf(own.core, forced.id);
  expect(change?.undoable).toBe('never');
  expect(change?.losses).toEqual(expect.not.arrayContaining(['newId']));
  expect(forced.losses).toEqual(change?.losses);
  const taken = [...forced.taken, ...(change?.takes ?? [])];
  expect(taken.length).toBeGreaterThan(0);
  expect(taken.filter(({ isBack }) => isBack)).toEqual([]);
});
