import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import type { Simulator } from '../server.ts';
import { type Ask, asking } from './testing.ts';

let server: Simulator;
let ask: Ask;
beforeAll(async () => {
  ({ server, ask } = await asking());
});
afterAll(() => server.stop());

const idsOf = (rows: unknown) => (rows as Json[]).map(({ id }) => String(id));
const users = (count: number) => server.tenant.users.slice(0, count).map(({ id }) => id);
const made = async (path: string, body: object) => String((await ask('POST', path, body)).body.id);
const organization = () => made('/api/organizations', { name: 'Made' });
const role = (name: string, type = 'User') => made('/api/organization-roles', { name, type });
const membersOf = async (id: string) => idsOf((await ask('GET', `/api/organizations/${id}/users`)).body);
const rolesOf = async (id: string, user: string) =>
  idsOf((await ask('GET', `/api/organizations/${id}/users/${user}/roles`)).body);

describe('members of an organization', () => {
  test('are added all or not at all', async () => {
    const id = await organization();
    const [one, two] = users(2);
    expect((await ask('POST', `/api/organizations/${id}/users`, { userIds: [one, 'nosuch'] })).status).toBe(
      422,
    );
    expect(await membersOf(id)).toEqual([]);
    await ask('POST', `/api/organizations/${id}/users`, { userIds: [one, two] });
    expect(await membersOf(id)).toEqual([one, two].toSorted());
    expect((await ask('PUT', `/api/organizations/${id}/users`, { userIds: [two, 'nosuch'] })).status).toBe(
      422,
    );
    expect(await membersOf(id)).toHaveLength(2);
  });

  test('kept by a PUT keep their roles; added again they have none', async () => {
    const id = await organization();
    const [one, two] = users(2);
    const held = await role('kept');
    await ask('POST', `/api/organizations/${id}/users`, { userIds: [one, two] });
    await ask('POST', `/api/organizations/${id}/users/roles`, {
      userIds: [one, two],
      organizationRoleIds: [held],
    });
    await ask('PUT', `/api/organizations/${id}/users`, { userIds: [one] });
    await ask('POST', `/api/organizations/${id}/users`, { userIds: [two] });
    expect([await rolesOf(id, String(one)), await rolesOf(id, String(two))]).toEqual([[held], []]);
    const listed = await ask('GET', `/api/users/${one}/organizations`);
    expect(listed.body).toContainEqual(
      expect.objectContaining({ id, organizationRoles: [{ id: held, name: 'kept' }] }),
    );
  });

  test('are all gone by a PUT of an empty set', async () => {
    const id = await organization();
    await ask('POST', `/api/organizations/${id}/users`, { userIds: users(3) });
    expect((await ask('PUT', `/api/organizations/${id}/users`, { userIds: [] })).status).toBe(204);
    expect(await membersOf(id)).toEqual([]);
  });

  test('keep their roles when others for them are refused', async () => {
    const id = await organization();
    const [one] = users(1);
    const [held, machine] = [await role('stays'), await role('of machines', 'MachineToMachine')];
    await ask('POST', `/api/organizations/${id}/users`, { userIds: [one] });
    const path = `/api/organizations/${id}/users/${one}/roles`;
    await ask('PUT', path, { organizationRoleIds: [held] });
    expect((await ask('PUT', path, { organizationRoleIds: [machine] })).body.code).toBe(
      'entity.db_constraint_violated',
    );
    expect(await rolesOf(id, String(one))).toEqual([held]);
  });

  test('from the start have the role of members', async () => {
    const [id, members] = [...server.tenant.usersByOrganization].find(([, set]) => set.size) ?? [];
    const [user] = members ?? [];
    const roles = (await ask('GET', `/api/organizations/${id}/users/${user}/roles`)).body;
    expect(roles).toMatchObject([{ name: 'member' }]);
  });
});

