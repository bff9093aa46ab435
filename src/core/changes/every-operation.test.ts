import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applied, type Changeable, openChangeable, plannedOf } from '../../doors/changes-testing.ts';
import { alike, stateOf } from '../../doors/tenant-state-testing.ts';
import type { ApiPath } from '../../shared/catalog/paths.ts';
import { findOperation, operations } from '../../shared/change/operations/index.ts';

let server: Changeable['server'];
let held: Changeable['held'];
let profile: string;
let close: Changeable['close'];

beforeAll(async () => {
  ({ server, held, profile, close } = await openChangeable(12));
});
afterAll(() => close());

type Row = Record<string, unknown> & { id: string };
type Values = Record<string, unknown>;

const rowsOf = async (path: ApiPath, ids: Record<string, string> = {}): Promise<Row[]> => {
  const { api } = await held.core.sessionOf(profile);
  const params = [
    ['page', '1'],
    ['page_size', '100'],
  ] as const;
  const { body } = await api.read(path, { path: ids, params });
  return body as Row[];
};
const idOf = (rows: readonly Row[], fits: (row: Row) => boolean = () => true): string => {
  const row = rows.find(fits);
  if (!row) throw new Error('there is no such row');
  return row.id;
};

/** Plans one change, applies it, and tells what became of it and what it made. */
const make = async (
  operation: string,
  id: string,
  values: Values = {},
  parent = '',
  forced: string[] = [],
) => {
  const { core } = held;
  const resource = operation.slice(0, operation.indexOf('.'));
  const about = await core.changes.plan({
    profile,
    operation,
    on: id === '' ? { kind: 'new', parent } : { kind: 'ids', parent, ids: [id] },
    values,
    unset: [],
    forced,
  });
  const [planned] = await plannedOf(core, about.id);
  expect(planned, `${operation} of ${resource}`).toMatchObject({ guard: null });
  tried.add(operation);
  const before = stateOf(server.tenant);
  const job = await applied(core, about.id);
  const run = job.result?.run ?? '';
  const { entries } = await core.changes.journal(profile, { job: run, offset: 0, limit: 10 });
  expect(entries[0], operation).toMatchObject({ outcome: 'done', error: null });
  return { run, before, made: String(entries[0]?.made.id ?? ''), secrets: core.changes.made(run) };
};

/** Undoes it; the tenant is then exactly as it was, but for what the change said would be lost. */
const undo = async ({ run, before }: Awaited<ReturnType<typeof make>>) => {
  const [made] = (await held.core.changes.journal(profile, { job: run, offset: 0, limit: 1 })).entries;
  const plan = await held.core.changes.undo(profile, { job: run });
  const items = await plannedOf(held.core, plan.id);
  expect(items.filter(({ guard }) => guard !== null)).toEqual([]);
  for (const { change } of items) tried.add(change.operation);
  const job = await applied(held.core, plan.id);
  const counts = job.result?.outcomes;
  expect(counts, JSON.stringify(items[0]?.change)).toMatchObject({ done: items.length });
  const { entries } = await held.core.changes.journal(profile, {
    job: job.result?.run ?? '',
    offset: 0,
    limit: 10,
  });
  const losses = made ? (findOperation(made.operation)?.losses(made) ?? []) : [];
  const [was, is] = alike(before, stateOf(server.tenant), losses);
  expect(is, made?.operation).toEqual(was);
  return String(entries[0]?.made.id ?? '');
};

const tried = new Set<string>();

test('organizations: made, edited, filled, deleted with all that is in them, and made anew', async () => {
  const users = await rowsOf('/api/users');
  const [one = '', other = ''] = users.map(({ id }) => id);
  const roleId = idOf(await rowsOf('/api/organization-roles'), ({ type }) => type !== 'MachineToMachine');
  const { made: id } = await make('organizations.create', '', { name: 'Acme', 'customData.tier': 1 });
  await undo(
    await make('organizations.update', id, {
      name: 'Acme Ltd',
      'branding.logoUrl': 'https://a.example/x.png',
    }),
  );
  await undo(await make('organizations.addMembers', id, { userIds: [one, other] }));
  await make('users.addToOrganization', one, { organizationId: id, organizationRoleIds: [roleId] });
  await make('users.addToOrganization', other, { organizationId: id });
  await undo(await make('organization-users.addRoles', other, { organizationRoleIds: [roleId] }, id));
  await undo(await make('organization-users.remove', one, {}, id));
  await undo(await make('organizations.addEmailDomains', id, { emailDomains: ['a.example', 'b.example'] }));
  await make('organizations.addEmailDomains', id, { emailDomains: ['c.example'] });
  await undo(await make('organizations.addJitRoles', id, { jitRoleIds: [roleId] }));
  const connectors = { ssoConnectorIds: (await rowsOf('/api/sso-connectors')).map((row) => row.id) };
  expect(connectors.ssoConnectorIds).not.toEqual([]);
  await undo(await make('organizations.addSsoConnectors', id, connectors));
  await make('organizations.addSsoConnectors', id, connectors);
  const removed = await make('organizations.removeSsoConnectors', id, connectors, '', ['empties-set']);
  expect(await rowsOf('/api/organizations/{id}/jit/sso-connectors', { id })).toEqual([]);
  await undo(removed);
  const deleted = await make('organizations.delete', id, {}, '', ['in-use']);
  const anew = await undo(deleted);
  expect(anew).not.toBe(id);
  const members = await rowsOf('/api/organizations/{id}/users', { id: anew });
  expect(members.map((member) => member.id).sort()).toEqual([one, other].sort());
  const roles = members.find((member) => member.id === one)?.organizationRoles as Row[];
  expect(roles.map((role) => role.id)).toEqual([roleId]);
  const domains = await rowsOf('/api/organizations/{id}/jit/email-domains', { id: anew });
  expect(domains.map(({ emailDomain }) => emailDomain)).toEqual(['c.example']);
});

