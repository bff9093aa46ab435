import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { managementRoleName, type Simulator } from '../server.ts';
import { type Ask, asking, tokenOf } from './testing.ts';

let server: Simulator;
let ask: Ask;
beforeAll(async () => {
  ({ server, ask } = await asking());
});
afterAll(() => server.stop());

const rowsOf = (body: unknown) => body as Json[];
const newApp = async (type = 'MachineToMachine') =>
  String((await ask('POST', '/api/applications', { name: 'Made', type })).body.id);
const machineRole = async (name: string) =>
  String((await ask('POST', '/api/roles', { name, description: 'd', type: 'MachineToMachine' })).body.id);
const rolesOf = async (app: string) =>
  rowsOf((await ask('GET', `/api/applications/${app}/roles`)).body).map(({ id }) => String(id));

describe('roles of an application', () => {
  test('replaced by fewer are gone with a 422', async () => {
    const [app, one, two] = [await newApp(), await machineRole('one'), await machineRole('two')];
    await ask('POST', `/api/applications/${app}/roles`, { roleIds: [one, two] });
    const put = async (...roleIds: string[]) =>
      (await ask('PUT', `/api/applications/${app}/roles`, { roleIds })).status;
    expect([await put(one), await rolesOf(app)]).toEqual([422, [one]]);
    expect([await put(one), await rolesOf(app)]).toEqual([422, [one]]);
    expect([await put(two), await rolesOf(app)]).toEqual([200, [two]]);
    expect([await put(), await rolesOf(app)]).toEqual([422, []]);
  });

  test('of users are refused with the removals done', async () => {
    const [app, one] = [await newApp(), await machineRole('three')];
    await ask('POST', `/api/applications/${app}/roles`, { roleIds: [one] });
    const ofUsers = server.tenant.roles.find(({ type }) => type === 'User')?.id;
    expect((await ask('PUT', `/api/applications/${app}/roles`, { roleIds: [ofUsers] })).status).toBe(422);
    expect(await rolesOf(app)).toEqual([]);
  });
});

test('an application asked to change nothing that it knows answers 200, and is as before', async () => {
  const app = await newApp('SPA');
  const before = (await ask('GET', `/api/applications/${app}`)).body;
  for (const body of [{}, { nmae: 'typo' }, { type: 'Native' }, { secret: 'mine' }])
    expect((await ask('PATCH', `/api/applications/${app}`, body)).status).toBe(200);
  expect((await ask('GET', `/api/applications/${app}`)).body).toEqual(before);
});

test('a deleted application takes along roles, secrets, rules and links', async () => {
  const [app, role] = [await newApp(), await machineRole('four')];
  const organization = String(server.tenant.organizations[0]?.id);
  await ask('POST', `/api/applications/${app}/roles`, { roleIds: [role] });
  await ask('POST', `/api/organizations/${organization}/applications`, { applicationIds: [app] });
  expect((await ask('GET', `/api/organizations/${organization}/applications`)).text).toContain(app);
  expect((await ask('GET', `/api/applications/${app}/organizations`)).text).toContain(organization);
  expect((await ask('DELETE', `/api/applications/${app}`)).status).toBe(204);
  expect((await ask('GET', `/api/organizations/${organization}/applications`)).text).not.toContain(app);
  expect((await ask('GET', `/api/roles/${role}/applications`)).body).toEqual([]);
  expect((await ask('GET', `/api/applications/${app}/secrets`)).status).toBe(404);
});

test('rules of an application lose whoever is deleted', async () => {
  const app = await newApp('SPA');
  const user = String((await ask('POST', '/api/users', {})).body.id);
  const path = `/api/applications/${app}/access-control`;
  const rules = { userIds: [user], userRoleIds: [], organizationIds: [], organizationRoleRules: [] };
  await ask('PUT', path, rules);
  expect((await ask('GET', path)).body).toEqual(rules);
  await ask('DELETE', `/api/users/${user}`);
  expect((await ask('GET', path)).body.userIds).toEqual([]);
});

describe('the app that asks', () => {
  const opened = async () => {
    const own = await asking();
    const [app] = own.server.tokens.apps;
    return { ...own, id: String(app?.appId) };
  };
  const token = async (own: Awaited<ReturnType<typeof opened>>, secret?: string) => {
    const [app] = own.server.tokens.apps;
    const response = await fetch(`${own.server.endpoint}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${app?.appId}:${secret ?? app?.secret}`)}` },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        resource: own.server.tokens.resource,
        scope: 'all',
      }),
    });
    return response.status;
  };

  test('stands among the applications, with its role and secret', async () => {
    const own = await opened();
    expect((await own.ask('GET', `/api/applications/${own.id}`)).body).toMatchObject({
      type: 'MachineToMachine',
    });
    const roles = (await own.ask('GET', `/api/applications/${own.id}/roles`)).body;
    expect(roles).toMatchObject([{ name: managementRoleName }]);
    const secrets = (await own.ask('GET', `/api/applications/${own.id}/secrets`)).body;
    expect(secrets).toMatchObject([{ value: own.server.tokens.apps[0]?.secret }]);
    await own.server.stop();
  });

  test('may delete itself: its token keeps working, no new one is given', async () => {
    const own = await opened();
    expect((await own.ask('DELETE', `/api/applications/${own.id}`)).status).toBe(204);
    expect((await own.ask('GET', '/api/users')).status).toBe(200);
    expect(await token(own)).toBe(400);
    await own.server.stop();
  });

  test('may delete its secret, and use another', async () => {
    const own = await opened();
    const path = `/api/applications/${own.id}/secrets`;
    const { value } = (await own.ask('POST', path, { name: 'next' })).body;
    expect([await token(own), await token(own, String(value))]).toEqual([200, 200]);
    expect((await own.ask('DELETE', `${path}/Default%20secret`)).status).toBe(204);
    expect((await own.ask('GET', '/api/users')).status).toBe(200);
    expect([await token(own), await token(own, String(value))]).toEqual([401, 200]);
    await own.server.stop();
  });

  test('may give away its role: a new token may do nothing', async () => {
    const own = await opened();
    const role = own.server.tenant.roles.find(({ name }) => name === managementRoleName)?.id;
    await own.ask('DELETE', `/api/applications/${own.id}/roles/${role}`);
    const headers = { authorization: `Bearer ${await tokenOf(own.server)}` };
    expect((await own.ask('GET', '/api/users', undefined, { headers })).status).toBe(403);
    expect((await own.ask('GET', '/api/users')).status).toBe(200);
    await own.server.stop();
  });

  test('is not a user that it could delete', async () => {
    const own = await opened();
    expect((await own.ask('DELETE', `/api/users/${own.id}`)).body.code).toBe('user.cannot_delete_self');
    await own.server.stop();
  });
});
