import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  applied,
  type Changeable,
  journalOf,
  openChangeable,
  plannedOf,
  planOf,
} from '../../doors/changes-testing.ts';
import { memoryKeychain } from '../../doors/testing.ts';
import type { PlanAbout } from '../../shared/change/plan.ts';
import { planFileOf } from './plan-file.ts';

let opened: Changeable;
let now: number;
const keychain = memoryKeychain();

const open = async () => openChangeable(10, { deps: { keychain, clock: () => now } });
beforeEach(async () => {
  now = Date.now();
  opened = await open();
});
afterEach(() => opened.close());

const marks: string[] = [];
/** A value that nobody else has, and that must be nowhere. */
const marked = () => {
  const mark = `mark${randomBytes(9).toString('hex')}`;
  marks.push(mark);
  return mark;
};

/** Custom data with a marked secret at each kind of place that lists mask. */
const customData = () => ({
  plan: 'free',
  apiKey: marked(),
  credentials: { user: marked(), list: [marked()] },
  deep: [{ config: { clientSecret: marked() } }],
  headers: [{ name: 'Authorization', value: marked() }],
  text: JSON.stringify({ password: marked() }),
  callback: `https://crm.test/in?plan=1&token=${marked()}`,
  database: `postgres://crm:${marked()}@db.test/crm`,
});
const address = () => `https://chat.test/services/T0/${marked()}`;
const hook = () => {
  const row = opened.server.tenant.hooks[0];
  if (!row) throw new Error('no hook');
  return row;
};
const ids = (id: unknown) => ({ kind: 'ids' as const, ids: [String(id)] });
const copyOf = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** Everything that a plan and what came of it shows, or leaves on the disk. */
const outputs = async (...plans: PlanAbout[]): Promise<string> => {
  const { core, dataDir, log } = opened.held;
  const said: unknown[] = [core.jobs.list(), await journalOf(core, opened.profile)];
  const folder = join(dataDir, 'journals');
  return [
    JSON.stringify([plans, said]),
    log.lines.join('\n'),
    ...readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1')),
  ].join('\n');
};
/** What a plan shows while it is in memory, and its file. */
const shownOf = async (plan: PlanAbout): Promise<string> => {
  const { core } = opened.held;
  return JSON.stringify([await plannedOf(core, plan.id), await core.changes.planFile(plan.id)]);
};
const expectNone = (text: string) => {
  expect(marks.length).toBeGreaterThan(0);
  for (const mark of marks) {
    expect(text).not.toContain(mark);
    expect(text).not.toContain(Buffer.from(mark).toString('base64').slice(0, 20));
  }
};

test('no value that lists mask is in a plan, its file, the journal or its bytes; and undo restores each exactly', async () => {
  const { core } = opened.held;
  const { profile, user } = opened;
  Object.assign(user(1), { customData: customData() });
  Object.assign(user(2), {
    identities: { github: { userId: 'g1', details: { accessToken: marked(), email: 'a@b.test' } } },
  });
  hook().config = { url: address(), headers: { 'x-plain': marked() } };
  const was = copyOf([user(1).customData, user(2).identities, hook().config]);
  const asked = [
    { operation: 'users.update', on: ids(user(1).id), values: { 'customData.plan': 'pro' } },
    { operation: 'users.update', on: ids(user(1).id), values: { 'customData.apiKey': marked() } },
    { operation: 'users.update', on: ids(user(1).id), values: { customData: { only: { token: marked() } } } },
    { operation: 'users.unlinkIdentity', on: ids(user(2).id), values: { target: 'github' } },
    { operation: 'hooks.update', on: ids(hook().id), values: { 'config.url': address() } },
  ];
  const runs: string[] = [];
  const plans: PlanAbout[] = [];
  for (const one of asked) {
    const plan = await planOf(core, { profile, ...one });
    plans.push(plan);
    expect(plan.counts).toMatchObject({ change: 1 });
    expectNone(await shownOf(plan));
    for (const text of marks.slice(0, 3)) {
      const { total } = await core.changes.planned(plan.id, { text, offset: 0, limit: 1 });
      expect(total).toBe(0);
    }
    const job = await applied(core, plan.id);
    expect(job.result).toMatchObject({ outcomes: { done: 1 } });
    runs.push(job.result?.run ?? '');
  }
  expect(copyOf(user(1).customData)).toEqual({ only: { token: expect.stringMatching(/^mark/) } });
  expectNone(await outputs(...plans));
  for (const run of runs.toReversed()) {
    const plan = await core.changes.undo(profile, { job: run });
    expectNone(await shownOf(plan));
    expect(await applied(core, plan.id)).toMatchObject({ result: { outcomes: { done: 1 } } });
  }
  expect(copyOf([user(1).customData, user(2).identities, hook().config])).toEqual(was);
  expectNone(await outputs(...plans));
});

