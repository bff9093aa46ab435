import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import type { Condition } from '../../shared/local.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';

let server: Simulator;
let held: TestCore;
let profile = '';

beforeAll(async () => {
  server = await startSimulator({ users: 50, logs: 20, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const named = async (column: string, value: string, mode: Condition['mode'] = 'is') => {
  const query = { profile, resource: 'logs', filters: {}, where: [{ column, mode, value }] };
  return (await held.core.withIds({ query })).query.where?.[0]?.value;
};

test('a condition on a reference takes the name of the row, case and marks aside', async () => {
  const [app] = server.tenant.applications;
  const user = server.tenant.users.find(({ primaryEmail }) => primaryEmail);
  const name = String(app?.name);
  expect(await named('payload.applicationId', name.toUpperCase())).toBe(app?.id);
  expect(await named('payload.applicationId', String(app?.id))).toBe(app?.id);
  expect(await named('payload.userId', String(user?.primaryEmail), 'differs')).toBe(user?.id);
  // What is compared as text stays text.
  expect(await named('payload.userId', 'abc', 'contains')).toBe('abc');
});

test('a name that is nobody’s is refused, an id that was removed is not, and one of several is told', async () => {
  const [one, other] = server.tenant.applications;
  await expect(named('payload.applicationId', 'No such app')).rejects.toMatchObject({
    code: 'query.invalid',
    detail: { where: 'where', reason: 'there is no row of "applications" with the name "No such app"' },
  });
  expect(await named('payload.applicationId', 'removed_app_0')).toBe('removed_app_0');
  Object.assign(one ?? {}, { name: 'Twin' });
  Object.assign(other ?? {}, { name: 'twin' });
  await expect(named('payload.applicationId', 'Twin')).rejects.toMatchObject({ code: 'query.invalid' });
});
