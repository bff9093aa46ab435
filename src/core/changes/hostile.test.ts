import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import {
  addChangeable,
  applied,
  type Changeable,
  journalOf,
  openChangeable,
  plannedOf,
  planOf,
} from '../../doors/changes-testing.ts';
import { startSimulator } from '../../simulator/server.ts';
import type { PlanItem } from './plan.ts';
import { planFileOf } from './plan-file.ts';

let open: Changeable;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-hostile-'));
  open = await openChangeable(10, { dataDir: folder });
});
afterEach(async () => {
  await open.close();
  rmSync(folder, { recursive: true });
});

const isWrite = ({ method, path }: { method: string; path: string }) =>
  method !== 'GET' && path.startsWith('/api/');
const writes = () => open.server.seen.filter(isWrite);
const at = (id: string) => ({ resource: 'users', id, parent: '', label: '' });
/** Every byte of the data folder. */
const bytes = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'))
    .join('\n');

test('a plan that is started twice at the same time is applied once', async () => {
  const { core } = open.held;
  const values = { name: 'Once' };
  const plan = await planOf(core, {
    profile: open.profile,
    operation: 'organizations.create',
    on: { kind: 'new' },
    values,
  });
  const both = await Promise.allSettled([applied(core, plan.id), applied(core, plan.id)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(writes()).toHaveLength(1);
});

test('a job that is begun twice at the same time sends nothing twice', async () => {
  const { core } = open.held;
  const plan = await planOf(core, {
    profile: open.profile,
    operation: 'organizations.create',
    on: { kind: 'new' },
    values: { name: 'Once' },
  });
  const request = await core.changes.applying(plan.id, { door: 'terminal' });
  const both = await Promise.allSettled([
    core.startJob('changes', request),
    core.startJob('changes', request),
  ]);
  await Promise.all(both.map((one) => one.status === 'fulfilled' && core.jobs.ended(one.value.id)));
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(writes()).toHaveLength(1);
});

test('a server that knows nothing of what it has does not get it into the journal as deleted', async () => {
  const { core } = open.held;
  const user = open.user(0);
  const on = { kind: 'ids' as const, ids: [user.id] };
  const plan = await planOf(core, { profile: open.profile, operation: 'users.delete', on });
  open.server.faults.add({ kind: 'status', status: 404, when: 'before' }, { on: isWrite });
  expect(await applied(core, plan.id)).toMatchObject({ result: { outcomes: { 'not-done': 1, done: 0 } } });
  expect(open.server.tenant.users).toContain(user);
  const [entry] = await journalOf(core, open.profile);
  expect(entry?.outcome).toBe('not-done');
});

test('a password that the server gives back as an ID or the request’s is not in the journal', async () => {
  const { core } = open.held;
  const secret = 'Echoed-Pa55word!';
  const password = core.changes.keepSecret(secret);
  const plan = await planOf(core, {
    profile: open.profile,
    operation: 'users.create',
    on: { kind: 'new' },
    values: { username: 'somebody', password },
  });
  const body = { id: secret, username: `x ${secret}`, customData: { [secret]: secret } };
  const headers = { 'logto-core-request-id': secret };
  open.server.faults.add({ kind: 'status', status: 200, headers, body, when: 'after' }, { on: isWrite });
  await applied(core, plan.id);
  expect(writes()).toHaveLength(1);
  expect(JSON.stringify(await journalOf(core, open.profile))).not.toContain(secret);
  expect(bytes()).not.toContain(secret);
});

test.each([
  ['a saved digest', { secret: 'saved', entry: 1, field: 'passwordDigest' }],
  ['what the object has', { secret: 'present', field: 'secret' }],
  ['an entered one', { secret: 'entered', key: 'x' }],
  ['a line of a file', { secret: 'file', line: 1, column: 'password' }],
])('a plan that writes a secret where it can be read is refused: %s', async (_, ref) => {
  const { core } = open.held;
  const user = open.user(0);
  const item = (values: PlanItem['values']): PlanItem => ({
    operation: 'users.update',
    target: at(user.id),
    values,
  });
  // By a call, by a plan’s file, and by a user who put it into the own custom data.
  const asked = await core.changes.planItems(open.profile, [item({ 'customData.x': ref })], { title: 'x' });
  expect(asked.counts).toMatchObject({ refused: 1, change: 0 });
  const honest = await core.changes.planItems(open.profile, [item({ 'customData.x': 1 })], { title: 'x' });
  const file = structuredClone(await core.changes.planFile(honest.id));
  for (const { change } of file.planned)
    change.after = { customData: { ...Object(change.before.customData), x: ref } };
  const opened = await core.changes.openPlan(open.profile, planFileOf(file));
  expect(opened.counts).toMatchObject({ refused: 1, change: 0 });
  user.customData = { planted: ref, apiToken: { inner: ref } };
  const edit = await core.changes.planItems(open.profile, [item({ 'customData.x': 1 })], { title: 'x' });
  expect(edit.counts).toMatchObject({ refused: 1, change: 0 });
  expect(writes()).toEqual([]);
});

test('ids that climb, and keys of prototypes, change nothing else', async () => {
  const { core } = open.held;
  const ids = ['..', '.', '../roles', 'a/../../roles', '%2e%2e', 'x?y=z', 'x#y', '\ud800'];
  const items = ids.map((id): PlanItem => ({ operation: 'users.delete', target: at(id), values: {} }));
  const plan = await core.changes.planItems(open.profile, items, { title: 'x' });
  expect(plan.counts).toMatchObject({ refused: ids.length, delete: 0 });
  const values = JSON.parse('{"__proto__":{"name":"Mallory"},"customData.__proto__.polluted":true}');
  const on = { kind: 'ids' as const, ids: [open.user(0).id] };
  const own = await planOf(core, { profile: open.profile, operation: 'users.update', on, values });
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  const [one] = await plannedOf(core, own.id);
  expect(one?.change.after.name).toBeUndefined();
  expect(writes()).toEqual([]);
});

test('a journal that was set aside holds nothing for undoing, and goes with its tenant', async () => {
  const { core } = open.held;
  const { profile, server } = open;
  const on = { kind: 'ids' as const, ids: [open.user(0).id] };
  const plan = await planOf(core, { profile, operation: 'users.delete', on });
  await applied(core, plan.id);
  const [entry] = await journalOf(core, profile);
  const [app] = server.tokens.apps;
  const moved = {
    kind: 'oss',
    name: 'Test',
    endpoint: 'https://other.test',
    appId: app?.appId ?? '',
  } as const;
  await core.profiles.update(profile, { ...moved, access: 'read-write' }, 'secret', 'memory');
  expect(await journalOf(core, profile)).toEqual([]);
  await expect(core.changes.undo(profile, { entries: [entry?.id ?? 0] })).rejects.toMatchObject({
    code: 'changes.plan_empty',
  });
  const aside = () =>
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => name.includes('.before-'));
  expect(aside()).toHaveLength(1);
  await core.tenants.remove(profile);
  expect(aside()).toEqual([]);
});

test.each(['', '-wal'])('a link in the place of a journal%s leads to no other file', async (suffix) => {
  const { core } = open.held;
  const other = join(folder, 'other');
  writeFileSync(other, '', { mode: 0o644 });
  await using server = await startSimulator({ users: 1, logs: 0 });
  const { id } = await addChangeable(core, server, '', 'Second');
  mkdirSync(join(folder, 'journals'), { recursive: true });
  symlinkSync(other, join(folder, 'journals', `${id}.sqlite${suffix}`));
  await expect(core.changes.journal(id, { offset: 0, limit: 1 })).rejects.toMatchObject({
    code: 'changes.journal',
    detail: { reason: 'it is not a regular file' },
  });
  const { mode, size } = statSync(other);
  expect([mode & 0o777, size]).toEqual([0o644, 0]);
});

test('what a delete took along is not opened when its time is over, though it was before', async () => {
  let now = Date.now();
  await open.close();
  open = await openChangeable(10, { dataDir: folder, deps: { clock: () => now } });
  const { core } = open.held;
  const { profile } = open;
  const on = { kind: 'ids' as const, ids: [open.user(0).id] };
  await applied(core, (await planOf(core, { profile, operation: 'users.delete', on })).id);
  const [entry] = await journalOf(core, profile);
  const undo = () => core.changes.undo(profile, { entries: [entry?.id ?? 0] });
  expect((await undo()).counts).toMatchObject({ create: 1 });
  now += 30 * 86_400_000 + 1;
  expect((await undo()).counts).toMatchObject({ create: 0, refused: 1 });
  // Nor is it kept: the program may run for months.
  const db = new DatabaseSync(join(folder, 'journals', `${profile}.sqlite`), { readOnly: true });
  expect(db.prepare('SELECT count(*) AS kept FROM saved').get()).toEqual({ kept: 0 });
  db.close();
  const other = await addChangeable(core, open.server, '', 'Other');
  await expect(core.changes.undo(other.id, { entries: [entry?.id ?? 0] })).rejects.toMatchObject({
    code: 'changes.plan_empty',
  });
});

test.each([301, 302, 303, 307, 308])(
  'a write that is redirected (%i) goes nowhere else, and is looked at',
  async (status) => {
    const { core } = open.held;
    const user = open.user(0);
    const asked: (string | undefined)[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.url);
      response.end('{}');
    });
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    onTestFinished(() => void elsewhere.close());
    const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/api/users/${user.id}`;
    const on = { kind: 'ids' as const, ids: [user.id] };
    const values = { name: `Redirected ${status}` };
    const plan = await planOf(core, { profile: open.profile, operation: 'users.update', on, values });
    open.server.faults.add(
      { kind: 'status', status, headers: { location }, when: 'before' },
      { on: isWrite },
    );
    expect(await applied(core, plan.id)).toMatchObject({ result: { outcomes: { 'not-done': 1, done: 0 } } });
    expect(asked).toEqual([]);
    expect(user.name).not.toBe(values.name);
    const [entry] = await journalOf(core, open.profile);
    expect(entry).toMatchObject({ outcome: 'not-done', error: { code: 'network.redirected' } });
  },
);
