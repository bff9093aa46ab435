import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { listPage } from './listing.ts';

let server: Simulator;
let held: TestCore;
let profile = '';
let now = Date.now();

beforeEach(async () => {
  now = Date.now();
  server = await startSimulator({ users: 400, logs: 1_500, tied: [0, 0] });
  held = testCore({ clock: () => now });
  profile = (await addSimulator(held.core, server)).id;
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const names = { of: (list: string, ids: readonly string[]) => held.core.pages.names(profile, list, ids) };
const asked = () => server.seen.filter(({ path }) => path !== '/oidc/token').length;

test('a thousand logs cost ten pages and at most ten look-ups', async () => {
  const session = await held.core.sessionOf(profile);
  const logs = { profile, resource: 'logs', filters: {} };
  // Two pages at a time, as a list that is scrolled fetches one ahead.
  for (let index = 0; index < 10; index += 2) {
    const pages = await Promise.all(
      [index, index + 1].map((at) => listPage(session, { query: logs, index: at }, () => now)),
    );
    const rows = pages.flatMap((page) => page.rows);
    const idsAt = (field: string) =>
      rows.flatMap(({ payload }) => {
        const id = (payload as Record<string, unknown>)[field];
        return typeof id === 'string' ? [id] : [];
      });
    const [users, applications] = await Promise.all([
      names.of('users', idsAt('userId')),
      names.of('applications', idsAt('applicationId')),
    ]);
    expect(Object.values(applications).every((name) => typeof name === 'string')).toBe(true);
    expect(Object.values(users).filter((name) => name !== null).length).toBeGreaterThan(0);
  }
  expect(asked()).toBeLessThanOrEqual(20);
});

test('names are the rows’ own, remembered for a while, and what is not there is remembered too', async () => {
  const [first, second] = server.tenant.users;
  const ids = [first?.id ?? '', second?.id ?? '', 'nosuchuser00'];
  const found = await names.of('users', ids);
  expect(found).toEqual({
    [ids[0] ?? '']: first?.name ?? first?.username ?? first?.primaryEmail ?? first?.primaryPhone,
    [ids[1] ?? '']: second?.name ?? second?.username ?? second?.primaryEmail ?? second?.primaryPhone,
    nosuchuser00: null,
  });
  const before = asked();
  expect(await names.of('users', ids)).toEqual(found);
  expect(asked()).toBe(before);
  now += 11 * 60_000;
  await names.of('users', ids);
  expect(asked()).toBe(before + 1);
});

test('many who ask at once for the same ids ask the server once', async () => {
  const ids = server.tenant.users.slice(0, 90).map(({ id }) => id);
  await Promise.all([names.of('users', ids), names.of('users', ids), names.of('users', ids.slice(3))]);
  expect(asked()).toBe(1);
});

test('a row past the pages that are read is asked for by itself', async () => {
  const organizations = server.tenant.organizations;
  const template = organizations[0] ?? {};
  for (let n = 0; n < 300; n += 1) organizations.push({ ...template, id: `org-${n}`, name: `Org ${n}` });
  expect(await names.of('organizations', ['org-299', 'org-1'])).toEqual({
    'org-299': 'Org 299',
    'org-1': 'Org 1',
  });
  expect(asked()).toBe(3);
});

test('no secret is kept with a name, and a server that fails leaves the ids', async () => {
  const app = server.tenant.applications[0];
  server.faults.add({ kind: 'status', status: 500 }, { on: '/api/applications', times: 9 });
  expect(await names.of('applications', [String(app?.id)])).toEqual({ [String(app?.id)]: null });
  server.faults.clear();
  now += 11 * 60_000;
  const found = await names.of('applications', [String(app?.id)]);
  expect(found).toEqual({ [String(app?.id)]: app?.name });
  expect(JSON.stringify(found)).not.toContain('sim-app-secret');
});