test('what members can be: organization roles and permissions', async () => {
  const scope = await make('organization-scopes.create', '', { name: 'read:all' });
  await undo(await make('organization-scopes.update', scope.made, { description: 'Reads' }));
  const role = await make('organization-roles.create', '', { name: 'Auditor', type: 'User' });
  await undo(await make('organization-roles.update', role.made, { description: 'Audits' }));
  await undo(await make('organization-roles.addScopes', role.made, { organizationScopeIds: [scope.made] }));
  await make('organization-roles.addScopes', role.made, { organizationScopeIds: [scope.made] });
  const anew = await undo(await make('organization-roles.delete', role.made));
  const scopes = await rowsOf('/api/organization-roles/{id}/scopes', { id: anew });
  expect(scopes.map(({ id }) => id)).toEqual([scope.made]);
  const { connectors } = server.tenant;
  if (!connectors.some(({ type }) => type === 'Email')) connectors.push({ ...connectors[0], type: 'Email' });
  const invited = await make('organization-invitations.create', '', {
    invitee: 'new@corp.example',
    organizationId: idOf(await rowsOf('/api/organizations')),
    expiresAt: Date.now() + 86_400_000,
  });
  await make('organization-invitations.resend', invited.made);
  expect(server.seen.at(-1)).toMatchObject({
    method: 'POST',
    path: `/api/organization-invitations/${invited.made}/message`,
    status: 204,
  });
  await make('organization-invitations.revoke', invited.made);
  await make('organization-invitations.delete', invited.made);
});

test('roles, resources and permissions', async () => {
  const api = await make('resources.create', '', { name: 'Orders', indicator: 'https://orders.example' });
  await undo(await make('resources.update', api.made, { accessTokenTtl: 600 }));
  await undo(await make('resources.setDefault', api.made, { isDefault: true }));
  const scope = await make('resource-scopes.create', '', { name: 'orders:read' }, api.made);
  await undo(await make('resource-scopes.update', scope.made, { description: 'Reads' }, api.made));
  const role = await make('roles.create', '', { name: 'Clerk', description: 'Sells', type: 'User' });
  await undo(await make('roles.addScopes', role.made, { scopeIds: [scope.made] }));
  await make('roles.addScopes', role.made, { scopeIds: [scope.made] });
  const [user = ''] = (await rowsOf('/api/users')).map(({ id }) => id);
  await make('roles.addUsers', role.made, { userIds: [user] });
  await undo(await make('roles.update', role.made, { name: 'Clerks' }));
  const anew = await undo(await make('roles.delete', role.made, {}, '', ['in-use']));
  expect((await rowsOf('/api/roles/{id}/users', { id: anew })).map(({ id }) => id)).toEqual([user]);
  expect((await rowsOf('/api/roles/{id}/scopes', { id: anew })).map(({ id }) => id)).toEqual([scope.made]);
  const resource = await undo(await make('resources.delete', api.made, {}, '', ['in-use']));
  const scopes = await rowsOf('/api/resources/{resourceId}/scopes', { resourceId: resource });
  expect(scopes.map(({ name }) => name)).toEqual(['orders:read']);
  await undo(await make('resource-scopes.delete', scopes[0]?.id ?? '', {}, resource, ['in-use']));
});

