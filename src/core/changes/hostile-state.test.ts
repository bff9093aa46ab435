import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applied, type Changeable, journalOf, openChangeable, planOf } from '../../doors/changes-testing.ts';
import { jobOf } from '../../doors/testing.ts';
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
const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);

test.each([61, 90, 150])(
  'a user whose custom data nests %i deep keeps nobody else from being changed, and is left as it is',
  async (depth) => {
    const { core } = open.held;
    const [hostile, other] = [open.user(0), open.user(1)];
    hostile.customData = { deep: nested(depth) };
    const plan = await planOf(core, {
      profile: open.profile,
      operation: 'users.update',
      on: { kind: 'ids', ids: [hostile.id, other.id] },
      values: { 'customData.x': 1 },
    });
    expect(plan.counts).toMatchObject({ change: 1, refused: 1 });
    const file = JSON.parse(JSON.stringify(await core.changes.planFile(plan.id)));
    await core.changes.openPlan(open.profile, file);
    expect(await applied(core, plan.id)).toMatchObject({ state: 'done', result: { outcomes: { done: 1 } } });
    expect(other.customData).toMatchObject({ x: 1 });
    expect(hostile.customData).toEqual({ deep: nested(depth) });
  },
);

test('what came of a change is noted, whatever of a form the answer has', async () => {
  const { core } = open.held;
  const { profile } = open;
  const bodies = [
    { customData: { deep: nested(90) } },
    { customData: 'x', profile: 1, identities: [] },
    { customData: null, name: { toString: 1 } },
    [],
    'text',
  ];
  for (const [at, body] of bodies.entries()) {
    const user = open.user(at);
    const on = { kind: 'ids' as const, ids: [user.id] };
    const values = { name: `Name ${at}`, 'customData.y': at };
    const plan = await planOf(core, { profile, operation: 'users.update', on, values });
    open.server.faults.add({ kind: 'status', status: 200, body, when: 'after' }, { on: isWrite });
    expect(await applied(core, plan.id)).toMatchObject({ state: 'done' });
  }
  const entries = await journalOf(core, profile);
  expect(entries.map(({ outcome }) => outcome)).not.toContain(null);
  expect(entries).toHaveLength(bodies.length);
});

test('a delete is undone once, though two undo it at the same moment', async () => {
  const { core } = open.held;
  const { profile, server } = open;
  const [organization] = server.tenant.organizations;
  const on = { kind: 'ids' as const, ids: [String(organization?.id)] };
  const asked = { profile, operation: 'organizations.delete', on, forced: ['in-use'] };
  await applied(core, (await planOf(core, asked)).id);
  const [entry] = await journalOf(core, profile);
  const undo = async () => (await core.changes.undo(profile, { entries: [entry?.id ?? 0] })).id;
  const [one, other] = [await undo(), await undo()];
  const before = server.tenant.organizations.length;
  // The first is on its way while the second looks, and finds nothing.
  const { promise, resolve } = Promise.withResolvers<void>();
  server.faults.add({ kind: 'held', until: promise }, { on: isWrite });
  const first = await core.startJob('changes', await core.changes.applying(one, { door: 'terminal' }));
  await expect.poll(() => journalOf(core, profile)).toHaveLength(2);
  const second = await applied(core, other);
  resolve();
  expect(jobOf(await core.jobs.ended(first.id), 'changes')).toMatchObject({
    result: { outcomes: { done: 1 } },
  });
  expect(second).toMatchObject({ state: 'failed', error: { code: 'changes.taken' } });
  expect(server.tenant.organizations).toHaveLength(before + 1);
});

test.each([
  { secret: 'unread' },
  { secret: 'present', field: 'passwordDigest' },
  { secret: 'saved', entry: 1, field: 'passwordDigest' },
  { secret: 'hidden', shown: 'x', print: 'y' },
])('who has what poses as a reference of ours comes back when deleted, without that: %o', async (posing) => {
  const { core } = open.held;
  const { profile, server } = open;
  const [within, whole] = [open.user(0), open.user(1)];
  within.customData = { plan: 'pro', a: posing, list: [1, { b: posing }, posing] };
  whole.customData = posing;
  const on = { kind: 'ids' as const, ids: [within.id, whole.id] };
  await applied(core, (await planOf(core, { profile, operation: 'users.delete', on })).id);
  const entries = (await journalOf(core, profile)).map(({ id }) => id);
  const undo = await core.changes.undo(profile, { entries });
  expect(undo).toMatchObject({ counts: { create: 2, refused: 0 } });
  expect(await applied(core, undo.id)).toMatchObject({ result: { outcomes: { done: 2 } } });
  const data = ({ username, primaryEmail }: typeof within) =>
    server.tenant.users.find((one) => one.username === username && one.primaryEmail === primaryEmail);
  expect(data(within)?.customData).toEqual({ plan: 'pro', list: [1, {}, null] });
  expect(data(whole)?.customData ?? {}).toEqual({});
});

