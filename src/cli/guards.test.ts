import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planFileOf } from '../core/changes/plan-file.ts';
import { router } from '../core/router.ts';
import { keychainService } from '../doors/keychain-service.ts';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import type { Guard } from '../shared/change/plan.ts';
import { forcible } from '../shared/change/plan.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { adminRoleName } from '../simulator/tenant-rows.ts';
import { runDesk } from './testing.ts';
import { runHere } from './testing-here.ts';
import { phrases } from './words.ts';

/** Each guard, by the call that a window makes and by the command that a terminal gives: refused by both, and forced by name. */

const app = { appId: 'guard-app', secret: 'guard secret', managementRole: true };
let server: Simulator;
let held: TestCore;
let folder: string;
const profile = 'guarded';

const caller = () =>
  router.createCaller({
    core: held.core,
    door: { kind: 'browser', chooseFile: async () => null, chooseFolder: async () => null },
  });

const desk = (...words: string[]) => runHere(folder, words);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-guards-'));
  server = await startSimulator({ apps: [app], users: 40, logs: 0, tied: [0, 0] });
  held = testCore({}, { dataDir: folder, service: keychainService });
  await addSimulator(held.core, server, 'Guarded', 'keychain');
  const [alone] = server.tenant.users;
  Object.assign(alone ?? {}, { username: null, primaryPhone: null, identities: {} });
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const user = (at: number) => String(server.tenant.users[at]?.id);
const named = (rows: readonly Record<string, unknown>[], fits: (row: Record<string, unknown>) => boolean) =>
  String(rows.find(fits)?.id);
const role = (fits: (row: Record<string, unknown>) => boolean) => named(server.tenant.roles, fits);
const ownRole = () => String([...server.tenant.appsByRole].find(([, apps]) => apps.has(app.appId))?.[0]);
const ownSecrets = () => {
  const own = server.tenant.applications.find(({ id }) => id === app.appId) ?? expect.fail('no application');
  return server.tenant.parts.secrets.of(app.appId, own);
};
const managementScope = () => named(server.tenant.scopes, ({ name }) => name === 'all');
const organization = () =>
  [...server.tenant.usersByOrganization].find(([, members]) => members.size > 0)?.[0] ?? '';
const members = () => [...(server.tenant.usersByOrganization.get(organization()) ?? [])];
const scopeInUse = () => {
  const [id] =
    [...server.tenant.scopesByRole.values()].find(
      (held) => held.length > 0 && !held.includes(managementScope()),
    ) ?? [];
  return server.tenant.scopes.find((scope) => scope.id === id);
};

type Case = {
  guard: Guard;
  /** What the operation's id ends with, of which list, on whom, and with what. */
  of: string;
  on: string;
  parent?: string;
  values?: Readonly<Record<string, unknown>>;
  /** Other guards in its way. */
  also?: Guard[];
};