test('applications, their secrets and roles', async () => {
  const app = await make('applications.create', '', { name: 'Robot', type: 'MachineToMachine' });
  await undo(await make('applications.update', app.made, { name: 'Robots', 'customData.owner': 'ops' }));
  const secret = await make('applications.createSecret', app.made, { name: 'Deploy' });
  expect(secret.secrets).toMatchObject([{ label: 'Deploy', value: expect.stringMatching(/.{8,}/) }]);
  await undo(secret);
  const role = idOf(
    await rowsOf('/api/roles'),
    ({ type, name }) => type === 'MachineToMachine' && !String(name).startsWith('Logto'),
  );
  await undo(await make('applications.addRoles', app.made, { roleIds: [role] }));
  await undo(await make('roles.addApplications', role, { applicationIds: [app.made] }));
  await make('applications.addRoles', app.made, { roleIds: [role] });
  const anew = await undo(await make('applications.delete', app.made));
  const roles = await rowsOf('/api/applications/{applicationId}/roles', { applicationId: anew });
  expect(roles.map(({ id }) => id)).toEqual([role]);
  const old = server.tenant.applications.find(({ id }) => id === anew) ?? expect.fail('no application');
  old.secret = 'made-before-secrets-had-names';
  await make('applications.deleteLegacySecret', anew);
  expect(old.secret).toMatch(/^internal:/);
  const web = await make('applications.create', '', {
    name: 'Shop',
    type: 'Traditional',
    'oidcClientMetadata.redirectUris': ['https://shop.example/callback'],
    'oidcClientMetadata.postLogoutRedirectUris': [],
  });
  await undo(
    await make('applications.update', web.made, {
      'oidcClientMetadata.redirectUris': ['https://shop.example/callback', 'shop://callback'],
    }),
  );
});

test('webhooks: edited without their headers being seen, and made anew with them', async () => {
  const { made: id } = await make('hooks.create', '', {
    name: 'Mirror',
    events: ['User.Created'],
    'config.url': 'https://hooks.example/a',
    enabled: true,
  });
  const hook = () => server.tenant.hooks.find((one) => one.id === id) as Values & { config: Values };
  const headers = { authorization: 'Bearer receiver-key-1234' };
  hook().config = { ...hook().config, headers };
  const edited = await make('hooks.update', id, { 'config.url': 'https://hooks.example/b' });
  expect(hook().config).toMatchObject({ url: 'https://hooks.example/b', headers });
  await undo(edited);
  expect(hook().config).toMatchObject({ url: 'https://hooks.example/a', headers });
  const told: { body: unknown; authorization: string | undefined }[] = [];
  const receiver = createServer(async (request, response) => {
    const body: unknown = JSON.parse((await request.toArray()).join(''));
    told.push({ body, authorization: request.headers.authorization });
    response.end();
  });
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  hook().config = { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, headers };
  await make('hooks.test', id);
  receiver.close();
  expect(told).toMatchObject([{ body: { event: 'User.Created' }, authorization: headers.authorization }]);
  hook().config = { url: 'https://hooks.example/a', headers };
  const key = await make('hooks.newSigningKey', id);
  expect(key.secrets).toMatchObject([{ label: 'Mirror', value: expect.stringMatching(/.{8,}/) }]);
  const anew = await undo(await make('hooks.delete', id));
  const again = server.tenant.hooks.find((one) => one.id === anew) as { config: Values };
  expect(again.config).toMatchObject({ url: 'https://hooks.example/a', headers });
  const { entries } = await held.core.changes.journal(profile, { offset: 0, limit: 500 });
  expect(JSON.stringify(entries)).not.toContain('receiver-key');
});

test('settings of the tenant, and one-time tokens', async () => {
  await undo(
    await make('sign-in-experience.update', 'default', {
      'color.primaryColor': '#123456',
      termsOfUseUrl: 'https://corp.example/terms',
    }),
  );
  await undo(await make('account-center.update', 'default', { enabled: true, 'fields.name': 'Edit' }));
  const token = await make('one-time-tokens.create', '', { email: 'guest@corp.example', expiresIn: 600 });
  expect(token.secrets).toMatchObject([{ label: 'guest@corp.example' }]);
  await make('one-time-tokens.revoke', token.made);
  await make('one-time-tokens.delete', token.made);
});

test('how users sign in', async () => {
  const [user] = server.tenant.users;
  if (!user) throw new Error('no user');
  const identity = { userId: 'g-1', details: { email: 'g@corp.example' } };
  await undo(await make('users.linkIdentity', user.id, { target: 'gitlab', identity }));
  await make('users.linkIdentity', user.id, { target: 'gitlab', identity });
  await undo(await make('users.unlinkIdentity', user.id, { target: 'gitlab' }));
  await make('users.setPassword', user.id, {
    password: held.core.changes.keepSecret('Correct-Horse-9-Battery'),
  });
  await make('users.liftLockout', user.id);
  await undo(await make('users.createAccessToken', user.id, { name: 'a/b' }));
  server.tenant.parts.mfa.set(user.id, []);
  const factor = await make('users.createMfa', user.id, { type: 'Totp' });
  expect(factor.secrets).toMatchObject([{ label: 'Totp', value: expect.stringMatching(/^[A-Z2-7]{32}$/) }]);
  const codes = await make('users.createMfa', user.id, { type: 'BackupCode' });
  expect(codes.secrets.map(({ value }) => value)).toHaveLength(10);
  const { entries } = await held.core.changes.journal(profile, { offset: 0, limit: 2 });
  for (const { value } of [...factor.secrets, ...codes.secrets])
    expect(JSON.stringify(entries)).not.toContain(value);
});

