import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Simulator } from '../server.ts';
import { type Ask, asking } from './testing.ts';

let server: Simulator;
let ask: Ask;
let token = '';
beforeAll(async () => {
  ({ server, ask, token } = await asking());
});
afterAll(() => server.stop());

const made = async (fields: object = {}) => String((await ask('POST', '/api/users', fields)).body.id);
const nameOf = async (id: string) => (await ask('GET', `/api/users/${id}`)).body.name;
const emoji = (count: number) => '😀'.repeat(count);

describe('a write', () => {
  test('is in every read at once: the row, the list, a search', async () => {
    const id = await made({ username: 'atonce', name: 'Somebody' });
    expect(await nameOf(id)).toBe('Somebody');
    const found = async (word: string) =>
      (await ask('GET', `/api/users?search=%25${word}%25`)).text.includes(id);
    expect(await found('atonce')).toBe(true);
    await ask('PATCH', `/api/users/${id}`, { username: 'renamed' });
    expect([await found('atonce'), await found('renamed')]).toEqual([false, true]);
    expect((await ask('GET', '/api/users?page_size=1')).text).toContain(id);
  });

  test('of one MiB is taken, of one byte more it is not found', async () => {
    const id = await made();
    const body = (bytes: number) => {
      const empty = JSON.stringify({ customData: { x: '' } });
      return JSON.stringify({ customData: { x: 'y'.repeat(bytes - empty.length) } });
    };
    expect((await ask('PATCH', `/api/users/${id}`, body(1_048_576))).status).toBe(200);
    const over = await ask('PATCH', `/api/users/${id}`, body(1_048_577));
    expect([over.status, over.text]).toEqual([404, 'Not Found']);
  });

  test('needs the all scope', async () => {
    const apps = [{ appId: 'roleless', secret: 'x', managementRole: false }];
    const other = await asking({ apps });
    const answer = await other.ask('POST', '/api/users', {});
    expect([answer.status, answer.body.code]).toEqual([403, 'auth.forbidden']);
    expect(other.server.tenant.users).toHaveLength(30);
    await other.server.stop();
  });

  test('leaves no audit log, and answers no ETag', async () => {
    const before = server.tenant.newLogs.filter(({ key }) => !key.startsWith('ExchangeToken')).length;
    const id = await made({ name: 'No log' });
    const answer = await ask('PATCH', `/api/users/${id}`, { name: 'Still none' });
    expect(answer.headers.has('etag')).toBe(false);
    expect(server.tenant.newLogs.filter(({ key }) => !key.startsWith('ExchangeToken'))).toHaveLength(before);
  });

  test('does not heed the ETag of an older read', async () => {
    const id = await made({ name: 'one' });
    const { headers } = await ask('GET', `/api/users/${id}`);
    await ask('PATCH', `/api/users/${id}`, { name: 'two' });
    const etag = String(headers.get('etag'));
    const late = await ask('PATCH', `/api/users/${id}`, { name: 'three' }, { headers: { 'if-match': etag } });
    expect([late.status, late.body.name]).toEqual([200, 'three']);
    const read = await ask('GET', `/api/users/${id}`, undefined, { headers: { 'if-none-match': etag } });
    expect(read.status).toBe(200);
  });
});

test('every row that was read can be sent back, and is as before', async () => {
  const { server, ask } = await asking();
  const { roles, organizations, applications, resources, hooks, lists } = server.tenant;
  const paths = [
    ...server.tenant.users.map(({ id }) => `/api/users/${id}`),
    ...roles.map(({ id }) => `/api/roles/${id}`),
    ...organizations.map(({ id }) => `/api/organizations/${id}`),
    ...applications.map(({ id }) => `/api/applications/${id}`),
    ...resources.filter(({ id }) => id !== 'management-api').map(({ id }) => `/api/resources/${id}`),
    ...hooks.map(({ id }) => `/api/hooks/${id}`),
    ...lists.organizationRoles.map(({ id }) => `/api/organization-roles/${id}`),
    ...lists.organizationScopes.map(({ id }) => `/api/organization-scopes/${id}`),
    '/api/sign-in-exp',
    '/api/account-center',
  ];
  for (const path of paths) {
    const { updatedAt: _, ...before } = (await ask('GET', path)).body;
    const answer = await ask('PATCH', path, before);
    expect([path, answer.status]).toEqual([path, 200]);
    const { updatedAt: __, ...after } = (await ask('GET', path)).body;
    expect(after).toEqual(before);
  }
  await server.stop();
});