test('a mask does not hide that a value changes, nor that somebody else changed it', async () => {
  const { core } = opened.held;
  const { profile, user } = opened;
  Object.assign(user(1), { customData: { token: marked(), plan: 'free' } });
  const values = { 'customData.token': marked() };
  const plan = await planOf(core, { profile, operation: 'users.update', on: ids(user(1).id), values });
  const [one] = await plannedOf(core, plan.id);
  const [before, after] = [one?.change.before, one?.change.after].map(
    (side) => (side as { customData: { token: { shown: string; print: string } } }).customData.token,
  );
  expect(before).toMatchObject({ secret: 'hidden', shown: '••••••••' });
  expect(after?.print).not.toBe(before?.print);
  // The same value in another object has another fingerprint.
  Object.assign(user(2), { customData: copyOf(user(1).customData) });
  const other = await planOf(core, { profile, operation: 'users.update', on: ids(user(2).id), values });
  const [same] = await plannedOf(core, other.id);
  expect(same?.change.after.customData).not.toEqual(one?.change.after.customData);
  Object.assign(user(1), { customData: { token: marked(), plan: 'free' } });
  expect(await applied(core, plan.id)).toMatchObject({ result: { outcomes: { moved: 1, done: 0 } } });
  // Of nothing that differs, nothing is sent.
  Object.assign(user(2), { customData: { token: values['customData.token'], plan: 'free' } });
  const none = await planOf(core, { profile, operation: 'users.update', on: ids(user(2).id), values });
  expect(none.counts).toMatchObject({ unchanged: 1, change: 0 });
  expectNone(await outputs(plan, other, none));
});

test('after 30 days a former value is gone, and undoing says so', async () => {
  const { core } = opened.held;
  const { profile, user } = opened;
  Object.assign(user(1), { customData: { token: marked() } });
  const values = { 'customData.token': marked() };
  const plan = await planOf(core, { profile, operation: 'users.update', on: ids(user(1).id), values });
  const run = (await applied(core, plan.id)).result?.run ?? '';
  now += 30 * 86_400_000;
  const late = await core.changes.undo(profile, { job: run });
  expect((await plannedOf(core, late.id))[0]).toMatchObject({ verdict: 'refused', guard: 'former-gone' });
  await core.changes.openEntries.takeUp();
  expectNone(await outputs(plan, late));
});

test('a plan’s file is applied on the computer that made it; elsewhere what stays hidden stays, and a new value is refused', async () => {
  const { core } = opened.held;
  const { profile, user, server } = opened;
  const token = marked();
  Object.assign(user(1), { customData: { token, plan: 'free' } });
  const fileFor = async (values: Record<string, unknown>) => {
    const plan = await planOf(core, { profile, operation: 'users.update', on: ids(user(1).id), values });
    return copyOf(await core.changes.planFile(plan.id));
  };
  const set = await fileFor({ 'customData.token': marked() });
  const aside = await fileFor({ 'customData.plan': 'pro' });
  expectNone(JSON.stringify([set, aside]));
  await using elsewhere = await openChangeable(1).then(async (made) => ({
    ...made,
    [Symbol.asyncDispose]: made.close,
  }));
  const [app] = server.tokens.apps;
  const { id } = await elsewhere.held.core.profiles.add(
    { kind: 'oss', name: 'Same', endpoint: server.endpoint, appId: app?.appId ?? '', access: 'read-write' },
    app?.secret ?? '',
    'memory',
  );
  await elsewhere.held.core.changes.unlock(id);
  const refused = await elsewhere.held.core.changes.openPlan(id, set);
  expect((await plannedOf(elsewhere.held.core, refused.id))[0]).toMatchObject({ guard: 'secret-gone' });
  const there = await elsewhere.held.core.changes.openPlan(id, aside);
  await applied(elsewhere.held.core, there.id);
  expect(copyOf(user(1).customData)).toEqual({ token, plan: 'pro' });
  Object.assign(user(1), { customData: { token, plan: 'free' } });
  const here = await core.changes.openPlan(profile, set);
  await applied(core, here.id);
  expect(marks).toContain((user(1).customData as { token: string }).token);
  expect((user(1).customData as { token: string }).token).not.toBe(token);
});

