import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import type { Condition } from '../../shared/local.ts';
import { because } from '../../shared/reasons.ts';
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
  return (await held.core.pages.withIds({ query })).query.where?.[0]?.value;
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
    detail: { where: 'where', why: because('name.none', { list: 'applications', name: 'No such app' }) },
  });
  expect(await named('payload.applicationId', 'removed_app_0')).toBe('removed_app_0');
  Object.assign(one ?? {}, { name: 'Twin' });
  Object.assign(other ?? {}, { name: 'twin' });
  await expect(named('payload.applicationId', 'Twin')).rejects.toMatchObject({ code: 'query.invalid' });
});

test('a name is found wherever it stands in its list, also where the server cannot be asked for it', async () => {
  const own = await startSimulator({ users: 5, logs: 2, tied: [0, 0] });
  await using _ = own;
  await using core = testCore();
  const { id } = await addSimulator(core.core, own);
  const { applications, resources } = own.tenant;
  const [app = {}] = applications;
  const [api = {}] = resources;
  // Hundreds whose names have the word in them, too, and stand before the one that is called so.
  for (let n = 0; n < 250; n += 1) {
    applications.unshift({ ...app, id: `application-${n}`, name: `Billing ${n}` });
    resources.unshift({ ...api, id: `resource-${n}`, name: `Prices ${n}`, indicator: `https://${n}.test` });
  }
  applications.push({ ...app, id: 'the-application', name: 'Billing' });
  resources.push({ ...api, id: 'the-resource', name: 'Prices', indicator: 'https://prices.test' });
  const idIn = async (resource: string, column: string, value: string) => {
    const where = [{ column, mode: 'is' as const, value }];
    const parent = resource === 'logs' ? {} : { parent: 'any' };
    const query = { profile: id, resource, ...parent, filters: {}, where };
    return (await core.core.pages.withIds({ query })).query.where?.[0]?.value;
  };
  expect(await idIn('logs', 'payload.applicationId', 'billing')).toBe('the-application');
  expect(await idIn('organization-role-resource-scopes', 'resourceId', 'Prices')).toBe('the-resource');
});

test('a filter takes a name, too, and an id where nothing else is known', async () => {
  const [app] = server.tenant.applications.slice(3);
  const user = server.tenant.users.find(({ primaryEmail }) => primaryEmail);
  const filtersOf = async (filters: Record<string, string[]>, mirrored = false) =>
    (await held.core.pages.withIds({ query: { profile, resource: 'logs', filters }, mirrored })).query
      .filters;
  expect(await filtersOf({ application: [String(app?.name)], user: [String(user?.primaryEmail)] })).toEqual({
    application: [app?.id],
    user: [user?.id],
  });
  await expect(filtersOf({ user: ['Nobody At All'] })).rejects.toMatchObject({
    code: 'query.invalid',
    detail: { where: 'user', why: because('name.none', { list: 'users', name: 'Nobody At All' }) },
  });
  // Of the copy a part is known: the users that were looked at.
  expect(await filtersOf({ user: ['removed_user_0'] }, true)).toEqual({ user: ['removed_user_0'] });
  await expect(filtersOf({ user: ['Nobody At All'] }, true)).rejects.toMatchObject({
    detail: {
      why: because('name.noneCopied', { list: 'users', name: 'Nobody At All' }),
    },
  });
});

test('of many rows of one name some are told, and how many more there are', async () => {
  const many = server.tenant.users.slice(10, 18);
  for (const user of many) user.name = 'Many Of Them';
  const query = { profile, resource: 'logs', filters: { user: ['Many Of Them'] } };
  await expect(held.core.pages.withIds({ query })).rejects.toMatchObject({
    detail: {
      why: { code: 'name.severalMore', values: { name: 'Many Of Them', count: 3 } },
    },
  });
});