test('who has not a role is found again once it is taken away', async () => {
  const id = await made();
  const role = server.tenant.roles.find(({ type, isDefault }) => type === 'User' && !isDefault)?.id;
  const isFound = async () =>
    (await ask('GET', `/api/users?excludeRoleId=${role}&page_size=1`)).text.includes(id);
  const seen = [await isFound()];
  await ask('POST', `/api/users/${id}/roles`, { roleIds: [role] });
  seen.push(await isFound());
  await ask('DELETE', `/api/users/${id}/roles/${role}`);
  seen.push(await isFound());
  await ask('PUT', `/api/users/${id}/roles`, { roleIds: [role] });
  seen.push(await isFound());
  expect(seen).toEqual([true, false, true, false]);
});

describe('a client that is gone', () => {
  const send = async (text: string, more: number) => {
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    const seen = server.seen.length;
    socket.write(text);
    return { socket, seen, more };
  };
  const head = (id: string, length: number) =>
    `PATCH /api/users/${id} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

  test('after its body was read has its write carried out', async () => {
    const id = await made({ name: 'before' });
    const body = JSON.stringify({ name: 'carried out' });
    let release = () => {};
    server.faults.add({ kind: 'held', until: new Promise<void>((resolve) => (release = resolve)) });
    const arrived = new Promise<void>((resolve) => {
      server.onRequest = () => resolve();
    });
    const { socket } = await send(head(id, body.length) + body, 0);
    await arrived;
    server.onRequest = () => {};
    socket.destroy();
    await once(socket, 'close');
    release();
    await expect.poll(() => server.tenant.users.find((user) => user.id === id)?.name).toBe('carried out');
  });

  test('with half a body has nothing written', async () => {
    const id = await made({ name: 'before' });
    const body = JSON.stringify({ name: 'never' });
    const { socket } = await send(head(id, body.length) + body.slice(0, 5), 0);
    socket.destroy();
    await once(socket, 'close');
    expect(await nameOf(id)).toBe('before');
  });
});

describe('faults', () => {
  test.each([
    ['before', 'old'],
    ['after', 'new'],
  ] as const)('a status %s writing leaves the name %s', async (when, left) => {
    const id = await made({ name: 'old' });
    server.faults.add({ kind: 'status', status: 500, when });
    expect((await ask('PATCH', `/api/users/${id}`, { name: 'new' })).status).toBe(500);
    expect(await nameOf(id)).toBe(left);
  });

  test.each([
    ['before', 'old'],
    ['after', 'new'],
  ] as const)('a connection cut %s writing leaves the name %s', async (when, left) => {
    const id = await made({ name: 'old' });
    server.faults.add({ kind: 'cut', when });
    await expect(ask('PATCH', `/api/users/${id}`, { name: 'new' })).rejects.toThrow();
    expect(await nameOf(id)).toBe(left);
  });

  test('an answer held after writing leaves the write in other reads', async () => {
    const id = await made({ name: 'old' });
    let release = () => {};
    server.faults.add({
      kind: 'held',
      when: 'after',
      until: new Promise<void>((resolve) => (release = resolve)),
    });
    const held = ask('PATCH', `/api/users/${id}`, { name: 'new' });
    await expect.poll(() => nameOf(id)).toBe('new');
    release();
    expect((await held).status).toBe(200);
  });
});

describe('a name of 65 emoji', () => {
  test('is stored with a 500, and each answer with that user is a 500, until it is changed', async () => {
    const id = await made({ username: 'poisoned' });
    expect((await ask('PATCH', `/api/users/${id}`, { name: emoji(64) })).status).toBe(200);
    expect((await ask('PATCH', `/api/users/${id}`, { name: emoji(65) })).status).toBe(500);
    const statuses = async () => [
      (await ask('GET', `/api/users/${id}`)).status,
      (await ask('GET', '/api/users')).status,
      (await ask('GET', '/api/users?search=%25poisoned%25')).status,
    ];
    expect(await statuses()).toEqual([500, 500, 500]);
    // Carried out, and 500 all the same; what answers without the row is not.
    expect((await ask('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: true })).status).toBe(500);
    expect(server.tenant.users.find((user) => user.id === id)?.isSuspended).toBe(true);
    expect((await ask('PATCH', `/api/users/${id}/custom-data`, { customData: { a: 1 } })).status).toBe(200);
    expect((await ask('PATCH', `/api/users/${id}`, { name: 'Cured' })).status).toBe(200);
    expect(await statuses()).toEqual([200, 200, 200]);
  });

  test('makes a user that nobody was told of', async () => {
    expect((await ask('POST', '/api/users', { username: 'unseen', name: emoji(65) })).status).toBe(500);
    const again = await ask('POST', '/api/users', { username: 'unseen' });
    expect([again.status, again.body.code]).toEqual([422, 'user.username_already_in_use']);
    const id = server.tenant.users.find(({ username }) => username === 'unseen')?.id;
    expect((await ask('DELETE', `/api/users/${id}`)).status).toBe(204);
  });
});

describe('roles of a user', () => {
  const rolesOf = (id: string) =>
    [...server.tenant.usersByRole].flatMap(([role, users]) => (users.has(id) ? [role] : []));
  const roles = (type: string) =>
    server.tenant.roles.filter((role) => role.type === type).map(({ id }) => String(id));

  test('replaced by a set with a machine’s role are gone, and nothing is added', async () => {
    const id = await made();
    const [one, two] = roles('User');
    await ask('POST', `/api/users/${id}/roles`, { roleIds: [one, two] });
    const answer = await ask('PUT', `/api/users/${id}/roles`, {
      roleIds: [one, roles('MachineToMachine')[0]],
    });
    expect(answer.status).toBe(422);
    expect(rolesOf(id)).toEqual([one]);
  });

  test('replaced by a new one named twice are gone with a 500', async () => {
    const id = await made();
    const [one, two] = roles('User');
    await ask('PUT', `/api/users/${id}/roles`, { roleIds: [one] });
    expect((await ask('PUT', `/api/users/${id}/roles`, { roleIds: [two, two] })).status).toBe(500);
    expect(rolesOf(id)).toEqual([]);
  });

  test('with one unknown are not touched', async () => {
    const id = await made();
    const [one] = roles('User');
    await ask('PUT', `/api/users/${id}/roles`, { roleIds: [one] });
    expect((await ask('PUT', `/api/users/${id}/roles`, { roleIds: ['nosuch'] })).status).toBe(404);
    expect(rolesOf(id)).toEqual([one]);
  });

  test('that are default are given to new users', async () => {
    const standard = server.tenant.roles.find(({ isDefault }) => isDefault);
    expect(rolesOf(await made())).toEqual([standard?.id]);
  });
});

describe('a user', () => {
  test('deleted and made anew with the digest has the old password, and another id', async () => {
    const id = await made({ username: 'again', password: 'Right-1!' });
    const saved = (await ask('GET', `/api/users/${id}?includePasswordHash=true`)).body;
    await ask('DELETE', `/api/users/${id}`);
    const anew = await made({
      username: 'again',
      passwordDigest: saved.passwordDigest,
      passwordAlgorithm: saved.passwordAlgorithm,
    });
    expect(anew).not.toBe(id);
    const verify = (password: string) => ask('POST', `/api/users/${anew}/password/verify`, { password });
    expect([(await verify('Right-1!')).status, (await verify('wrong')).status]).toEqual([204, 422]);
  });

  test('suspended has no session left, grants though, and none comes back', async () => {
    const id = await made();
    const user = server.tenant.users.find((row) => row.id === id);
    if (!user) throw new Error('No user');
    server.tenant.signIn(user, Date.now(), String(server.tenant.applications[0]?.id));
    const held = async () => [
      (await ask('GET', `/api/users/${id}/sessions`)).body.sessions,
      (await ask('GET', `/api/users/${id}/grants`)).body.grants,
    ];
    expect(await held()).toMatchObject([[{ accountId: id }], [{ payload: { accountId: id } }]]);
    await ask('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: true });
    await ask('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: false });
    expect(await held()).toMatchObject([[], [{ payload: { accountId: id } }]]);
  });

  test('takes along on a delete: roles, memberships, factors, tokens, and the invitations sent', async () => {
    const id = await made();
    const [organization] = server.tenant.organizations;
    server.tenant.usersByOrganization.get(String(organization?.id))?.add(id);
    await ask('POST', `/api/users/${id}/mfa-verifications`, { type: 'Totp' });
    await ask('POST', `/api/users/${id}/personal-access-tokens`, { name: 't' });
    server.tenant.lists.invitations.push({ id: 'sent', inviterId: id });
    const before = server.tenant.lists.oneTimeTokens.length;
    expect((await ask('DELETE', `/api/users/${id}`)).status).toBe(204);
    expect((await ask('DELETE', `/api/users/${id}`)).status).toBe(404);
    const { usersByRole, usersByOrganization, lists } = server.tenant;
    for (const members of [...usersByRole.values(), ...usersByOrganization.values()])
      expect(members.has(id)).toBe(false);
    expect(lists.invitations.some(({ inviterId }) => inviterId === id)).toBe(false);
    expect(lists.oneTimeTokens).toHaveLength(before);
  });
});
