import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  applied,
  type Changeable,
  journalOf,
  openChangeable,
  plannedOf,
  planOf,
} from '../../doors/changes-testing.ts';
import { changeTitle } from '../../shared/phrases/change-words.ts';
import { createPhrases } from '../../shared/phrases/index.ts';
import type { PlanItem } from './plan.ts';

let server: Changeable['server'];
let held: Changeable['held'];
let profile: string;
let user: Changeable['user'];
let close: Changeable['close'];

beforeEach(async () => {
  ({ server, held, profile, user, close } = await openChangeable(320));
});
afterEach(() => close());

const roleId = () => String(server.tenant.roles.find(({ type }) => type === 'User')?.id);
const holders = () => [...(server.tenant.usersByRole.get(roleId()) ?? [])].sort();
const undone = async (run: string) => {
  const plan = await held.core.changes.undo(profile, { job: run });
  return applied(held.core, plan.id);
};
const passwordHash = (id: string) => server.tenant.users.find((one) => one.id === id);

test('a role is given to 300 users in a few requests, and taken back from those who did not have it', async () => {
  const { core } = held;
  server.tenant.usersByRole.get(roleId())?.add(user(10).id);
  const before = holders();
  const plan = await planOf(core, {
    profile,
    operation: 'roles.addUsers',
    on: { kind: 'ids', ids: [roleId()] },
    values: { userIds: server.tenant.users.slice(0, 300).map(({ id }) => id) },
  });
  expect(plan.counts.change).toBe(2);
  const job = await applied(core, plan.id);
  expect(job.result).toMatchObject({ outcomes: { done: 2 } });
  expect(holders().length).toBeGreaterThanOrEqual(300);
  expect(server.seen.filter(({ method, path }) => method === 'POST' && path.endsWith('/users'))).toHaveLength(
    2,
  );
  await undone(job.result?.run ?? '');
  expect(holders()).toEqual(before);
});

test('who leaves an organization gets the roles there back with the membership', async () => {
  const { core } = held;
  const [id = '', members] = [...server.tenant.usersByOrganization].find(([, set]) => set.size > 1) ?? [];
  const [member = ''] = [...(members ?? [])];
  const session = await core.sessionOf(profile);
  const rolesOf = async () => {
    const { body } = await session.api.read('/api/users/{userId}/organizations', {
      path: { userId: member },
    });
    const rows = body as { id: string; organizationRoles: { id: string }[] }[];
    return rows.find((one) => one.id === id)?.organizationRoles.map((role) => role.id);
  };
  const before = await rolesOf();
  const plan = await planOf(core, {
    profile,
    operation: 'organization-users.remove',
    on: { kind: 'ids', parent: id, ids: [member] },
  });
  const job = await applied(core, plan.id);
  expect(await rolesOf()).toBeUndefined();
  const stands = () => core.changes.stands(profile, job.result?.run ?? '');
  expect(await stands()).toBe(true);
  await undone(job.result?.run ?? '');
  expect(await stands()).toBe(false);
  expect((await rolesOf())?.sort()).toEqual(before?.sort());
  // Once: a second time says why there is nothing to undo.
  const again = await core.changes.undo(profile, { job: job.result?.run ?? '' });
  expect(await plannedOf(core, again.id)).toMatchObject([{ verdict: 'refused', guard: 'already-undone' }]);
});

test('a job tells what its plan refused, and so was not sent', async () => {
  const { core } = held;
  const plan = await planOf(core, {
    profile,
    operation: 'users.suspend',
    on: { kind: 'ids', ids: [user(3).id, 'nobody1', 'nobody2'] },
    values: { isSuspended: user(3).isSuspended !== true },
  });
  expect(plan.counts).toMatchObject({ change: 1, refused: 2 });
  // What it does is in its name.
  const was = user(3).isSuspended === true;
  expect(changeTitle(createPhrases().t, plan.title)).toBe(was ? 'Reactivate' : 'Suspend');
  expect((await applied(core, plan.id)).result).toMatchObject({ outcomes: { done: 1 }, left: 2 });
});

