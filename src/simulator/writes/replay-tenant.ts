import { createHash } from 'node:crypto';
import type { Json } from '../json.ts';
import { managementRoleName, managementScope, Tenant } from '../tenant.ts';
import type { Replay } from './replay.ts';

const day = 86_400_000;
/** When the first exchange was recorded, unix ms. */
export const recordedAt = 1_795_666_424_519;

const addRole = (tenant: Tenant, row: Json & { id: string }, scopes: string[] = []) => {
  tenant.roles.push({ tenantId: 'default', isDefault: false, type: 'User', ...row });
  tenant.usersByRole.set(row.id, new Set());
  tenant.appsByRole.set(row.id, new Set());
  tenant.scopesByRole.set(row.id, scopes);
};

const renameRole = (tenant: Tenant, from: string, to: string) => {
  for (const role of tenant.roles) if (role.id === from) role.id = to;
  for (const map of [tenant.usersByRole, tenant.appsByRole]) map.set(to, map.get(from) ?? new Set());
  tenant.scopesByRole.set(to, tenant.scopesByRole.get(from) ?? []);
  for (const map of [tenant.usersByRole, tenant.appsByRole, tenant.scopesByRole]) map.delete(from);
};

/** What the server held that the exchanges were recorded on, as far as they name it. */
export const recordedTenant = (): Tenant => {
  const tenant = new Tenant({ users: 0, logs: 0 });
  const at = tenant.applications.reduce((newest, app) => Math.max(newest, Number(app.createdAt)), 0) - day;
  const plain = {
    username: null,
    primaryEmail: null,
    primaryPhone: null,
    name: null,
    customData: {},
    profile: {},
    isSuspended: false,
    hasPassword: false,
  };
  const users: Record<string, Json> = {
    e4774cdda079: { username: 'user_1', primaryEmail: 'user1@example.com' },
    be945f49a820: {},
    d7993abcd387: {},
    df86053f982a: {},
    '152f7ffb5dbb': {},
    a4cb5cf0c26c: {},
    bulk00000062: {},
    bulk00000204: {},
    bulk00000210: {},
  };
  for (const [id, fields] of Object.entries(users)) {
    tenant.insertUser(at, { ...plain, id, ...fields });
    tenant.parts.blank(id);
  }
  const management = tenant.roles.find(({ name }) => name === managementRoleName);
  renameRole(tenant, String(management?.id), '1vunu3gdnscn09qprbsm3');
  addRole(tenant, { id: '3znhxjq42bnp4gcynpd6t', name: 'of all', type: 'MachineToMachine' }, [
    managementScope,
  ]);
  for (let n = 1; n <= 8; n += 1)
    addRole(tenant, { id: `role00000${n}`, name: `Role ${n}`, description: `role number ${n}` });
  for (const id of ['app000002', 'app000003'])
    tenant.applications.push({
      tenantId: 'default',
      id,
      name: id,
      secret: `secret of ${id}`,
      description: null,
      type: 'MachineToMachine',
      oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] },
      customClientMetadata: {},
      protectedAppMetadata: null,
      customData: {},
      isThirdParty: false,
      appLevelAccessControlEnabled: false,
      createdAt: at,
    });
  Object.assign(tenant.resources[1] ?? {}, { id: 'res1' });
  const [organization] = tenant.organizations;
  tenant.usersByOrganization.delete(String(organization?.id));
  tenant.usersByOrganization.set('org000001', new Set());
  Object.assign(organization ?? {}, {
    id: 'org000001',
    name: 'Org 1',
    description: 'desc 1',
    customData: {},
    isMfaRequired: false,
  });
  tenant.hooks.splice(0, Number.POSITIVE_INFINITY, {
    tenantId: 'default',
    id: 'hook1',
    name: 'Hook 1',
    event: null,
    events: ['User.Created'],
    config: { url: 'https://h.test/x' },
    signingKey: 'a key',
    enabled: false,
    createdAt: at,
  });
  // None was installed.
  tenant.connectors.splice(0);
  tenant.lists.oneTimeTokens.splice(0);
  tenant.lists.customizers.splice(0);
  tenant.lists.emailTemplates.splice(0);
  tenant.lists.profileFields.splice(0);
  return tenant;
};