test('users: made, edited, suspended, deleted; their roles, memberships, factors, sessions and grants', async () => {
  const { made: id } = await make('users.create', '', { username: 'made_here', 'profile.givenName': 'Ada' });
  await undo(await make('users.update', id, { name: 'Ada', 'profile.familyName': 'Lovelace' }));
  await undo(await make('users.suspend', id, { isSuspended: true }));
  const role = idOf(
    await rowsOf('/api/roles'),
    ({ type, name }) => type === 'User' && !String(name).startsWith('#'),
  );
  await undo(await make('users.addRoles', id, { roleIds: [role] }));
  await undo(await make('roles.addUsers', role, { userIds: [id] }));
  const [organization] = await rowsOf('/api/organizations');
  await undo(await make('users.addToOrganization', id, { organizationId: organization?.id }));
  await undo(await make('users.delete', id));
  const { api } = await held.core.sessionOf(profile);
  const withRows = async (path: ApiPath, at: string) => {
    for (const { id: userId } of server.tenant.users) {
      const { body } = await api.read(path, { path: { userId } });
      const rows = at === '' ? body : (body as Values)[at];
      if (Array.isArray(rows) && rows.length > 0) return userId;
    }
    throw new Error(`no user has ${path}`);
  };
  await make('users.removeMfa', await withRows('/api/users/{userId}/mfa-verifications', ''));
  const signedIn = await withRows('/api/users/{userId}/sessions', 'sessions');
  await make('users.revokeSessions', signedIn, { withTokens: true });
  const { body } = await api.read('/api/users/{userId}/sessions', { path: { userId: signedIn } });
  expect((body as { sessions: unknown[] }).sessions).toEqual([]);
  await make('users.revokeGrants', await withRows('/api/users/{userId}/grants', 'grants'));
});

test('what else belongs to organizations and applications', async () => {
  const [organization] = await rowsOf('/api/organizations');
  const machine = await make('applications.create', '', { name: 'Worker', type: 'MachineToMachine' });
  await undo(
    await make(
      'organizations.addApplications',
      organization?.id ?? '',
      { applicationIds: [machine.made] },
      '',
      [],
    ),
  );
  const inside = String(organization?.id);
  const machineRole = await make('organization-roles.create', '', { name: 'Bot', type: 'MachineToMachine' });
  await make('organizations.addApplications', inside, { applicationIds: [machine.made] });
  const given = { organizationRoleIds: [machineRole.made] };
  await undo(await make('organization-applications.addRoles', machine.made, given, inside));
  const api = await make('resources.create', '', { name: 'Stock', indicator: 'https://stock.example' });
  const scope = await make('resource-scopes.create', '', { name: 'stock:read' }, api.made);
  const role = await make('organization-roles.create', '', { name: 'Keeper', type: 'User' });
  await undo(await make('organization-roles.addResourceScopes', role.made, { scopeIds: [scope.made] }));
  const permission = await make('organization-scopes.create', '', { name: 'write:all' });
  await undo(await make('organization-scopes.delete', permission.made));
  const web = await make('applications.create', '', { name: 'Portal', type: 'SPA' });
  const [user] = server.tenant.users;
  await undo(
    await make('applications.setAccessControl', web.made, { userIds: [user?.id] }, '', ['empties-set']),
  );
  await make('applications.setAccessControl', web.made, { userIds: [user?.id] });
  // Those that are not given stay as they are.
  const rules = { organizationRoleRules: [{ organizationId: inside, organizationRoleIds: [role.made] }] };
  await undo(await make('applications.setAccessControl', web.made, rules));
  await make('applications.setAccessControl', web.made, rules);
  const { api: reading } = await held.core.sessionOf(profile);
  const { body: access } = await reading.read('/api/applications/{applicationId}/access-control', {
    path: { applicationId: web.made },
  });
  expect(access).toMatchObject({ userIds: [user?.id], organizationRoleRules: [{ organizationId: inside }] });
  await undo(await make('applications.limitAccess', web.made, { appLevelAccessControlEnabled: true }));
});

test('every operation was tried', () => {
  expect(operations.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
});