test('a deleted user is made anew with what was saved, under another id, and its password as it was', async () => {
  const { core } = held;
  const row = user(20);
  server.tenant.usersByRole.get(roleId())?.add(row.id);
  row.isSuspended = true;
  const was = structuredClone(row);
  const asked = { profile, operation: 'users.delete', on: { kind: 'ids' as const, ids: [row.id] } };
  const plan = await planOf(core, asked);
  expect(plan).toMatchObject({ counts: { delete: 1, partlyUndone: 1 } });
  expect(plan.losses).toContain('newId');
  const job = await applied(core, plan.id);
  expect(server.tenant.users.some(({ id }) => id === was.id)).toBe(false);
  const [entry] = await journalOf(core, profile);
  expect(entry?.savedUntil).toBeGreaterThan(Date.now() + 29 * 86_400_000);
  const undo = await core.changes.undo(profile, { job: job.result?.run ?? '' });
  expect(undo).toMatchObject({ counts: { create: 1 }, losses: ['idIsNew'] });
  expect((await plannedOf(core, undo.id))[0]?.losses).toEqual(['idIsNew']);
  expect(JSON.stringify(await plannedOf(core, undo.id))).not.toMatch(/Argon2i\$|"passwordDigest":"[^"]/);
  expect(await applied(core, undo.id)).toMatchObject({ result: { outcomes: { done: 1 } } });
  const anew = server.tenant.users.find(({ username }) => username === was.username);
  expect(anew?.id).not.toBe(was.id);
  const kept = ['username', 'primaryEmail', 'primaryPhone', 'name', 'isSuspended'] as const;
  for (const field of kept) expect(anew?.[field]).toEqual(was[field]);
  expect(passwordHash(anew?.id ?? '')?.hasPassword).toBe(was.hasPassword);
  expect(server.tenant.usersByRole.get(roleId())?.has(anew?.id ?? '')).toBe(true);
  const [made] = await journalOf(core, profile);
  expect(made?.made.id).toBe(anew?.id);
});

test('what another changed since is not overwritten by undoing, unless it is asked for by name', async () => {
  const { core } = held;
  const plan = await planOf(core, {
    profile,
    operation: 'users.update',
    on: { kind: 'ids', ids: [user(1).id] },
    values: { name: 'First' },
  });
  const was = user(1).name;
  const job = await applied(core, plan.id);
  user(1).name = 'Second';
  const run = job.result?.run ?? '';
  const refused = await core.changes.undo(profile, { job: run });
  expect((await plannedOf(core, refused.id))[0]?.guard).toBe('changed-since');
  const forced = await core.changes.undo(profile, { job: run }, { forced: ['changed-since'] });
  await applied(core, forced.id);
  expect(user(1).name).toBe(was);
});

test('a phone that the server writes its own way is done, and undone', async () => {
  const { core } = held;
  const was = user(2).primaryPhone;
  const plan = await planOf(core, {
    profile,
    operation: 'users.update',
    on: { kind: 'ids', ids: [user(2).id] },
    values: { primaryPhone: '4901701234567' },
  });
  const job = await applied(core, plan.id);
  expect(job.result).toMatchObject({ outcomes: { done: 1 } });
  expect(user(2).primaryPhone).toBe('491701234567');
  expect((await journalOf(core, profile))[0]?.made).toEqual({ primaryPhone: '491701234567' });
  await undone(job.result?.run ?? '');
  expect(user(2).primaryPhone).toBe(was);
});

test('neither journal nor plan nor log has a secret, and the journal is the owner’s alone and only added to', async () => {
  const { core, dataDir, log } = held;
  const secret = 'Correct-Horse-9-Battery';
  const items: PlanItem[] = [
    {
      operation: 'users.setPassword',
      target: { resource: 'users', id: user(3).id, parent: '', label: '' },
      values: { password: core.changes.keepSecret(secret) },
    },
    {
      operation: 'users.createAccessToken',
      target: { resource: 'users', id: user(4).id, parent: '', label: '' },
      values: { name: 'Deploy' },
    },
    {
      operation: 'users.delete',
      target: { resource: 'users', id: user(5).id, parent: '', label: '' },
      values: {},
    },
  ];
  const plan = await core.changes.planItems(profile, items, { title: 'import' });
  const job = await applied(core, plan.id);
  expect(job.result).toMatchObject({ outcomes: { done: 3 } });
  const made = core.changes.made(job.result?.run ?? '');
  expect(made).toMatchObject([{ label: 'Deploy', value: expect.stringMatching(/.{8,}/) }]);
  expect(core.changes.made(job.result?.run ?? '')).toEqual([]);
  await core.stop();
  const folder = join(dataDir, 'journals');
  const secrets = [secret, made[0]?.value ?? '', 'Argon2i'];
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    expect(statSync(path).mode & 0o077).toBe(0);
    for (const one of secrets) expect(readFileSync(path, 'latin1')).not.toContain(one);
  }
  for (const one of secrets.slice(0, 2)) expect(log.lines.join('\n')).not.toContain(one);
  const db = new DatabaseSync(join(folder, `${profile}.sqlite`));
  for (const table of ['entries', 'settlements', 'plans'])
    for (const statement of [`DELETE FROM ${table}`, `UPDATE ${table} SET rowid = rowid`])
      expect(() => db.exec(statement)).toThrow('only added to');
  db.close();
});

