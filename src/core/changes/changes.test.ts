import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  applied,
  type Changeable,
  journalOf,
  openChangeable,
  plannedOf,
  planOf,
} from '../../doors/changes-testing.ts';
import { startSimulator } from '../../simulator/server.ts';

let server: Changeable['server'];
let held: Changeable['held'];
let profile: string;
let user: Changeable['user'];
let close: Changeable['close'];

beforeEach(async () => {
  ({ server, held, profile, user, close } = await openChangeable(30));
});
afterEach(() => close());

const copyOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const ids = (...at: number[]) => ({ kind: 'ids' as const, ids: at.map((one) => user(one).id) });

test('a plan shows what changes, sends nothing, and sends only edited fields when it is applied', async () => {
  const { core } = held;
  const before = copyOf(user(3));
  const plan = await planOf(core, {
    profile,
    operation: 'users.update',
    on: ids(3, 4),
    values: { name: user(4).name, 'customData.plan': 'pro' },
  });
  expect(plan).toMatchObject({ counts: { change: 2, refused: 0, unchanged: 0 }, confirm: null });
  expect(copyOf(user(3))).toEqual(before);
  const [first] = await plannedOf(core, plan.id);
  expect(first?.change.after).toMatchObject({ name: user(4).name, customData: { plan: 'pro' } });
  expect(first?.curl).toContain(`--request PATCH '${server.endpoint}/api/users/${user(3).id}'`);
  expect(server.seen.filter(({ method, path }) => method !== 'GET' && path !== '/oidc/token')).toEqual([]);
  const job = await applied(core, plan.id);
  expect(job).toMatchObject({ state: 'done', result: { rows: 2, outcomes: { done: 2 } } });
  expect(user(3)).toMatchObject({ name: user(4).name, customData: { plan: 'pro' } });
  expect(user(3).primaryEmail).toBe((before as { primaryEmail: unknown }).primaryEmail);
});

test('a name is found in a plan and in the journal in either form of its letters', async () => {
  const { core } = held;
  const plan = await planOf(core, {
    profile,
    operation: 'users.update',
    on: ids(3, 4),
    values: { name: '김민준' },
  });
  for (const form of ['NFC', 'NFD']) {
    const text = '민준'.normalize(form);
    expect(await core.changes.planned(plan.id, { text, offset: 0, limit: 10 })).toMatchObject({ total: 2 });
  }
  await applied(core, plan.id);
  for (const form of ['NFC', 'NFD']) {
    const found = await core.changes.journal(profile, { text: '민준'.normalize(form), offset: 0, limit: 10 });
    expect(found).toMatchObject({ total: 2 });
  }
});

test('the journal tells who did what, when and how it ended, and a whole job is undone exactly', async () => {
  const { core } = held;
  const before = copyOf([user(1), user(2)].map(({ updatedAt: _, ...row }) => row));
  const plan = await planOf(core, {
    profile,
    operation: 'users.update',
    on: ids(1, 2),
    values: { username: null, 'profile.givenName': 'Ada', 'customData.a': { b: [1, null] } },
  });
  const job = await applied(core, plan.id);
  const entries = await journalOf(core, profile);
  expect(entries).toHaveLength(2);
  expect(entries[0]).toMatchObject({
    job: job.result?.run,
    operation: 'users.update',
    door: 'terminal',
    outcome: 'done',
    status: 200,
    request: { method: 'PATCH' },
    undoneBy: null,
  });
  expect(entries[0]?.requestId).toBeTruthy();
  expect(entries[0]?.user).not.toBe('');
  const undo = await core.changes.undo(profile, { job: job.result?.run ?? '' });
  expect(undo).toMatchObject({ title: 'undo', counts: { change: 2 } });
  expect(await applied(core, undo.id)).toMatchObject({ result: { outcomes: { done: 2 } } });
  expect(copyOf([user(1), user(2)].map(({ updatedAt: _, ...row }) => row))).toEqual(before);
  const [newest, , , oldest] = await journalOf(core, profile);
  expect(newest?.undoes).toBe(oldest?.id);
  expect(oldest?.undoneBy).toBe(newest?.id);
  const again = await core.changes.undo(profile, { entries: [oldest?.id ?? 0] });
  expect(again.counts).toMatchObject({ refused: 1, change: 0 });
});