test('a file cannot have a hidden value written to where it could be read', async () => {
  const { core } = opened.held;
  const { profile, user } = opened;
  Object.assign(user(1), { customData: { token: marked() }, name: 'Ada' });
  const values = { 'customData.token': marked(), name: 'Eve' };
  const plan = await planOf(core, { profile, operation: 'users.update', on: ids(user(1).id), values });
  const { checksum: _, kind: __, version: ___, ...file } = copyOf(await core.changes.planFile(plan.id));
  const [one] = file.planned;
  if (!one) throw new Error('no change');
  const { token } = one.change.after.customData as { token: unknown };
  one.change.after = { ...one.change.after, name: token };
  const about = await core.changes.openPlan(profile, planFileOf(file));
  expect((await plannedOf(core, about.id))[0]).toMatchObject({ verdict: 'refused', guard: 'secret-gone' });
});

test('what a server says of a value that it refuses is noted without it, and a lost answer is looked at all the same', async () => {
  const { core } = opened.held;
  const { profile, user, server } = opened;
  Object.assign(user(1), { customData: { token: marked() } });
  const token = marked();
  const asked = {
    profile,
    operation: 'users.update',
    on: ids(user(1).id),
    values: { 'customData.token': token },
  };
  const isWrite = ({ method }: { method: string }) => method === 'PATCH';
  const first = await planOf(core, asked);
  const body = { code: 'guard.invalid_input', message: `no: ${token}`, details: `"${token}" is no token` };
  server.faults.add({ kind: 'status', status: 400, body }, { on: isWrite });
  expect(await applied(core, first.id)).toMatchObject({ result: { outcomes: { 'not-done': 1 } } });
  const second = await planOf(core, asked);
  server.faults.add({ kind: 'cut' }, { on: isWrite });
  expect(await applied(core, second.id)).toMatchObject({ result: { outcomes: { done: 1 } } });
  expectNone(await outputs(first, second));
});

test('without a keychain a change can be made and shown, and says that it cannot be undone', async () => {
  await opened.close();
  const refusing = {
    get: () => Promise.reject(new Error('none')),
    set: () => Promise.reject(new Error('none')),
    delete: () => Promise.reject(new Error('none')),
  };
  opened = await openChangeable(10, { deps: { keychain: refusing } });
  const { core } = opened.held;
  const { profile, user } = opened;
  Object.assign(user(1), { customData: { token: marked(), plan: 'free' } });
  const change = (values: Record<string, unknown>) =>
    planOf(core, { profile, operation: 'users.update', on: ids(user(1).id), values });
  expect((await change({ 'customData.plan': 'pro' })).counts).toMatchObject({ change: 1, neverUndone: 0 });
  const plan = await change({ 'customData.token': marked() });
  expect(plan.counts).toMatchObject({ change: 1, neverUndone: 1 });
  const run = (await applied(core, plan.id)).result?.run ?? '';
  expect(marks).toContain((user(1).customData as { token: string }).token);
  const undo = await core.changes.undo(profile, { job: run });
  expect((await plannedOf(core, undo.id))[0]).toMatchObject({ guard: 'former-gone' });
  expectNone(await outputs(plan));
});
