import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { catalog } from '../../shared/catalog/index.ts';
import type { Query } from '../../shared/query.ts';
import { secretMask } from '../../shared/row.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import type { Session } from '../client/session.ts';
import { countNewer, countRows, listPage, listRows, readRow } from './listing.ts';

let server: Simulator;
let held: TestCore;
let session: Session;
const now = Date.now;
const query = (resource: string, rest: Partial<Query> = {}): Query => ({
  profile: session.profile.id,
  resource,
  filters: {},
  ...rest,
});

beforeAll(async () => {
  server = await startSimulator();
  held = testCore();
  session = await held.core.sessionOf((await addSimulator(held.core, server)).id);
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

test('any place of a list is one request away', async () => {
  const before = server.seen.length;
  await listPage(session, { query: query('users'), index: 0 }, now);
  const page = await listPage(session, { query: query('users'), index: 199 }, now);
  expect(page).toMatchObject({ total: 20_000, capped: false });
  expect(page.rows[99]).toMatchObject({ id: server.tenant.users[19_999]?.id });
  // One of the three is the token.
  expect(server.seen.length - before).toBe(3);
});

describe('audit logs', () => {
  test('come capped, count exactly when asked to, and go on past the cap to the true end', async () => {
    const first = await listPage(session, { query: query('logs'), index: 0 }, now);
    expect(first).toMatchObject({ total: 10_001, capped: true, until: server.tenant.logs.times[0] });
    expect(await countRows(session, query('logs'), first.until ?? undefined, now)).toBe(100_000);
    const last = await listPage(session, { query: query('logs'), index: 999, until: first.until ?? 0 }, now);
    expect(last.rows[99]?.id).toBe(server.tenant.logs.row(99_999).id);
    expect(
      (await listPage(session, { query: query('logs'), index: 1_000, until: first.until ?? 0 }, now)).rows,
    ).toEqual([]);
  });

  test('stay where they were while new ones come, and say how many came', async () => {
    const first = await listPage(session, { query: query('logs'), index: 0 }, now);
    const second = await listPage(session, { query: query('logs'), index: 1, until: first.until ?? 0 }, now);
    for (let n = 2; n <= 8; n += 1) server.tenant.insertLog((first.until ?? 0) + n, 'Interaction.Create');
    const again = await listPage(session, { query: query('logs'), index: 1, until: first.until ?? 0 }, now);
    expect(again.rows).toEqual(second.rows);
    expect(await countNewer(session, query('logs'), first.until ?? 0, now)).toEqual({
      count: 7,
      capped: false,
    });
    const refreshed = await listPage(session, { query: query('logs'), index: 0 }, now);
    expect(refreshed.until).toBe((first.until ?? 0) + 8);
  });

  test('of a closed span have nothing newer', async () => {
    const closed = query('logs', { filters: { time: ['0', '1795000000000'] } });
    expect(await countNewer(session, closed, 1_795_100_000_000, now)).toEqual({ count: 0, capped: false });
  });
});

test('lists that are paginated only when asked, or never, read like all others', async () => {
  const applications = await listRows(session, { query: query('applications'), page: 2, size: 10 }, now);
  expect(applications.rows).toHaveLength(10);
  expect(applications.total).toBe(server.tenant.applications.length);
  const user = server.tenant.users.find(({ id }) =>
    [...server.tenant.usersByOrganization.values()].some((set) => set.has(id)),
  );
  const organizations = await listPage(
    session,
    { query: query('user-organizations', { parent: user?.id ?? '' }), index: 0 },
    now,
  );
  expect(organizations).toMatchObject({ total: 1, capped: false });
});

test('what is not set up is an empty list, and a first page that is not full is all, also without a count', async () => {
  const captcha = await listPage(session, { query: query('captcha-provider'), index: 0 }, now);
  expect(captcha).toMatchObject({ rows: [], total: 0 });
  const silent = await startSimulator({ users: 30, logs: 5, tied: [0, 0], dropsTotals: true });
  const other = await held.core.sessionOf((await addSimulator(held.core, silent, 'Silent')).id);
  const users = (size: number) => listRows(other, { query: query('users'), page: 1, size }, now);
  expect((await users(30)).total).toBeNull();
  expect((await users(31)).total).toBe(30);
  await silent.stop();
});

test('every list of the catalogue answers, and no secret leaves it', async () => {
  const parents: Record<string, string> = {
    users: server.tenant.users[0]?.id ?? '',
    roles: String(server.tenant.roles[0]?.id),
    applications: String(server.tenant.applications[5]?.id),
    organizations: String(server.tenant.organizations[0]?.id),
    'organization-users': `${server.tenant.organizations[0]?.id}/${server.tenant.users[0]?.id}`,
    'organization-applications': `${server.tenant.organizations[0]?.id}/${server.tenant.applications[5]?.id}`,
    'organization-roles': String(server.tenant.lists.organizationRoles[0]?.id),
    resources: String(server.tenant.resources[1]?.id),
    hooks: String(server.tenant.hooks[0]?.id),
    'saml-applications': 'no-saml',
    // The one that signs: Fabrikam, by SAML.
    'sso-connectors': String(server.tenant.lists.ssoConnectors[1]?.id),
    domains: String(server.tenant.lists.domains[0]?.id),
  };
  const absent: string[] = [];
  for (const resource of catalog) {
    const parent = resource.parent && parents[resource.parent.resource];
    const page = await listPage(
      session,
      { query: query(resource.id, parent ? { parent } : {}), index: 0 },
      now,
    ).catch((error: { code: string }) => {
      expect(error.code, resource.id).toBe(resource.optional ? 'http.not_offered' : 'http.not_found');
      absent.push(resource.id);
    });
    expect(JSON.stringify(page) ?? '', resource.id).not.toContain('sim-');
  }
  // The simulator is an open-source tenant: it has no captcha and no SAML, and no application has a page of its own.
  expect(absent.sort()).toEqual(['application-sign-in-experience', 'saml-application-certificates']);
  const [first] = (await listPage(session, { query: query('applications'), index: 0 }, now)).rows;
  expect(first?.secret).toBe(secretMask);
  expect((await readRow(session, 'applications', String(first?.id))).secret).toBe(secretMask);
});

test('certificates say when they expire, and a tenant’s dashboard is a list of one', async () => {
  const [, fabrikam] = server.tenant.lists.ssoConnectors;
  const certificates = query('sso-connector-certificates', { parent: String(fabrikam?.id) });
  const { rows } = await listPage(session, { query: certificates, index: 0 }, now);
  expect(rows).toHaveLength(2);
  for (const { expiresAt } of rows) expect(expiresAt).toEqual(expect.any(Number));
  const total = await listPage(session, { query: query('user-total'), index: 0 }, now);
  expect(total).toMatchObject({ total: 1, rows: [{ totalUserCount: server.tenant.users.length }] });
  const [action] = (await listPage(session, { query: query('actions'), index: 0 }, now)).rows;
  expect(action).toMatchObject({ key: 'postSignIn', value: { enabled: true } });
});

test('a keyword finds what was typed, wildcards included', async () => {
  const page = await listPage(
    session,
    { query: query('users', { filters: { keyword: ['minjun_kim1'] } }), index: 0 },
    now,
  );
  const names = page.rows.map(({ username }) => String(username));
  expect(names).toContain('minjun_kim1');
  for (const name of names) expect(name).toContain('minjun_kim1');
});

test('what is not a list of rows is an error that names the request', async () => {
  server.faults.add({ kind: 'status', status: 200, body: { rows: [] } }, { on: '/api/users' });
  await expect(listPage(session, { query: query('users'), index: 0 }, now)).rejects.toMatchObject({
    code: 'http.unreadable',
    detail: { requestId: expect.any(String) },
  });
});

test('a row that is gone says so', async () => {
  await expect(readRow(session, 'users', 'nosuchuser00')).rejects.toMatchObject({ code: 'http.not_found' });
  await expect(readRow(session, 'user-roles', 'x')).rejects.toMatchObject({ code: 'query.invalid' });
});
