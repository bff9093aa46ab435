import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { because } from '../../shared/reasons.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';

/** Roles and organizations that a search names: by their names as by their ids, wherever the rows come from. */
let server: Simulator;
let held: TestCore;
let profile = '';
let role = '';
let organization = '';

const idsWith = (lists: ReadonlyMap<string, ReadonlySet<string>>) =>
  [...lists].find(([, users]) => users.size > 1 && users.size < 60)?.[0] ?? '';
const nameOf = (rows: readonly Record<string, unknown>[], id: string, name: string) =>
  Object.assign(rows.find((row) => row.id === id) ?? {}, { name });

beforeAll(async () => {
  server = await startSimulator({ users: 60, logs: 1, tied: [0, 0] });
  const { tenant } = server;
  role = idsWith(tenant.usersByRole);
  organization = idsWith(tenant.usersByOrganization);
  nameOf(tenant.roles, role, 'Field Support');
  nameOf(tenant.organizations, organization, 'Café München');
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
  const { core } = held;
  const resources = ['users', 'roles', 'organizations'];
  await core.jobs.ended((await core.startJob('copy', { profile, resources })).id);
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

/** Ids of the users that a line finds, by the window's way to ask and by the one of exports. */
const found = async (line: string, mirrored: boolean) => {
  const query = { profile, resource: 'users', filters: { search: [line] } };
  const page = await held.core.pages.page({ query, index: 0 }, {}, mirrored);
  const source = await held.core.sourceOf({ query, mirrored });
  const all: string[] = [];
  const { signal } = new AbortController();
  for await (const { rows } of source.read({ query, signal })) all.push(...rows.map(({ id }) => String(id)));
  expect(page.rows.map(({ id }) => id).sort()).toEqual(all.sort());
  return all;
};
const everybody = () => server.tenant.users.map(({ id }) => id);
const members = (lists: ReadonlyMap<string, ReadonlySet<string>>, id: string) => lists.get(id) ?? new Set();

describe.each([
  ['the server', false],
  ['the offline copy', true],
])('of %s', (_, mirrored) => {
  test('are named by name, whatever its case and form, or by id', async () => {
    const { usersByRole, usersByOrganization } = server.tenant;
    const having = [...members(usersByRole, role)].sort();
    for (const line of ['in-role:"Field Support"', 'in-role:"field support"', `in-role:${role}`])
      expect(await found(line, mirrored)).toEqual(having);
    const others = everybody().filter((id) => !members(usersByRole, role).has(id));
    expect(await found('not-in-role:"Field Support"', mirrored)).toEqual(others.sort());
    const inside = [...members(usersByOrganization, organization)].sort();
    for (const line of ['in-org:"Café München"', `in-organization:"${'café münchen'.normalize('NFD')}"`])
      expect(await found(line, mirrored)).toEqual(inside);
    const outside = everybody().filter((id) => !members(usersByOrganization, organization).has(id));
    expect(await found('not-in-org:"Café München"', mirrored)).toEqual(outside.sort());
    const both = outside.filter((id) => members(usersByRole, role).size && others.includes(id));
    const line = 'not-in-role:"Field Support" not-in-organization:"Café München"';
    expect(await found(line, mirrored)).toEqual(both.sort());
  });

  test('that are nobody’s are refused at their column with the nearest names, also where they look like ids', async () => {
    const refused = async (line: string) => found(line, mirrored).catch((error: unknown) => error);
    expect(await refused('name:~"a" in-role:"Field Suport"')).toMatchObject({
      code: 'query.invalid',
      detail: {
        where: 'search',
        column: 20,
        why: because('name.near', { list: 'roles', name: 'Field Suport', near: ['"Field Support"'] }),
      },
    });
    expect(await refused('in-organization:unknown_by_any')).toMatchObject({
      detail: {
        column: 17,
        why: because('name.none', { list: 'organizations', name: 'unknown_by_any' }),
      },
    });
  });

  test('are refused with their ids where several are called so', async () => {
    const { organizations } = server.tenant;
    const twins = organizations.filter(({ id }) => id !== organization).slice(0, 2);
    const before = twins.map(({ name }) => name);
    for (const twin of twins) twin.name = 'Twin';
    const query = { profile, resource: 'organizations', filters: {} };
    // Looked at, so that the copy calls them so, too.
    await held.core.pages.page({ query, index: 0 }, {});
    try {
      const ids = twins.map(({ id }) => String(id));
      await expect(found('in-org:Twin', mirrored)).rejects.toMatchObject({
        detail: { where: 'search', why: { code: 'name.several', values: { name: 'Twin' } } },
      });
      for (const id of ids)
        await expect(found('in-org:twin', mirrored)).rejects.toMatchObject({
          detail: { why: { values: { ids: expect.stringContaining(id) as string } } },
        });
    } finally {
      for (const [at, twin] of twins.entries()) twin.name = before[at] ?? twin.name;
      await held.core.pages.page({ query, index: 0 }, {});
    }
  });
});

test('a saved view that names a role finds those who have it now', async () => {
  const query = { profile, resource: 'users', filters: { search: ['in-role:"Field Support"'] } };
  const first = await held.core.pages.page({ query, index: 0 }, {});
  const other = [...server.tenant.usersByRole].find(([id]) => id !== role)?.[0] ?? '';
  nameOf(server.tenant.roles, role, 'Field Support, old');
  const row = server.tenant.roles.find(({ id }) => id === other);
  const before = row?.name;
  nameOf(server.tenant.roles, other, 'Field Support');
  const second = await held.core.pages.page({ query, index: 0 }, {});
  expect(first.total).toBe(members(server.tenant.usersByRole, role).size);
  expect(second.total).toBe(members(server.tenant.usersByRole, other).size);
  nameOf(server.tenant.roles, other, String(before));
  nameOf(server.tenant.roles, role, 'Field Support');
});

test('where the server is not reached the copy knows the names, too', async () => {
  const own = await startSimulator({ users: 30, logs: 1, tied: [0, 0] });
  await using core = testCore({ retry: { tries: 1, baseMs: 1, longestMs: 1 } });
  const { id } = await addSimulator(core.core, own);
  const named = idsWith(own.tenant.usersByRole);
  nameOf(own.tenant.roles, named, 'Supporters');
  const asked = { profile: id, resources: ['users', 'roles'] };
  await core.core.jobs.ended((await core.core.startJob('copy', asked)).id);
  await own.stop();
  const query = { profile: id, resource: 'users', filters: { search: ['in-role:Supporters'] } };
  const { rows, mirror } = await core.core.pages.page({ query, index: 0 }, {});
  expect(mirror?.whole).toBe(true);
  expect(rows.map((row) => String(row.id)).sort()).toEqual(
    [...members(own.tenant.usersByRole, named)].sort(),
  );
});

test('a copy that knows no memberships does not read as one in which nobody is outside', async () => {
  await using core = testCore();
  const { id } = await addSimulator(core.core, server);
  const asked = { profile: id, resources: ['users', 'roles'], below: false };
  await core.core.jobs.ended((await core.core.startJob('copy', asked)).id);
  const page = (line: string) =>
    core.core.pages.fromMirror({
      query: { profile: id, resource: 'users', filters: { search: [line] } },
      index: 0,
    });
  await expect(page('not-in-role:"Field Support"')).rejects.toMatchObject({ code: 'mirror.members' });
  await expect(page('in-role:"Field Support"')).rejects.toMatchObject({ code: 'mirror.empty' });
});
