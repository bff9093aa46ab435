import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import type { Simulator } from '../server.ts';
import { type Ask, asking } from './testing.ts';

type Told = { body: Json; text: string; signature: string };

let server: Simulator;
let ask: Ask;
let url = '';
let answers = 200;
const told: Told[] = [];
const receiver = createServer(async (request, response) => {
  const text = (await request.toArray()).join('');
  told.push({ text, body: JSON.parse(text), signature: String(request.headers['logto-signature-sha-256']) });
  response.writeHead(answers).end('{"ok":true}');
});

const events = [
  'User.Created',
  'User.Deleted',
  'User.Data.Updated',
  'User.SuspensionStatus.Updated',
  'Role.Created',
  'Role.Scopes.Updated',
  'Organization.Membership.Updated',
];
let hook: Json = {};

beforeAll(async () => {
  ({ server, ask } = await asking());
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  hook = (await ask('POST', '/api/hooks', { name: 'all', events, config: { url } })).body;
});
afterAll(async () => {
  await server.delivered();
  await server.stop();
  receiver.close();
});
afterEach(async () => {
  await server.delivered();
  told.length = 0;
  answers = 200;
});

const eventsOf = async () => {
  await server.delivered();
  return told.map(({ body }) => body.event);
};

describe('a write', () => {
  test('tells hooks of the row after it, signed with the hook’s key', async () => {
    const { id } = (await ask('POST', '/api/users', { username: 'told' })).body;
    await ask('PATCH', `/api/users/${id}`, { name: 'Told' });
    expect(await eventsOf()).toEqual(['User.Created', 'User.Data.Updated']);
    const [, second] = told;
    expect(second?.body).toMatchObject({
      hookId: hook.id,
      method: 'PATCH',
      path: `/api/users/${id}`,
      status: 200,
      params: { userId: id },
      data: { id, name: 'Told' },
    });
    const signature = createHmac('sha256', String(hook.signingKey))
      .update(String(second?.text))
      .digest('hex');
    expect(second?.signature).toBe(signature);
  });

  test('fires without a change, and not where it answered 500 and was written', async () => {
    const { id } = (await ask('POST', '/api/users', { name: 'same' })).body;
    await ask('PATCH', `/api/users/${id}`, { name: 'same' });
    await ask('PATCH', `/api/users/${id}`, { name: '😀'.repeat(65) });
    await ask('DELETE', `/api/users/${id}`);
    expect(await eventsOf()).toEqual(['User.Created', 'User.Data.Updated', 'User.Deleted']);
  });

  test('of roles, identities, factors, tokens and applications tells nobody', async () => {
    const { id } = (await ask('POST', '/api/users', {})).body;
    await eventsOf();
    told.length = 0;
    const role = server.tenant.roles.find(({ type }) => type === 'User')?.id;
    await ask('POST', `/api/users/${id}/roles`, { roleIds: [role] });
    await ask('PUT', `/api/users/${id}/identities/github`, { userId: 'x' });
    await ask('POST', `/api/users/${id}/mfa-verifications`, { type: 'Totp' });
    await ask('POST', `/api/users/${id}/personal-access-tokens`, { name: 't' });
    await ask('POST', '/api/applications', { name: 'x', type: 'SPA' });
    expect(await eventsOf()).toEqual([]);
  });

  test('of members names those that came and went', async () => {
    const { id } = (await ask('POST', '/api/organizations', { name: 'x' })).body;
    const [one, two] = server.tenant.users.map((user) => user.id);
    await ask('POST', `/api/organizations/${id}/users`, { userIds: [one, two] });
    await ask('DELETE', `/api/organizations/${id}/users/${one}`);
    await server.delivered();
    expect(told.map(({ body }) => body)).toMatchObject([
      { organizationId: id, addedUserIds: [one, two] },
      { organizationId: id, removedUserIds: [one] },
    ]);
  });

  test('tells nobody before it is answered', async () => {
    let release = () => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.faults.add({ kind: 'held', when: 'after', until });
    const held = ask('POST', '/api/users', { username: 'held_back' });
    await expect.poll(() => server.tenant.users.some(({ username }) => username === 'held_back')).toBe(true);
    // Another write would be told after it.
    await ask('POST', '/api/users', {});
    expect(told).toEqual([]);
    release();
    await held;
    expect(await eventsOf()).toEqual(['User.Created', 'User.Created']);
  });

  test('is told once, whatever the receiver answers, and each try leaves a row', async () => {
    answers = 500;
    const { id } = (await ask('POST', '/api/users', {})).body;
    expect(await eventsOf()).toEqual(['User.Created']);
    const rows = (await ask('GET', `/api/hooks/${hook.id}/recent-logs?page_size=1`)).body;
    expect(rows).toMatchObject([
      {
        key: 'TriggerHook.User.Created',
        payload: { result: 'Error', hookRequest: { body: { data: { id } } } },
      },
    ]);
  });
});

test('a hook elsewhere is not called: a demo calls nobody', async () => {
  await ask('POST', '/api/hooks', {
    name: 'far',
    events: ['User.Created'],
    config: { url: 'https://hooks.example.com/x' },
  });
  const [far] = server.tenant.hooks;
  await ask('POST', '/api/users', {});
  await server.delivered();
  const rows = (await ask('GET', `/api/hooks/${far?.id}/recent-logs?page_size=1`)).body;
  expect(rows).toMatchObject([{ payload: { result: 'Error', error: 'TypeError: fetch failed' } }]);
});

test('a new signing key is another, and the one that signs from then on', async () => {
  const { id, signingKey } = (await ask('POST', '/api/hooks', { events: ['User.Created'], config: { url } }))
    .body;
  const fresh = (await ask('PATCH', `/api/hooks/${id}/signing-key`)).body.signingKey;
  expect(fresh).not.toBe(signingKey);
  expect(
    (await ask('POST', `/api/hooks/${id}/test`, { events: ['User.Created'], config: { url } })).status,
  ).toBe(204);
  const signature = createHmac('sha256', String(fresh)).update(String(told[0]?.text)).digest('hex');
  expect(told[0]?.signature).toBe(signature);
});