const full = '/api/users/0lg7wq6fojvo';
const org = '/api/organizations/e1euw5ceyw5z';
const sso = 'e8ivkj2hkvgr';
const spa = '1vkc6b48pktzk7ea6b4xv';
const machine = 'b4slf5foqq6hfiiyljieo';
const invitation = (invitee: string) => ({
  invitee,
  inviterId: '0lg7wq6fojvo',
  organizationId: 'e1euw5ceyw5z',
  expiresAt: recordedAt + day,
  organizationRoleIds: ['9qjfu5jenaskn1t4gowjw'],
});

const userNow = (replay: Replay) =>
  replay.server.tenant.users.find(({ id }) => id === replay.ours('0lg7wq6fojvo'));

const uidOf = (session: Json | undefined) => String(Object(session?.payload).uid);

const sha256 = createHash('sha256').update('pw').digest('hex');

/** Bodies of which the recording shows only the beginning. */
export const wholeBodies: Readonly<Record<string, unknown>> = {
  'POST hook (all data events)': {
    name: 'wm all',
    events: ['PostRegister', 'PostSignIn', 'PostResetPassword', 'User.Created'],
    config: { url: 'http://127.0.0.1:3977/h' },
  },
  'POST user, digest Bcrypt $2b$10$N9qo8': {
    passwordDigest: '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
    passwordAlgorithm: 'Bcrypt',
  },
  'POST user, digest MD5 8fe4c1145128': {
    passwordDigest: createHash('md5').update('pw').digest('hex'),
    passwordAlgorithm: 'MD5',
  },
  'POST user, digest SHA256 30c952fab122': { passwordDigest: sha256, passwordAlgorithm: 'SHA256' },
  'POST user, digest Legacy ["sha512",["': {
    passwordDigest: '["sha512",["@"],"00"]',
    passwordAlgorithm: 'Legacy',
  },
  'POST user, digest Legacy ["sha256", [': {
    passwordDigest: `["sha256", ["@"], "${sha256}"]`,
    passwordAlgorithm: 'Legacy',
  },
  'PATCH customData 1048570 bytes': { customData: { x: 'y'.repeat(1_048_570) } },
  'PUT org users': { userIds: ['be945f49a820', 'd7993abcd387', 'df86053f982a', '152f7ffb5dbb'] },
  'POST MFA backup codes again': { type: 'BackupCode', codes: ['one'] },
};