test('what an undo may have made already is not made again, at the same moment or later, unless that is asked for by name', async () => {
  const { core } = open.held;
  const { profile, server } = open;
  const asked = { profile, on: { kind: 'new' as const }, values: { name: 'Bob' } };
  await applied(core, (await planOf(core, { ...asked, operation: 'users.create' })).id);
  const bobs = () => server.tenant.users.filter(({ name }) => name === 'Bob');
  const on = { kind: 'ids' as const, ids: bobs().map(({ id }) => id) };
  await applied(core, (await planOf(core, { profile, operation: 'users.delete', on })).id);
  const [entry] = await journalOf(core, profile);
  const undo = (forced: string[] = []) =>
    core.changes.undo(profile, { entries: [entry?.id ?? 0] }, { forced });
  const [one, other] = [await undo(), await undo()];
  // It is carried out, and nobody hears of it; by nothing that such a user has it can be found.
  server.faults.add({ kind: 'cut' }, { on: isWrite });
  expect(await applied(core, one.id)).toMatchObject({ result: { outcomes: { unknown: 1 } } });
  expect(await applied(core, other.id)).toMatchObject({ error: { code: 'changes.taken' } });
  expect(await undo()).toMatchObject({ counts: { refused: 1, create: 0 } });
  expect(bobs()).toHaveLength(1);
  const forced = await undo(['changed-since']);
  expect(await applied(core, forced.id)).toMatchObject({ result: { outcomes: { done: 1 } } });
  expect(bobs()).toHaveLength(2);
});

test('a plan’s file undoes no other entry than of its own objects', async () => {
  const { core } = open.held;
  const { profile } = open;
  const rename = (at: number, name: string) =>
    planOf(core, {
      profile,
      operation: 'users.update',
      on: { kind: 'ids', ids: [open.user(at).id] },
      values: { name },
    });
  await applied(core, (await rename(0, 'Renamed')).id);
  const [entry] = await journalOf(core, profile);
  const file = await core.changes.planFile((await rename(1, 'Other')).id);
  const edited = planFileOf({ ...file, undoes: { '1': entry?.id ?? 0 } });
  await applied(core, (await core.changes.openPlan(profile, edited)).id);
  expect((await journalOf(core, profile)).at(-1)).toMatchObject({ id: entry?.id, undoneBy: null });
});

test('lists that never end hold up neither a plan nor what looks at it', async () => {
  const { core } = open.held;
  const { profile, server } = open;
  const body = Array.from({ length: 100 }, (_, at) => ({ id: `role-${at}`, name: 'x' }));
  server.faults.add(
    { kind: 'status', status: 200, body },
    { on: ({ method, path }) => method === 'GET' && path.endsWith('/roles'), times: 1_000 },
  );
  const target = { resource: 'users', id: open.user(0).id, parent: '', label: '' };
  const item = { operation: 'users.addRoles', target, values: { roleIds: ['x'] } };
  const plan = await core.changes.planItems(profile, [item], { title: 'x' });
  expect(plan.counts).toMatchObject({ refused: 1 });
  expect(server.seen.filter(({ path }) => path.endsWith('/roles')).length).toBeLessThan(10);
});

test('IDs that are none, in a list of what one user has, keep nobody else from being changed', async () => {
  const { core } = open.held;
  const { profile, server } = open;
  const [hostile, other] = [open.user(0), open.user(1)];
  const sessions = (uid: string) => ({ sessions: [{ payload: { uid } }] });
  server.faults.add(
    { kind: 'status', status: 200, body: sessions('..') },
    { on: ({ path }) => path === `/api/users/${hostile.id}/sessions` },
  );
  server.faults.add(
    { kind: 'status', status: 200, body: sessions('one') },
    { on: ({ path }) => path === `/api/users/${other.id}/sessions` },
  );
  const on = { kind: 'ids' as const, ids: [hostile.id, other.id] };
  const plan = await planOf(core, { profile, operation: 'users.revokeSessions', on });
  expect(plan.counts).toMatchObject({ change: 1, refused: 1 });
});

test('what was saved of a lying server keeps no other delete from being undone', async () => {
  const { core } = open.held;
  const { profile, server } = open;
  const [hostile, other] = [open.user(0), open.user(1)];
  server.faults.add(
    { kind: 'status', status: 200, body: [{ id: '..', name: 'x' }] },
    {
      on: ({ method, path }) => method === 'GET' && path === `/api/users/${hostile.id}/organizations`,
      times: 9,
    },
  );
  const on = { kind: 'ids' as const, ids: [hostile.id, other.id] };
  const job = await applied(core, (await planOf(core, { profile, operation: 'users.delete', on })).id);
  expect(job.result?.outcomes).toMatchObject({ done: 2 });
  server.faults.clear();
  const undo = await core.changes.undo(profile, { job: job.result?.run ?? '' });
  expect(undo.counts).toMatchObject({ create: 2 });
  expect(await applied(core, undo.id)).toMatchObject({ result: { outcomes: { done: 2 } } });
});
