import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCore, testCore } from '../../doors/testing.ts';
import type { ProfileInput } from '../../shared/profile.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import type { ConnectionStep } from './connection.ts';

const good = { appId: 'good', secret: 'right', managementRole: true };
const roleless = { appId: 'roleless', secret: 'right', managementRole: false };
let server: Simulator;
let held: TestCore;

beforeAll(async () => {
  server = await startSimulator({ apps: [good, roleless], users: 50, logs: 5, prefix: '/auth' });
  held = testCore();
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const stepsOf = async (change: Partial<Extract<ProfileInput, { kind: 'oss' }>>, secret = 'right') => {
  const steps: ConnectionStep[] = [];
  const input: ProfileInput = { kind: 'oss', name: 'T', endpoint: server.endpoint, appId: 'good', ...change };
  for await (const step of held.core.tests.test({ input, secret })) steps.push(step);
  return steps;
};
const states = (steps: readonly ConnectionStep[]) => steps.map(({ id, state }) => `${id} ${state}`);

test('a good tenant, behind a path prefix, passes every step with one token request', async () => {
  const before = server.tokens.asked;
  const steps = await stepsOf({});
  expect(states(steps)).toEqual([
    'name ok',
    'connection ok',
    'token ok',
    'credentials ok',
    'scope ok',
    'page ok',
    'capabilities ok',
  ]);
  expect(steps.at(-2)?.note).toBe('50');
  expect(steps.at(-1)?.found).toMatchObject({ timeBounds: 'inclusive', lacking: { lists: [] } });
  for (const { ms } of steps) expect(ms).toBeGreaterThanOrEqual(0);
  expect(server.tokens.asked - before).toBe(1);
});

const all = ['name', 'connection', 'token', 'credentials', 'scope', 'page', 'capabilities'];

test('a user that the server fails on does not fail the test of a tenant', async () => {
  const user = server.tenant.users[3];
  const name = user?.name ?? null;
  if (user) user.name = '😀'.repeat(65);
  const steps = await stepsOf({});
  if (user) user.name = name;
  expect(steps.find(({ id }) => id === 'page')).toMatchObject({ state: 'ok', note: '50' });
});

test.each([
  [
    'a name that is not there',
    { endpoint: 'https://no-such-host.invalid' },
    undefined,
    'name',
    'network.dns',
  ],
  [
    'a port where nobody listens',
    { endpoint: 'http://127.0.0.1:9' },
    undefined,
    'connection',
    'network.refused',
  ],
  ['an unknown app', { appId: 'nobody' }, undefined, 'credentials', 'token.unknown_app'],
  ['a wrong secret', {}, 'wrong', 'credentials', 'token.wrong_secret'],
  [
    'a wrong indicator',
    { resource: 'https://other.example/api' },
    undefined,
    'credentials',
    'token.wrong_resource',
  ],
  ['a missing role', { appId: 'roleless' }, undefined, 'scope', 'token.missing_role'],
])('%s stops the test at its step, with the reason', async (_case, change, secret, at, code) => {
  const steps = await stepsOf(change, secret);
  const place = all.indexOf(at);
  expect(states(steps)).toEqual(
    all.map((id, n) => `${id} ${n < place ? 'ok' : n === place ? 'failed' : 'skipped'}`),
  );
  expect(steps[place]?.error?.code).toBe(code);
});

test('an address without a Logto behind it stops at the token endpoint', async () => {
  const steps = await stepsOf({ endpoint: server.endpoint.replace('/auth', '/elsewhere') });
  expect(steps.find(({ state }) => state === 'failed')).toMatchObject({
    id: 'token',
    error: { code: 'http.unreadable' },
  });
});

test('a test is run once under its number, and is over after that', async () => {
  const { tests } = held.core;
  const [app] = server.tokens.apps;
  const input = { kind: 'oss', name: 'T', endpoint: server.endpoint, appId: app?.appId ?? '' } as const;
  const id = tests.prepare({ input, secret: app?.secret ?? '' });
  expect((await tests.run(id).next()).value).toBeDefined();
  await expect(tests.run(id).next()).rejects.toMatchObject({ code: 'test.gone' });
});