/** What was done before an exchange without being recorded. */
export const unrecorded: Readonly<Record<string, (replay: Replay) => unknown>> = {
  'GET with If-None-Match': async (replay) => {
    const { headers } = await replay.ask('GET', full);
    replay.knows('"198-+9iRhM/ht+sFBH4/aNchkN2wviI"', String(headers.get('etag')));
  },
  'POST that user again': async (replay) => {
    await replay.ask('POST', '/api/users', { username: 'wm_poison', name: '😀'.repeat(65) });
    replay.knows(
      'v2h1478ugacs',
      String(replay.server.tenant.users.find(({ username }) => username === 'wm_poison')?.id),
    );
  },
  'GET sessions': (replay) => {
    const user = userNow(replay);
    if (!user) return;
    for (let n = 0; n < 2; n += 1)
      replay.server.tenant.signIn(user, recordedAt + n, replay.ours('tjnb43lhi6x9jipmumelz'));
    const [first, second] = replay.server.tenant.parts.sessions.of(user.id, user);
    replay.knows('1iJYBxIr…', uidOf(first));
    replay.knows('XiRq5JnX…', uidOf(second));
  },
  'DELETE grant': (replay) => {
    const user = userNow(replay);
    if (!user) return;
    replay.server.tenant.signIn(user, recordedAt, replay.ours('tjnb43lhi6x9jipmumelz'));
    replay.knows('6Kao_780…', String(replay.server.tenant.parts.grants.of(user.id, user).at(-1)?.id));
  },
  'DELETE user role': (replay) => replay.ask('POST', `${full}/roles`, { roleIds: ['role000001'] }),
  'GET all-identities': async (replay) => {
    await replay.ask('DELETE', `${full}/identities/unknown_target_zz`);
    await replay.ask('PUT', `${full}/identities/github`, { userId: 'gh1', details: { name: 'x' } });
  },
  'POST PAT delete': (replay) =>
    replay.ask('POST', `${full}/personal-access-tokens/delete`, { name: 'a/b c' }),
  'DELETE PAT': (replay) => replay.ask('POST', `${full}/personal-access-tokens`, { name: 't5' }),
  'DELETE user': (replay) =>
    replay.make('okarkghm5bz1', '/api/users', { username: 'wm_del', primaryEmail: 'wm.del@mail.test' }),
  'GET that user: 500': (replay) => {
    const user = replay.server.tenant.users.find(({ username }) => username === 'wm_poison2');
    replay.knows('r6o0cav3zbnl', String(user?.id));
  },
  'DELETE org member': (replay) => replay.ask('POST', `${org}/users`, { userIds: ['e4774cdda079'] }),
  'POST organization role same name': (replay) =>
    replay.make('9qjfu5jenaskn1t4gowjw', '/api/organization-roles', { name: 'wm-a' }),
  'PATCH organization role': (replay) =>
    replay.ask('PATCH', '/api/organization-roles/9qjfu5jenaskn1t4gowjw', { type: 'User' }),
  'POST member roles by id': (replay) =>
    replay.ask('POST', `${org}/users`, { userIds: ['be945f49a820', 'd7993abcd387'] }),
  'POST invitation, no message': (replay) =>
    replay.ask('DELETE', '/api/organization-invitations/n618t2vaez8gusagj4qsv'),
  'POST invitation to a member': (replay) =>
    replay.ask('POST', `${org}/users`, { userIds: ['0lg7wq6fojvo'] }),
  'PUT invitation accepted (email differs in case)': (replay) =>
    replay.make('f97gkw0csypu', '/api/users', { primaryEmail: 'INVITEE1@mail.test' }),
  'PUT invitation revoked': (replay) =>
    replay.make('cclndyk70kfesjm0hqtqk', '/api/organization-invitations', invitation('i8@mail.test')),
  'PUT revoked after expiry': async (replay) => {
    await replay.make('03cxtueyy5lqcgq4u2aao', '/api/organization-invitations', invitation('i9@mail.test'));
    const [sent] = replay.server.tenant.lists.invitations;
    if (sent) sent.expiresAt = recordedAt - 1;
  },
  'PATCH role': (replay) => replay.ask('PATCH', '/api/roles/oj5c6ob4xnf9z7oh85mvp', { isDefault: false }),
  'PATCH resource is-default true': (replay) =>
    replay.ask('PATCH', '/api/resources/y0bgvrhda3rlox9bzsdzp', { accessTokenTtl: 3600 }),
  'PATCH application custom-data merges (body unwrapped)': (replay) =>
    replay.ask('PATCH', `/api/applications/${spa}`, { customData: { a: 1 } }),
  'GET secrets: values shown': (replay) =>
    replay.ask('POST', `/api/applications/${machine}/secrets`, { name: 'a/b' }),
  'PUT access-control empty while enabled': (replay) =>
    replay.ask('PATCH', `/api/applications/${spa}`, { appLevelAccessControlEnabled: true }),
  'PUT application roles to a subset (422, yet removed)': (replay) =>
    replay.ask('POST', `/api/applications/${machine}/roles`, {
      roleIds: ['5xy83k90bh393zc6uneth', '3znhxjq42bnp4gcynpd6t'],
    }),
  'DELETE application again': (replay) => replay.ask('DELETE', `/api/applications/${machine}`),
  'POST hook test, endpoint answers 500': (replay) => {
    replay.receiverAnswers = 500;
  },
  'POST user-consent-scopes': (replay) =>
    replay.make('j9gu9rdd8kfjyat1i51pn', '/api/applications', {
      name: 'third',
      type: 'Traditional',
      isThirdParty: true,
    }),
  'DELETE active SAML secret': async (replay) => {
    const { body } = await replay.ask('GET', '/api/saml-applications/r0egae728n6q4kl7mlc8s/secrets');
    const active = (body as Json[]).find((secret) => secret.active);
    replay.knows('3xang8j9sx822qvgt86d1', String(active?.id));
  },
  'GET one-time tokens': (replay) =>
    replay.make('y6u976xq4etphybn6puxg', '/api/one-time-tokens', { email: 'a@b.cd', expiresIn: 1e6 }),
  'PATCH SSO {}': (replay) => replay.ask('PATCH', `/api/sso-connectors/${sso}`, { domains: [] }),
  'PATCH SSO config, good issuer': (replay) =>
    replay.ask('PATCH', `/api/sso-connectors/${sso}`, { branding: { logo: 'https://a.test/l.png' } }),
};