test('what somebody else changed after it was planned is not made', async () => {
  const { core } = held;
  const plan = await planOf(core, {
    profile,
    operation: 'users.update',
    on: ids(5, 6),
    values: { name: 'Planned' },
  });
  user(5).name = 'Somebody else';
  const job = await applied(core, plan.id);
  expect(job.result).toMatchObject({ outcomes: { moved: 1, done: 1 } });
  expect(user(5).name).toBe('Somebody else');
  expect(user(6).name).toBe('Planned');
});

test('after an answer that was lost, a look says whether it was done', async () => {
  const { core } = held;
  const plan = await planOf(core, {
    profile,
    operation: 'users.suspend',
    on: ids(7),
    values: { isSuspended: true },
  });
  const isWrite = ({ method }: { method: string }) => method === 'PATCH';
  server.faults.add({ kind: 'cut' }, { on: isWrite });
  const job = await applied(core, plan.id);
  expect(user(7).isSuspended).toBe(true);
  expect(job.result).toMatchObject({ outcomes: { done: 1 } });
  const again = await planOf(core, {
    profile,
    operation: 'users.suspend',
    on: ids(7),
    values: { isSuspended: false },
  });
  server.faults.add({ kind: 'status', status: 500 }, { on: isWrite });
  expect(await applied(core, again.id)).toMatchObject({ result: { outcomes: { 'not-done': 1 } } });
  expect(user(7).isSuspended).toBe(true);
  expect(server.seen.filter(isWrite)).toHaveLength(2);
  const [entry] = await journalOf(core, profile);
  expect(entry).toMatchObject({ outcome: 'not-done', status: 500, error: { code: 'http.server' } });
});

test('a plan is not applied to the tenant that has its profile’s id now, and the new one begins locked', async () => {
  const { core } = held;
  await using other = await startSimulator({ users: 30, logs: 0, tied: [0, 0] });
  const plan = await planOf(core, {
    profile,
    operation: 'users.update',
    on: ids(1),
    values: { name: 'Planned' },
  });
  const [app] = other.tokens.apps;
  await core.profiles.update(
    profile,
    { kind: 'oss', name: 'Test', endpoint: other.endpoint, appId: app?.appId ?? '', access: 'read-write' },
    app?.secret ?? '',
    'memory',
  );
  expect((await core.changes.state(profile)).unlockedUntil).toBeNull();
  await core.changes.unlock(profile);
  await expect(applied(core, plan.id)).rejects.toMatchObject({ code: 'changes.plan_foreign' });
  expect(other.seen.filter(({ method }) => method === 'PATCH')).toEqual([]);
});

test('what a tenant is labelled when a plan is applied counts, not when it was made', async () => {
  const { core } = held;
  const plan = await planOf(core, { profile, operation: 'users.delete', on: ids(1) });
  expect(plan.confirm).toBeNull();
  const [app] = server.tokens.apps;
  const { endpoint } = server;
  await core.profiles.update(
    profile,
    {
      kind: 'oss',
      name: 'Test',
      label: 'production',
      endpoint,
      appId: app?.appId ?? '',
      access: 'read-write',
    },
    undefined,
    'memory',
  );
  await core.changes.unlock(profile);
  await expect(applied(core, plan.id)).rejects.toMatchObject({ code: 'changes.confirm' });
});