const cases: Record<string, () => Case> = {
  'its own application': () => ({ guard: 'own-app', of: 'applications.delete', on: app.appId }),
  'its own secret': () => ({
    guard: 'own-app',
    of: 'applications.deleteSecrets',
    on: app.appId,
    values: { names: [String(ownSecrets()[0]?.name)] },
    also: ['empties-set'],
  }),
  'its own role': () => ({
    guard: 'own-app',
    of: 'applications.removeRoles',
    on: app.appId,
    values: { roleIds: [ownRole()] },
    also: ['empties-set'],
  }),
  'the role that administrators have': () => ({
    guard: 'built-in-role',
    of: 'roles.delete',
    on: role(({ name }) => name === adminRoleName),
    also: ['in-use'],
  }),
  'the last identifier': () => ({
    guard: 'last-identifier',
    of: 'users.update',
    on: user(0),
    values: { primaryEmail: null },
  }),
  'the last sign-in method': () => ({
    guard: 'last-sign-in-method',
    of: 'sign-in-experience.update',
    on: 'default',
    values: { signIn: { methods: [] } },
  }),
  'all members': () => ({
    guard: 'empties-set',
    of: 'organizations.removeMembers',
    on: organization(),
    values: { userIds: members() },
  }),
  'an organization with members': () => ({ guard: 'in-use', of: 'organizations.delete', on: organization() }),
  'a permission that a role has': () => ({
    guard: 'in-use',
    of: 'resource-scopes.delete',
    on: String(scopeInUse()?.id),
    parent: String(scopeInUse()?.resourceId),
  }),
  'a permission of the Management API': () => ({
    guard: 'management-scope',
    of: 'organization-roles.addResourceScopes',
    on: named(server.tenant.lists.organizationRoles, ({ type }) => type !== 'MachineToMachine'),
    values: { scopeIds: [managementScope()] },
  }),
  'an avatar that is a script': () => ({
    guard: 'script-url',
    of: 'users.update',
    on: user(1),
    values: { avatar: 'javascript:alert(1)' },
  }),
  'a redirect to a script': () => ({
    guard: 'script-url',
    of: 'applications.update',
    on: named(server.tenant.applications, ({ type }) => type === 'SPA'),
    values: { 'oidcClientMetadata.redirectUris': ['javascript:alert(1)'] },
  }),
  'a webhook to a script': () => ({
    guard: 'script-url',
    of: 'hooks.update',
    on: String(server.tenant.hooks[0]?.id),
    values: { 'config.url': 'javascript:alert(1)' },
  }),
  'a name of 65 emoji': () => ({
    guard: 'too-long',
    of: 'users.update',
    on: user(1),
    values: { name: '😀'.repeat(65) },
  }),
  'a NUL': () => ({ guard: 'nul', of: 'users.update', on: user(1), values: { name: 'a\0b' } }),
  'a NUL within': () => ({
    guard: 'nul',
    of: 'users.update',
    on: user(1),
    values: { customData: { a: ['\0'] } },
  }),
  'roles that cannot be read': () => {
    server.faults.add({ kind: 'status', status: 500 }, { on: `/api/users/${user(2)}/roles`, times: 20 });
    const values = { roleIds: [role(({ type }) => type === 'User')] };
    return { guard: 'rows-hidden', of: 'users.addRoles', on: user(2), values };
  },
  'a user who cannot be read': () => {
    server.faults.add({ kind: 'status', status: 500 }, { on: `/api/users/${user(5)}`, times: 20 });
    return { guard: 'not-read-completely', of: 'users.suspend', on: user(5), values: { isSuspended: true } };
  },
};

const typed = (value: unknown): string => {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join(';');
  return typeof value === 'string' ? value : JSON.stringify(value);
};

test.each(Object.keys(cases))(
  '%s: refused by call and by command, unless its guard is named',
  async (name) => {
    const asked = cases[name]?.() ?? expect.fail('no such case');
    const { guard, of, on, parent = '', values = {}, also = [] } = asked;
    const verdictOn = async (forced: readonly Guard[]) => {
      const wanted = {
        profile,
        operation: of,
        on: { kind: 'ids' as const, parent, ids: [on] },
        values,
        forced: [...forced],
      };
      const { id } = await caller().changes.plan(wanted);
      const { items } = await caller().changes.planned({ plan: id, offset: 0, limit: 1 });
      return items[0]?.guard ?? items[0]?.verdict;
    };
    const [resource = '', operation = ''] = of.split('.');
    const command = (forced: readonly Guard[]) =>
      desk(
        ...['change', resource, on, '--do', operation, '--profile', profile],
        ...(parent ? ['--parent', parent] : []),
        ...Object.entries(values).flatMap(([field, value]) => ['--set', `${field}=${typed(value)}`]),
        ...forced.flatMap((one) => ['--force', one]),
      );
    expect(await verdictOn(also)).toBe(guard);
    const refused = await command(also);
    expect([refused.code, refused.said]).toEqual([4, expect.stringContaining('✗')]);
    const [words = ''] = phrases.t(`changes.guards.${guard}`, { about: '…' }).split('…');
    expect(refused.said).toContain(words.trim());
    if (!forcible.includes(guard)) {
      expect(await verdictOn([guard])).toBe(guard);
      return;
    }
    expect(['change', 'delete']).toContain(await verdictOn([...also, guard]));
    expect(await command([...also, guard])).toMatchObject({ code: 0 });
  },
);

