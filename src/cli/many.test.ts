import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applied } from '../doors/changes-testing.ts';
import { keychainService } from '../doors/keychain-service.ts';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import type { Selection } from '../shared/change/plan.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { runHere } from './testing-here.ts';

/** What is done to many users at once, in each way to say which: a selection, a view, a pasted list, a file. */

const app = { appId: 'many-app', secret: 'many secret', managementRole: true };
let server: Simulator;
let held: TestCore;
let folder: string;
const profile = 'many';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-many-'));
  server = await startSimulator({ apps: [app], users: 120, logs: 0, tied: [0, 0] });
  held = testCore({}, { dataDir: folder, service: keychainService });
  await addSimulator(held.core, server, 'Many', 'keychain');
  const input = { kind: 'oss', name: 'Many', endpoint: server.endpoint, appId: app.appId } as const;
  await held.core.profiles.update(profile, { ...input, access: 'read-write' }, undefined, 'keychain');
  await held.core.changes.unlock(profile);
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true });
});

type User = Simulator['tenant']['users'][number];
type Deed = {
  operation: string;
  values?: Record<string, string | string[]>;
  unset?: string[];
  /** Makes the user one to whom it has yet to be done. */
  before: (user: User) => void;
  isDone: (user: User) => boolean;
};

const organization = () => String(server.tenant.organizations[0]?.id);
const roles = () => server.tenant.roles.filter(({ type }) => type === 'User').map(({ id }) => String(id));
const holders = (role: string | undefined) => server.tenant.usersByRole.get(role ?? '') ?? new Set();
const members = () => server.tenant.usersByOrganization.get(organization()) ?? new Set();

const deeds: Record<string, () => Deed> = {
  'roles are taken': () => ({
    operation: 'removeRoles',
    values: { roleIds: [roles()[0] ?? ''] },
    before: ({ id }) =>
      roles()
        .slice(0, 2)
        .map((role) => holders(role).add(id)),
    isDone: ({ id }) => !holders(roles()[0]).has(id) && holders(roles()[1]).has(id),
  }),
  'an organization is joined': () => ({
    operation: 'addToOrganization',
    values: { organizationId: organization() },
    before: ({ id }) => members().delete(id),
    isDone: ({ id }) => members().has(id),
  }),
  'an organization is left': () => ({
    operation: 'removeFromOrganization',
    values: { organizationId: organization() },
    before: ({ id }) => members().add(id),
    isDone: ({ id }) => !members().has(id),
  }),
  'sessions are revoked': () => ({
    operation: 'revokeSessions',
    before(user) {
      user.lastSignInAt = Date.now();
    },
    isDone: (user) => server.tenant.parts.sessions.of(user.id, user).length === 0,
  }),
  'users are deleted': () => ({
    operation: 'delete',
    before: () => {},
    isDone: ({ id }) => !server.tenant.users.some((user) => user.id === id),
  }),
  'a profile field is taken away': () => ({
    operation: 'update',
    unset: ['profile.locale'],
    before(user) {
      user.profile = { locale: 'xx', nickname: 'Nick' };
    },
    isDone: ({ profile: { locale, nickname } }) => locale === undefined && nickname === 'Nick',
  }),
  'a custom-data field is taken away': () => ({
    operation: 'update',
    unset: ['customData.plan'],
    before(user) {
      user.customData = { plan: 'pro', seats: 3 };
    },
    isDone: ({ customData }) => JSON.stringify(customData) === '{"seats":3}',
  }),
};

/** How it is said which users. A file is the terminal's. */
const ways: Record<string, (users: readonly User[], mark: string) => Selection | { file: string }> = {
  selected: (users) => ({ kind: 'ids', parent: '', ids: users.map(({ id }) => id) }),
  'of a view': (_, mark) => ({
    kind: 'view',
    query: { profile, resource: 'users', filters: { search: [`username:${mark}`] } },
  }),
  pasted: (users) => ({ kind: 'pasted', text: users.map(({ primaryEmail }) => primaryEmail).join('\n') }),
  'of a file': (users) => ({ file: users.map(({ username, id }, at) => (at ? username : id)).join('\n') }),
};

/** Three users that nothing was done to yet. */
const used = new Set<string>();
const fresh = (mark: string): User[] => {
  const users = server.tenant.users.filter(({ id }) => !used.has(id)).slice(0, 3);
  for (const { id } of users) used.add(id);
  for (const [at, user] of users.entries())
    Object.assign(user, { username: `${mark}${at}`, primaryEmail: `${mark}${at}@many.example` });
  server.tenant.version += 1;
  return users;
};
test.each(Object.keys(deeds).flatMap((deed) => Object.keys(ways).map((way) => [deed, way] as const)))(
  '%s, of users %s',
  async (deed, way) => {
    const {
      operation,
      values = {},
      unset = [],
      before,
      isDone,
    } = deeds[deed]?.() ?? expect.fail('no such deed');
    const mark = `u${used.size}x`;
    const three = fresh(mark);
    for (const user of three) before(user);
    // The third is not meant.
    const [one, other, bystander] = three;
    if (!one || !other || !bystander) throw new Error('too few users');
    bystander.username = `not${used.size}`;
    const on = ways[way]?.([one, other], mark) ?? expect.fail('no such way');
    if ('file' in on) {
      const path = join(folder, 'whom.txt');
      writeFileSync(path, `${on.file}\n`);
      const set = Object.entries(values).flatMap(([id, value]) => [
        '--set',
        `${id}=${[value].flat().join(';')}`,
      ]);
      const away = unset.flatMap((path) => ['--unset', path]);
      const words = ['change', 'users', '--file', path, '--do', operation, ...set, ...away];
      expect(await runHere(folder, [...words, '--profile', profile, '--unlock'])).toMatchObject({ code: 0 });
    } else {
      const { changes } = held.core;
      const forced: string[] = [];
      const plan = await changes.plan({
        profile,
        operation: `users.${operation}`,
        on,
        values,
        unset,
        forced,
      });
      expect(plan.counts).toMatchObject({ [operation === 'delete' ? 'delete' : 'change']: 2, refused: 0 });
      expect((await applied(held.core, plan.id)).result?.outcomes).toMatchObject({ done: 2 });
    }
    expect(three.map(isDone)).toEqual([true, true, false]);
  },
);