test('what is being made is not settled by anybody else', async () => {
  const { core } = held;
  const plan = await planOf(core, {
    profile,
    operation: 'users.update',
    on: ids(8),
    values: { name: 'Held' },
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.faults.add({ kind: 'held', until: promise }, { on: ({ method }) => method === 'PATCH' });
  const job = await core.startJob('changes', await core.changes.applying(plan.id, { door: 'terminal' }));
  await expect.poll(async () => (await journalOf(core, profile)).length).toBe(1);
  await core.changes.openEntries.takeUp();
  expect((await journalOf(core, profile))[0]?.outcome).toBeNull();
  resolve();
  await core.jobs.ended(job.id);
  expect((await journalOf(core, profile))[0]?.outcome).toBe('done');
});

test('a cancel waits for the answer of what is under way, and the journal has what came of it', async () => {
  const { core } = held;
  const asked = { profile, operation: 'users.update', values: { name: 'Under way' } };
  const plan = await planOf(core, { ...asked, on: ids(9) });
  const { promise, resolve } = Promise.withResolvers<void>();
  let hasLeft = false;
  server.faults.add(
    { kind: 'held', until: promise },
    {
      on: ({ method }) => {
        hasLeft ||= method === 'PATCH';
        return method === 'PATCH';
      },
    },
  );
  const job = await core.startJob('changes', await core.changes.applying(plan.id, { door: 'terminal' }));
  await expect.poll(() => hasLeft).toBe(true);
  const cancelled = core.jobs.cancel(job.id);
  // Time enough for a look that comes too early.
  for (let reads = 0; reads < 5; reads += 1) await planOf(core, { ...asked, on: ids(10, 11) });
  resolve();
  await cancelled;
  await core.jobs.ended(job.id);
  expect(user(9).name).toBe('Under way');
  const [entry] = await journalOf(core, profile);
  expect(entry).toMatchObject({ outcome: 'done', status: 200 });
  // By this a window undoes what was made, and shows it in the journal.
  expect(core.jobs.find(job.id)).toMatchObject({ state: 'cancelled', run: entry?.job });
});

test('a plan for all rows of a view reads all of them first, and names who is not there of a pasted list', async () => {
  const { core } = held;
  const view = { profile, resource: 'users', filters: {} };
  const plan = await planOf(core, {
    profile,
    operation: 'users.suspend',
    on: { kind: 'view', query: view },
    values: { isSuspended: true },
  });
  expect(plan.counts.change + plan.counts.unchanged).toBe(30);
  const pasted = await planOf(core, {
    profile,
    operation: 'users.suspend',
    on: { kind: 'pasted', text: `${user(1).id}\nnobody@corp.test` },
    values: { isSuspended: true },
  });
  const items = await plannedOf(core, pasted.id);
  expect(items.map(({ guard, line }) => [guard, line])).toEqual([
    [null, 1],
    ['not-found', 2],
  ]);
});

test('a copy knows what was changed, and what a row that was read alone is, by the fields of its list', async () => {
  const { core } = held;
  const tenant = await core.tenants.profile(profile);
  const [first, second, fresh] = [user(3).id, user(4).id, user(20).id];
  const query = { profile, resource: 'users', filters: { keyword: [String(user(3).name)] } };
  await core.pages.page({ query, index: 0 }, { priority: 'visible' });
  const kept = (id: string) => core.mirrors.row(tenant, 'users', id);
  const seenAt = async () =>
    (await core.mirrors.about(tenant)).lists.map(({ resource, seenAt: at }) => ({ resource, at }));
  await expect.poll(() => kept(first)).not.toBeNull();
  const lists = await seenAt();
  const before = await kept(first);
  const renamed = await planOf(core, {
    profile,
    operation: 'users.update',
    on: ids(3, 4),
    values: { name: 'Named anew' },
  });
  await applied(core, renamed.id);
  await expect.poll(async () => (await kept(first))?.name).toBe('Named anew');
  expect(Object.keys((await kept(first)) ?? {})).toEqual(Object.keys(before ?? {}));
  // What was never seen in a list is not known from a change to it.
  expect(await kept(second)).toBeNull();
  Object.assign(user(3), { name: 'Named elsewhere', nobodyListsThis: 1 });
  await core.pages.row(profile, 'users', first, { priority: 'visible' });
  await core.pages.row(profile, 'users', fresh, { priority: 'visible' });
  await expect.poll(async () => (await kept(first))?.name).toBe('Named elsewhere');
  expect(Object.keys((await kept(first)) ?? {})).toEqual(Object.keys(before ?? {}));
  expect(await kept(fresh)).toBeNull();
  // One row tells neither how old a list is, nor that there is one.
  const [role] = server.tenant.roles;
  await core.pages.row(profile, 'roles', String(role?.id), { priority: 'visible' });
  expect(await core.mirrors.row(tenant, 'roles', String(role?.id))).toBeNull();
  expect(await seenAt()).toEqual(lists);
});