test('a password that the policy refuses, by call and by command, unless that is named', async () => {
  const asked = async (forced: string[]) => {
    const password = await caller().changes.keepSecret({ value: 'a' });
    const on = { kind: 'ids' as const, ids: [user(3)] };
    return caller().changes.plan({
      profile,
      operation: 'users.setPassword',
      on,
      values: { password },
      forced,
    });
  };
  expect((await asked([])).counts).toMatchObject({ refused: 1, change: 0 });
  expect((await asked(['password-policy'])).counts).toMatchObject({ refused: 0, change: 1 });
  const env = { LOGTO_DESK_DATA_DIR: folder, LOGTO_DESK_KEYCHAIN_SERVICE: keychainService };
  const words = ['change', 'users', user(3), '--do', 'setPassword', '--password-stdin', '--profile', profile];
  const refused = await runDesk(words, env, 'a\n');
  expect([refused.code, refused.out]).toEqual([4, expect.stringContaining('it is too short')]);
});

test('a view that was not read completely is not changed', async () => {
  const unreadable = server.tenant.users[39] ?? expect.fail('no user');
  const { name } = unreadable;
  unreadable.name = '😀'.repeat(65);
  const query = { profile, resource: 'users', filters: {} };
  const asked = {
    profile,
    operation: 'users.suspend',
    on: { kind: 'view' as const, query },
    values: { isSuspended: true },
  };
  await expect(caller().changes.plan(asked)).rejects.toMatchObject({ cause: { code: 'changes.incomplete' } });
  expect(await desk('change', 'users', user(1), '--profile', profile, '--force', 'taken')).toMatchObject({
    code: 2,
  });
  const refused = await desk('change', 'users', '--all', '--do', 'suspend', '--profile', profile);
  expect([refused.code, refused.said]).toEqual([4, expect.stringContaining('could not be read completely')]);
  unreadable.name = name;
});

test('a tenant is read-only, then locked, then asks for its name where it is in production', async () => {
  const refusals = async (operation: string, count: number, words: string[], confirm?: string) => {
    const ids = server.tenant.users.slice(0, count).map(({ id }) => id);
    const values = operation === 'update' ? { 'customData.mark': 1 } : {};
    const plan = await caller().changes.plan({
      profile,
      operation: `users.${operation}`,
      on: { kind: 'ids', ids },
      values,
    });
    const started = await caller()
      .changes.start({ plan: plan.id, ...(confirm ? { confirm } : {}) })
      .then(
        () => 'started',
        ({ cause }) => cause.code,
      );
    const set = operation === 'update' ? ['--set', 'customData.mark=1'] : [];
    const { code } = await desk(
      'change',
      'users',
      ...ids,
      '--do',
      operation,
      ...set,
      '--profile',
      profile,
      ...words,
    );
    return [started, code];
  };
  expect(await refusals('update', 1, ['--unlock'])).toEqual(['profile.read_only', 4]);
  await expect(caller().changes.unlock({ profile })).rejects.toMatchObject({
    cause: { code: 'profile.read_only' },
  });
  const input = { kind: 'oss', name: 'Guarded', endpoint: server.endpoint, appId: app.appId } as const;
  await held.core.profiles.update(
    profile,
    { ...input, access: 'read-write', label: 'production' },
    undefined,
    'keychain',
  );
  // Without a word a command only plans.
  expect(await refusals('update', 1, [])).toEqual(['changes.locked', 0]);
  await caller().changes.unlock({ profile });
  expect(await refusals('delete', 1, ['--unlock'])).toEqual(['changes.confirm', 4]);
  expect(await refusals('delete', 1, ['--confirm', 'guarded'], 'guarded')).toEqual(['changes.confirm', 4]);
  expect(await refusals('update', 21, ['--unlock'])).toEqual(['changes.confirm', 4]);
  await caller().changes.lock({ profile });
  expect(await refusals('update', 21, [], 'Guarded')).toEqual(['changes.locked', 0]);
});

