import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Simulator } from '../server.ts';
import { managementRoleName } from '../server.ts';
import { adminRoleName } from '../tenant.ts';
import { type Ask, asking, tokenOf } from './testing.ts';

let server: Simulator;
let ask: Ask;
beforeAll(async () => {
  ({ server, ask } = await asking());
});
afterAll(() => server.stop());

const newRole = async (name: string, more: object = {}) =>
  String((await ask('POST', '/api/roles', { name, description: 'd', ...more })).body.id);
const users = (count: number) => server.tenant.users.slice(0, count).map(({ id }) => id);
const roleNamed = (name: string) => server.tenant.roles.find((role) => role.name === name);

describe('a role', () => {
  test('with permissions that are refused is there all the same, without any', async () => {
    const body = { name: 'half', description: 'd', scopeIds: ['nosuch'] };
    expect((await ask('POST', '/api/roles', body)).status).toBe(404);
    const id = String(roleNamed('half')?.id);
    expect((await ask('GET', `/api/roles/${id}/scopes`)).body).toEqual([]);
    expect((await ask('POST', '/api/roles', body)).body.code).toBe('role.name_in_use');
    const all = { name: 'of users', description: 'd', scopeIds: ['management-api-all'] };
    expect((await ask('POST', '/api/roles', all)).status).toBe(400);
    expect(roleNamed('of users')).toBeDefined();
  });

  test('is given to all or nobody, and not twice', async () => {
    const id = await newRole('given');
    const [one, two, three] = users(3);
    const give = async (...userIds: (string | undefined)[]) =>
      (await ask('POST', `/api/roles/${id}/users`, { userIds })).status;
    expect(await give(one)).toBe(201);
    expect([await give(two, one), await give(two, 'nosuch'), await give(two, two)]).toEqual([422, 404, 500]);
    expect([...(server.tenant.usersByRole.get(id) ?? [])]).toEqual([one]);
    expect(await give(two, three)).toBe(201);
    expect((await ask('GET', `/api/users/${three}/roles`)).text).toContain(id);
  });

  test('deleted is gone from users and applications', async () => {
    const id = await newRole('gone');
    await ask('POST', `/api/roles/${id}/users`, { userIds: users(2) });
    expect((await ask('DELETE', `/api/roles/${id}`)).status).toBe(204);
    expect((await ask('DELETE', `/api/roles/${id}`)).status).toBe(404);
    expect((await ask('GET', `/api/users/${users(1)[0]}/roles`)).text).not.toContain(id);
  });
});

test('a bulk array holds up everybody else, and one of 15,000 fails with nothing written', async () => {
  const bulk = await asking({ users: 15_000, bulkMsPerRow: 0.02 });
  const userIds = bulk.server.tenant.users.map(({ id }) => id);
  const id = String((await bulk.ask('POST', '/api/roles', { name: 'bulk', description: 'd' })).body.id);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked = new Promise<number>((resolve) => {
    bulk.server.takeTime = (ms) => {
      resolve(ms);
      return held;
    };
  });
  const many = bulk.ask('POST', `/api/roles/${id}/users`, { userIds: userIds.slice(0, 10_000) });
  expect(await asked).toBe(200);
  const answered = bulk.server.seen.length;
  const arrived = new Promise<void>((resolve) => {
    bulk.server.onRequest = () => resolve();
  });
  const read = bulk.ask('GET', `/api/users/${userIds[0]}`);
  await arrived;
  expect(bulk.server.seen).toHaveLength(answered);
  bulk.server.takeTime = async () => {};
  release();
  expect([(await many).status, (await read).status]).toEqual([201, 200]);
  expect(bulk.server.seen.slice(answered).map(({ method }) => method)).toEqual(['POST', 'GET']);
  const other = String((await bulk.ask('POST', '/api/roles', { name: 'more', description: 'd' })).body.id);
  expect((await bulk.ask('POST', `/api/roles/${other}/users`, { userIds })).status).toBe(500);
  expect(bulk.server.tenant.usersByRole.get(other)?.size).toBe(0);
  await bulk.server.stop();
});

describe('an operator can lock everybody out', () => {
  test('by deleting the built-in roles; the token keeps working, a new one may do nothing', async () => {
    const own = await asking();
    for (const name of [managementRoleName, adminRoleName]) {
      const role = own.server.tenant.roles.find((row) => row.name === name);
      expect((await own.ask('DELETE', `/api/roles/${role?.id}`)).status).toBe(204);
    }
    expect((await own.ask('GET', '/api/users')).status).toBe(200);
    const weak = await tokenOf(own.server);
    const answer = await own.ask('GET', '/api/users', undefined, {
      headers: { authorization: `Bearer ${weak}` },
    });
    expect(answer.status).toBe(403);
    await own.server.stop();
  });

  test('by taking the permission from the role', async () => {
    const own = await asking();
    const role = own.server.tenant.roles.find((row) => row.name === managementRoleName);
    const path = `/api/roles/${role?.id}/scopes/management-api-all`;
    expect((await own.ask('DELETE', path)).status).toBe(204);
    const weak = await tokenOf(own.server);
    const headers = { authorization: `Bearer ${weak}` };
    expect((await own.ask('GET', '/api/users', undefined, { headers })).status).toBe(403);
    await own.server.stop();
  });
});

test('only the Management API refuses changes', async () => {
  const refused = [
    await ask('PATCH', '/api/resources/management-api', { name: 'x' }),
    await ask('DELETE', '/api/resources/management-api'),
    await ask('POST', '/api/resources/management-api/scopes', { name: 'x' }),
    await ask('DELETE', '/api/resources/management-api/scopes/management-api-all'),
  ];
  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
});

test('a deleted resource takes its permissions along, and so those of roles', async () => {
  const body = { name: 'Goes', indicator: 'https://goes.test' };
  const resource = String((await ask('POST', '/api/resources', body)).body.id);
  const scope = String((await ask('POST', `/api/resources/${resource}/scopes`, { name: 'a' })).body.id);
  const role = await newRole('scoped', { scopeIds: [scope] });
  expect((await ask('GET', `/api/roles/${role}/scopes`)).text).toContain(scope);
  expect((await ask('DELETE', `/api/resources/${resource}`)).status).toBe(204);
  expect((await ask('GET', `/api/roles/${role}/scopes`)).body).toEqual([]);
  expect(server.tenant.scopes.some(({ id }) => id === scope)).toBe(false);
});