test('a deleted organization takes along members, roles, invitations and rules', async () => {
  const id = await organization();
  const [one] = users(1);
  await ask('POST', `/api/organizations/${id}/users`, { userIds: [one] });
  await ask('POST', `/api/organizations/${id}/jit/email-domains`, { emailDomain: 'a.test' });
  const sent = { invitee: 'a@b.test', organizationId: id, expiresAt: Date.now() + 60_000 };
  expect((await ask('POST', '/api/organization-invitations', sent)).status).toBe(201);
  expect((await ask('DELETE', `/api/organizations/${id}`)).status).toBe(204);
  expect((await ask('DELETE', `/api/organizations/${id}`)).status).toBe(404);
  expect(server.tenant.lists.invitations.some(({ organizationId }) => organizationId === id)).toBe(false);
  expect(JSON.stringify((await ask('GET', `/api/users/${one}/organizations`)).body)).not.toContain(id);
});

test('an organization role is deleted in use, from members, rules and invitations', async () => {
  const id = await organization();
  const [one] = users(1);
  const gone = await role('goes');
  await ask('POST', `/api/organizations/${id}/users`, { userIds: [one] });
  await ask('POST', `/api/organizations/${id}/users/${one}/roles`, { organizationRoleIds: [gone] });
  await ask('POST', `/api/organizations/${id}/jit/roles`, { organizationRoleIds: [gone] });
  expect((await ask('DELETE', `/api/organization-roles/${gone}`)).status).toBe(204);
  expect(await rolesOf(id, String(one))).toEqual([]);
  expect((await ask('GET', `/api/organizations/${id}/jit/roles`)).body).toEqual([]);
});

test('the permission of the Management API can be given to an organization role', async () => {
  const id = await role('takes all');
  const path = `/api/organization-roles/${id}/resource-scopes`;
  expect((await ask('POST', path, { scopeIds: ['management-api-all'] })).status).toBe(201);
  expect(idsOf((await ask('GET', path)).body)).toEqual(['management-api-all']);
});

describe('an invitation', () => {
  const invite = async (organizationId: string, more: object = {}) =>
    ask('POST', '/api/organization-invitations', {
      invitee: 'new@b.test',
      organizationId,
      expiresAt: Date.now() + 60_000,
      ...more,
    });

  test('with a message is not kept where no mail can be sent', async () => {
    await using bare = await startBare();
    bare.server.tenant.connectors.splice(0);
    const id = String((await bare.ask('POST', '/api/organizations', { name: 'x' })).body.id);
    const body = {
      invitee: 'new@b.test',
      organizationId: id,
      expiresAt: Date.now() + 60_000,
      messagePayload: { link: 'https://x.test' },
    };
    const before = bare.server.tenant.lists.invitations.length;
    expect((await bare.ask('POST', '/api/organization-invitations', body)).status).toBe(501);
    expect(bare.server.tenant.lists.invitations).toHaveLength(before);
  });

  test('accepted makes a member with its roles, who stays when it is deleted', async () => {
    const id = await organization();
    const held = await role('invited');
    const user = await made('/api/users', { primaryEmail: 'NEW@b.test' });
    const sent = String((await invite(id, { organizationRoleIds: [held] })).body.id);
    const status = { status: 'Accepted', acceptedUserId: user };
    expect((await ask('PUT', `/api/organization-invitations/${sent}/status`, status)).status).toBe(200);
    expect([await membersOf(id), await rolesOf(id, user)]).toEqual([[user], [held]]);
    await ask('DELETE', `/api/organization-invitations/${sent}`);
    expect(await membersOf(id)).toEqual([user]);
  });

  test('expires of itself, and frees the address', async () => {
    const id = await organization();
    const sent = String((await invite(id)).body.id);
    expect((await invite(id)).status).toBe(422);
    Object.assign(server.tenant.lists.invitations[0] ?? {}, { expiresAt: Date.now() - 1 });
    expect((await ask('GET', `/api/organization-invitations/${sent}`)).body.status).toBe('Expired');
    expect((await invite(id)).status).toBe(201);
  });
});

const startBare = async () => {
  const bare = await asking();
  return { ...bare, [Symbol.asyncDispose]: () => bare.server.stop() };
};