test('a deleted application is made anew with the rules of who may use it', async () => {
  const { core } = held;
  const { tenant } = server;
  const app = tenant.applications.find(({ type }) => type === 'SPA');
  if (!app) throw new Error('no application');
  const was = String(app.id);
  const rules = {
    userIds: [user(6).id],
    userRoleIds: [roleId()],
    organizationIds: [String(tenant.organizations[0]?.id)],
    organizationRoleRules: [],
  };
  tenant.parts.rules.set(was, rules);
  app.appLevelAccessControlEnabled = true;
  const on = { kind: 'ids' as const, ids: [was] };
  const plan = await planOf(core, { profile, operation: 'applications.delete', on, forced: ['in-use'] });
  const run = (await applied(core, plan.id)).result?.run ?? '';
  expect(await undone(run)).toMatchObject({ result: { outcomes: { done: 1 } } });
  const anew = tenant.applications.find(({ id, name }) => id !== was && name === app.name);
  expect(anew).toMatchObject({ appLevelAccessControlEnabled: true });
  expect(tenant.parts.rules.get(String(anew?.id))).toEqual(rules);
});

/** What is kept of entries for undoing, altered on the disk by whoever can write there. */
const alter = (...entries: number[]) => {
  const db = new DatabaseSync(join(held.dataDir, 'journals', `${profile}.sqlite`));
  for (const entry of entries)
    db.prepare('UPDATE saved SET sealed = CAST(substr(sealed, 1, 40) AS BLOB) WHERE entry = ?').run(entry);
  db.close();
};

test('what was saved of one object and altered keeps nobody else from being undone, and is named', async () => {
  const { core } = held;
  const rows = [user(30), user(31), user(32)].map((row) => structuredClone(row));
  const on = { kind: 'ids' as const, ids: rows.map(({ id }) => id) };
  const job = await applied(core, (await planOf(core, { profile, operation: 'users.delete', on })).id);
  const entries = await journalOf(core, profile);
  const entryOf = (at: number) => entries.find(({ target }) => target.id === rows[at]?.id)?.id ?? 0;
  alter(entryOf(0));
  const plan = await core.changes.undo(profile, { job: job.result?.run ?? '' });
  expect(plan.counts).toMatchObject({ create: 2, refused: 1 });
  const refused = (await plannedOf(core, plan.id)).find(({ verdict }) => verdict === 'refused');
  expect(refused).toMatchObject({
    guard: 'saved-damaged',
    change: { target: { id: rows[0]?.id, label: rows[0]?.name } },
  });
  // So, too, where it is altered only when the plan was made: its password could not be given back.
  alter(entryOf(1));
  expect(await applied(core, plan.id)).toMatchObject({ result: { outcomes: { done: 1, refused: 1 } } });
  const names = server.tenant.users.map(({ username }) => username);
  expect(rows.map(({ username }) => names.includes(username))).toEqual([false, false, true]);
});

test('an entry that is named twice is undone once', async () => {
  const { core } = held;
  const [organization] = server.tenant.organizations;
  const on = { kind: 'ids' as const, ids: [String(organization?.id)] };
  const asked = { profile, operation: 'organizations.delete', on, forced: ['in-use'] };
  await applied(core, (await planOf(core, asked)).id);
  const [entry] = await journalOf(core, profile);
  const id = entry?.id ?? 0;
  const plan = await core.changes.undo(profile, { entries: [id, id] });
  expect(plan.counts).toMatchObject({ create: 1, refused: 0 });
});