test('a plan file that was edited, is another tenant’s, or was overtaken is refused by call and by command', async () => {
  const on = { kind: 'ids' as const, ids: [user(4)] };
  const { id } = await caller().changes.plan({
    profile,
    operation: 'users.update',
    on,
    values: { name: 'New' },
  });
  const file = await caller().changes.planFile({ plan: id });
  const opened = async (content: unknown) => {
    const path = join(folder, 'plan.json');
    writeFileSync(path, JSON.stringify(content));
    const { code } = await desk('apply', path, '--profile', profile, '--confirm', 'Guarded');
    const called = caller().changes.openPlan({ profile, file: content });
    return [
      await called.then(
        () => 'opened',
        ({ cause }) => cause.code,
      ),
      code,
    ];
  };
  expect(await opened({ ...file, title: 'users.delete' })).toEqual(['changes.plan_damaged', 4]);
  const foreign = planFileOf({ ...file, tenant: { ...file.tenant, endpoint: 'https://other.test' } });
  expect(await opened(foreign)).toEqual(['changes.plan_foreign', 4]);
  Object.assign(server.tenant.users[4] ?? {}, { name: 'Somebody else' });
  expect(await opened(file)).toEqual(['changes.plan_moved', 4]);
});

test('none of it was sent', () => {
  expect(server.seen.filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/'))).toEqual([]);
});

test('a user whom the server fails on is found by its row of the list, and given another name', async () => {
  const row = server.tenant.users[17] ?? expect.fail('no user');
  row.name = '😀'.repeat(65);
  const listed = await desk('list', 'users', '--profile', profile, '--page-size', '100');
  expect(listed).toMatchObject({ code: 3 });
  const mend = (at: number, ...words: string[]) =>
    desk(
      'change',
      'users',
      '--unreadable',
      String(at),
      '--set',
      'name=Mended',
      '--profile',
      profile,
      ...words,
    );
  const planned = await mend(18);
  expect([planned.code, planned.said]).toEqual([0, expect.stringContaining(`Row 18 is the user ${row.id}`)]);
  expect(planned.said).toContain('(could not be read) → Mended');
  expect(await mend(18, '--unlock')).toMatchObject({ code: 0 });
  expect(row.name).toBe('Mended');
  const none = await mend(18);
  expect([none.code, none.said]).toEqual([
    2,
    expect.stringContaining('does not fail on any user near row 18'),
  ]);
  const mixed = await desk('change', 'users', user(1), '--unreadable', '1', '--profile', profile);
  expect(mixed).toMatchObject({ code: 2 });
});

test('the commands stand as they are where there is one tenant: planned, applied, journaled, undone, imported', async () => {
  const row = server.tenant.users[9] ?? expect.fail('no user');
  row.primaryEmail = 'lee@old.test';
  const plan = join(folder, 'old.json');
  const search = ['users', 'email:$"@old.test"', '--set', 'customData.plan=pro'];
  expect(await desk('change', ...search, '--plan', plan)).toMatchObject({ code: 0 });
  const applied = await desk('apply', plan, '--confirm', 'Guarded');
  expect([applied.code, row.customData.plan]).toEqual([0, 'pro']);
  expect((await desk('journal')).said).toContain('customData.plan: pro');
  const [, run = ''] = /desk undo (\S+)/.exec(applied.said) ?? [];
  const undone = await desk('undo', run, '--unlock');
  expect([undone.code, row.customData.plan]).toEqual([0, undefined]);
  const people = join(folder, 'people.csv');
  writeFileSync(people, 'email,name\nlee@old.test,Lee\nnobody,No\n');
  const dry = await desk('import', 'users', people, '--match', 'email', '--dry-run');
  expect([dry.code, dry.said]).toEqual([3, expect.stringContaining('1 to change, 1 refused')]);
  await addSimulator(held.core, server, 'Second', 'keychain');
  const which = await desk('journal');
  expect([which.code, which.said]).toEqual([2, expect.stringContaining('choose a tenant: guarded, second')]);
});
