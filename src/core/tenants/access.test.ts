import { afterEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import type { Access } from '../../shared/access.ts';
import { eras } from '../../simulator/eras.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server.ts';
import { accessOf } from './access.ts';

let server: Simulator;
let held: TestCore;
let profile: string;

const open = async (options: SimulatorOptions = {}) => {
  server = await startSimulator({ users: 30, logs: 50, tied: [0, 0], ...options });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
};
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const ask = (id: string, of = profile) => accessOf({ profile: of, list: 'users', id }, held.core.pages, {});

/** A user with roles of the tenant and of an organization, as the tenant itself has them. */
const someone = () => {
  const { tenant } = server;
  const isIn = (map: ReadonlyMap<string, ReadonlySet<string>>, id: string) =>
    [...map.values()].some((ids) => ids.has(id));
  const found = tenant.users.find(
    ({ id }) => isIn(tenant.usersByRole, id) && isIn(tenant.usersByOrganization, id),
  );
  if (!found) throw new Error('the tenant has nobody with roles and organizations');
  return found;
};

/** `permission ← role`, `permission ← role in organization`. */
const said = ({ groups }: Access) =>
  groups
    .flatMap(({ resource, permissions }) =>
      permissions.flatMap(({ name, ways }) =>
        ways.map(
          ({ role, organization }) =>
            `${resource?.name ?? '-'}/${name} ← ${role.name}${organization ? ` in ${organization.name}` : ''}`,
        ),
      ),
    )
    .sort();

test.each(eras)('of a user of Logto %s it says each permission and every role that gives it', async (era) => {
  await open({ era });
  const { id } = someone();
  const access = await ask(id);
  expect(access.unread).toEqual([]);
  expect(access.asOf).toBeNull();
  const { tenant } = server;
  const roles = tenant.roles.filter((role) => tenant.usersByRole.get(String(role.id))?.has(id));
  const scopes = roles.flatMap((role) =>
    (tenant.scopesByRole.get(String(role.id)) ?? []).map((scope) => `${scope} ← ${role.name}`),
  );
  const through = access.groups.flatMap(({ resource, permissions }) =>
    resource
      ? permissions.flatMap((one) =>
          one.ways.flatMap(({ role, organization }) => (organization ? [] : [`${one.id} ← ${role.name}`])),
        )
      : [],
  );
  expect(through.sort()).toEqual(scopes.sort());
  expect(scopes.length).toBeGreaterThan(0);
});

test('an organization’s role gives its permissions there, also from the offline copy without a server', async () => {
  await open();
  const { core } = held;
  const found = server.tenant.users.map(({ id }) => id);
  const all = await Promise.all(found.map(async (id) => ({ id, access: await ask(id) })));
  const one = all.find(({ access }) => said(access).some((line) => line.includes(' in ')));
  if (!one) throw new Error('nobody has a role in an organization');
  expect(one.access.unread).toEqual([]);
  const copied = await core.startJob('copy', { profile, belowUsers: true });
  expect((await core.jobs.ended(copied.id)).error).toBeNull();
  await server.stop();
  const offline = await ask(one.id);
  expect(offline.asOf).not.toBeNull();
  expect(offline.unread).toEqual([]);
  expect(said(offline)).toEqual(said(one.access));
});

test('what could not be read is named, and the rest is said', async () => {
  await open();
  const { id } = someone();
  const whole = await ask(id);
  const [role] = server.tenant.roles.filter((one) => server.tenant.usersByRole.get(String(one.id))?.has(id));
  server.faults.add({ kind: 'status', status: 500 }, { on: `/api/roles/${role?.id}/scopes`, times: 99 });
  const part = await ask(id);
  expect(part.unread).toMatchObject([
    { list: 'role-scopes', of: role?.name, error: { code: 'http.server' } },
  ]);
  expect(said(part)).toEqual(said(whole).filter((line) => !line.endsWith(`← ${role?.name}`)));
  server.faults.add({ kind: 'status', status: 500 }, { on: `/api/users/${id}/organizations`, times: 99 });
  expect((await ask(id)).unread.map(({ list }) => list)).toContain('user-organizations');
});

test('without the server’s count, which a proxy drops, all permissions of a role are read', async () => {
  await open({ dropsTotals: true });
  const { tenant } = server;
  const { id } = someone();
  const role = tenant.roles.find((one) => tenant.usersByRole.get(String(one.id))?.has(id));
  const scopes = Array.from({ length: 130 }, (_, at) => {
    const of = { ...tenant.scopes[0], id: `scope${at}`.padEnd(21, 'x'), name: `read:many${at}` };
    tenant.scopes.push(of);
    return of.id;
  });
  tenant.scopesByRole.set(String(role?.id), scopes);
  const access = await ask(id);
  const ids = access.groups.flatMap(({ permissions }) => permissions.map((one) => one.id));
  expect(scopes.filter((scope) => !ids.includes(scope))).toEqual([]);
});
