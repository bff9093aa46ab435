import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  addChangeable,
  applied,
  type Changeable,
  openChangeable,
  planOf,
} from '../../doors/changes-testing.ts';
import { memoryKeychain, testCore } from '../../doors/testing.ts';
import type { PlanFile } from '../../shared/change/plan.ts';
import { changeTitle } from '../../shared/phrases/change-words.ts';
import { commandWords } from '../../shared/phrases/command-words.ts';
import { startSimulator } from '../../simulator/server.ts';
import { besidePlan } from './import/secrets.ts';
import { planFileOf, planOfText } from './plan-file.ts';

let server: Changeable['server'];
let held: Changeable['held'];
let profile: string;
let close: Changeable['close'];

beforeEach(async () => {
  ({ server, held, profile, close } = await openChangeable(10));
});
afterEach(() => close());

const first = () => {
  const [user] = server.tenant.users;
  if (!user) throw new Error('no user');
  return user;
};

const fileOf = async (values: Record<string, unknown> = { name: 'Planned' }) => {
  const plan = await planOf(held.core, {
    profile,
    operation: 'users.update',
    on: { kind: 'ids', ids: [first().id] },
    values,
  });
  const text = JSON.stringify(await held.core.changes.planFile(plan.id));
  return JSON.parse(text) as PlanFile;
};

/** The file with a change in it, and a checksum that fits: whoever edits a plan can compute that, too. */
const edited = (file: PlanFile, edit: (file: PlanFile) => void): PlanFile => {
  const copy = structuredClone(file);
  edit(copy);
  return planFileOf(copy);
};

const open = (file: unknown, tenant = profile) => held.core.changes.openPlan(tenant, file);
const writes = () => server.seen.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/oidc/'));

test('a plan that went through a file is applied as it was reviewed', async () => {
  const plan = await open(await fileOf());
  expect(plan).toMatchObject({ title: 'users.update', counts: { change: 1 } });
  expect(await applied(held.core, plan.id)).toMatchObject({ result: { outcomes: { done: 1 } } });
  expect(first().name).toBe('Planned');
});

test('a file is applied once, by whatever program has it, also where nothing there tells that it was', async () => {
  const plan = await planOf(held.core, {
    profile,
    operation: 'users.create',
    on: { kind: 'new' },
    // Nothing that another user could have, too.
    values: { name: 'Bob' },
  });
  const file = JSON.parse(JSON.stringify(await held.core.changes.planFile(plan.id))) as PlanFile;
  // Two programs on one folder, that opened it at the same moment.
  await using second = testCore({ keychain: memoryKeychain() }, { dataDir: held.dataDir });
  const { kind, name, endpoint, appId } = held.core.profiles.get(profile);
  if (kind !== 'oss') throw new Error(kind);
  const known = { kind, name, endpoint, appId, access: 'read-write' } as const;
  await second.core.profiles.update(profile, known, server.tokens.apps[0]?.secret, 'memory');
  await second.core.changes.unlock(profile);
  const [one, other] = [await open(file), await second.core.changes.openPlan(profile, file)];
  const ends = await Promise.allSettled([applied(held.core, one.id), applied(second.core, other.id)]);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = ends.find((end) => end.status === 'rejected');
  const run = ends.find((end) => end.status === 'fulfilled')?.value.result?.run;
  expect(refused?.reason).toMatchObject({ code: 'changes.plan_applied', detail: { where: run } });
  const bobs = () => server.tenant.users.filter(({ name }) => name === 'Bob').length;
  expect(bobs()).toBe(1);
  // Nor is what it was given out of, or another time.
  for (const id of [plan.id, (await open(file)).id])
    await expect(applied(held.core, id)).rejects.toMatchObject({ code: 'changes.plan_applied' });
  expect(bobs()).toBe(1);
});

test('a plan from a file says which guards it overrides', async () => {
  const file = await fileOf();
  expect(await open(file)).toMatchObject({ forced: [] });
  expect(await open(edited(file, (copy) => copy.forced.push('in-use')))).toMatchObject({
    forced: ['in-use'],
  });
});

test('a plan of another tenant, of a moved state, or of a newer version is refused', async () => {
  const file = await fileOf();
  await using other = await startSimulator({ users: 10, logs: 0, tied: [0, 0] });
  const elsewhere = await addChangeable(held.core, other, '', 'Other');
  await expect(open(file, elsewhere.id)).rejects.toMatchObject({ code: 'changes.plan_foreign' });
  await expect(open({ ...file, version: 2 })).rejects.toMatchObject({ code: 'changes.plan_newer' });
  first().name = 'Somebody else';
  await expect(open(file)).rejects.toMatchObject({ code: 'changes.plan_moved' });
  expect(writes()).toEqual([]);
});

test.each([
  ['nothing', null],
  ['text', 'logto'],
  ['an empty object', {}],
  ['a list', []],
])('%s is not a plan', async (_, content) => {
  await expect(open(content)).rejects.toMatchObject({ code: 'changes.plan_damaged' });
});

test('a plan that was edited without its checksum is refused', async () => {
  const file = await fileOf();
  const [one] = file.planned;
  if (one) one.change.after.name = 'Mallory';
  await expect(open(file)).rejects.toMatchObject({ code: 'changes.plan_damaged' });
});

test('a plan’s file is called by what it does, and one object’s changes stay in their order', async () => {
  const file = await fileOf();
  expect(await open(edited(file, (copy) => Object.assign(copy, { title: 'hooks.test' })))).toMatchObject({
    title: 'users.update',
  });
  const twice = edited(file, ({ planned }) => {
    const [one] = planned;
    if (!one) return;
    const { change } = one;
    const target = { ...change.target, parent: 'elsewhere' };
    planned.push({ ...one, change: { ...change, number: 2, target, after: { name: 'Again' } } });
  });
  const plan = await open(twice);
  // The second one finds what the first one left.
  expect(await applied(held.core, plan.id)).toMatchObject({ result: { outcomes: { done: 1, moved: 1 } } });
  expect(first().name).toBe('Planned');
});

test('an edited plan does not get past a guard by calling an object one of another list', async () => {
  const { appId } = held.core.profiles.get(profile);
  const own = server.tenant.roles.find(({ name }) => name === 'Logto Management API access');
  const attempts = [
    ['applications.delete', appId],
    ['applications.deleteSecrets', appId],
    ['roles.delete', String(own?.id)],
    ['roles.update', String(own?.id)],
  ] as const;
  const file = await fileOf();
  for (const [operation, id] of attempts) {
    const after = { 'roles.update': { name: 'x' }, 'applications.deleteSecrets': { names: ['x'] } };
    const values = Reflect.get(after, operation) ?? {};
    const target = { resource: 'users', id, parent: '', label: '' };
    const told = open(
      edited(file, ({ planned: [one] }) => {
        Object.assign(one?.change ?? {}, { operation, target, before: {}, after: values });
      }),
    );
    await expect(told).rejects.toMatchObject({ code: 'changes.operation', detail: { where: operation } });
    // Nor by itself does what an object is called decide which guards hold.
    const plan = await held.core.changes.planItems(profile, [{ operation, target, values }], {
      title: operation,
    });
    expect(plan.counts, operation).toMatchObject({ refused: 1, change: 0, delete: 0 });
  }
  expect(writes()).toEqual([]);
});

test('an edited plan with a checksum that fits does nothing that the app would not plan itself', async () => {
  const file = await fileOf();
  const edit = (change: (one: PlanFile['planned'][number]) => void) =>
    edited(file, ({ planned }) => planned.forEach(change));
  const refusedBy = async (content: PlanFile) => {
    const plan = await open(content);
    expect(plan.counts).toMatchObject({ change: 0, create: 0, delete: 0 });
    await expect(applied(held.core, plan.id)).rejects.toMatchObject({ code: 'changes.plan_empty' });
    return (await held.core.changes.planned(plan.id, { offset: 0, limit: 10 })).items[0]?.guard;
  };
  await expect(
    open(
      edit(({ change }) => {
        change.operation = 'users.explode';
      }),
    ),
  ).rejects.toMatchObject({ code: 'changes.operation' });
  expect(
    await refusedBy(
      edit(({ change }) => {
        change.target.id = '../roles/x';
      }),
    ),
  ).toBe('not-found');
  expect(
    await refusedBy(
      edit(({ change }) => {
        change.target.id = '..';
      }),
    ),
  ).toBe('invalid-value');
  expect(
    await refusedBy(
      edit(({ change }) => {
        change.after = { tenantId: 'admin' };
        change.before = {};
      }),
    ),
  ).toBe('not-changeable');
  expect(
    await refusedBy(
      edit(({ change }) => {
        change.after = { customData: { a: { secret: 'saved', entry: 1, field: 'passwordDigest' } } };
        change.before = { customData: first().customData };
      }),
    ),
  ).toBe('not-changeable');
  expect(
    await refusedBy(
      edit(({ change }) => {
        change.operation = 'users.setPassword';
        change.after = { password: 'hunter2hunter2' };
        change.before = { hasPassword: first().hasPassword };
      }),
    ),
  ).toBe('invalid-value');
  expect(writes()).toEqual([]);
});

test('what a plan forces that cannot be forced, or that it moved, stands', async () => {
  const file = edited(await fileOf(), (copy) => {
    copy.forced = ['invalid-value', 'changed-since'];
    for (const { change } of copy.planned) change.after = { name: 7 };
  });
  expect((await open(file)).counts).toMatchObject({ refused: 1, change: 0 });
  first().name = 'Somebody else';
  await expect(open(file)).rejects.toMatchObject({ code: 'changes.plan_moved' });
});

test('no plan holds a secret: it points to it', async () => {
  const { core } = held;
  const ref = core.changes.keepSecret('Correct-Horse-9-Battery');
  const plan = await planOf(core, {
    profile,
    operation: 'users.setPassword',
    on: { kind: 'ids', ids: [first().id] },
    values: { password: ref },
  });
  const text = JSON.stringify(await core.changes.planFile(plan.id));
  expect(text).toContain('"secret":"entered"');
  expect(text).not.toContain('Correct-Horse');
  const { items } = await core.changes.planned(plan.id, { offset: 0, limit: 10 });
  expect(items[0]?.curl).toContain('<secret>');
  expect(JSON.stringify(items)).not.toContain('Correct-Horse');
});

test('a file that would fill the memory is refused before it is parsed', () => {
  // Parsed, each of them is an object, whose shape would be told.
  for (const text of [
    `{"planned":[${'{},'.repeat(6_000_001)}{}]}`,
    `{"planned":[${'0,'.repeat(12_000_001)}0]}`,
    `{"planned":${'['.repeat(101)}${']'.repeat(101)}}`,
  ])
    expect(() => planOfText(text, 'plan.json')).toThrow(
      expect.objectContaining({ code: 'changes.plan_damaged', detail: { where: 'plan.json' } }),
    );
  expect(() => planOfText('{"planned":[]}', 'plan.json')).toThrow(
    expect.objectContaining({ code: 'changes.plan_damaged', detail: { reason: 'kind' } }),
  );
});

test('a plan’s file leads to no other folder, and is called nothing that deceives', async () => {
  for (const name of [
    'people.csv',
    '../people.csv',
    '/home/people.csv',
    '..\\people.csv',
    '\\\\host\\people.csv',
  ])
    expect(besidePlan('/plans/plan.json', name)).toBe('/plans/people.csv');
  const file = await fileOf();
  const titled = (title: string) => open(edited(file, (copy) => Object.assign(copy, { title })));
  for (const title of ['users.\u202Eetad', '../x', 'x'.repeat(65), '', '{{x}}', '__proto__'])
    await expect(titled(title)).rejects.toMatchObject({
      code: 'changes.plan_damaged',
      detail: { reason: 'title' },
    });
  const { title } = await titled('constructor');
  expect(changeTitle(commandWords.t, title)).toBe('Edit user');
  for (const name of ['constructor', 'users.true', 'users.nothing', 'constructor.true', '__proto__'])
    expect(changeTitle(commandWords.t, name)).toBe(name);
  expect(changeTitle(commandWords.t, 'users.suspend.false')).toBe('Reactivate');
  // One that has no word for its side has its own.
  expect(changeTitle(commandWords.t, 'users.update.true')).toBe('Edit user');
});

test('a plan’s file gives nobody another one’s name', async () => {
  const [user, other] = server.tenant.users;
  if (!user || !other) return expect.fail('no users');
  [user.name, other.name] = ['Ada', 'Grace'];
  const role = String(server.tenant.roles.find(({ type }) => type === 'User')?.id);
  server.tenant.usersByRole.get(role)?.delete(user.id);
  const on = { kind: 'ids' as const, ids: [user.id] };
  const asked = [
    { operation: 'users.delete', on },
    { operation: 'users.addRoles', on, values: { roleIds: [role] } },
    { operation: 'users.create', on: { kind: 'new' as const }, values: { username: 'mallory' } },
  ];
  for (const one of asked) {
    const plan = await planOf(held.core, { profile, ...one });
    const file = JSON.parse(JSON.stringify(await held.core.changes.planFile(plan.id))) as PlanFile;
    const lying = edited(file, ({ planned }) => {
      for (const { change } of planned) change.target.label = 'Grace';
    });
    const { items } = await held.core.changes.planned((await open(lying)).id, { offset: 0, limit: 1 });
    const isNew = one.operation === 'users.create';
    expect(items[0]?.change.target, one.operation).toMatchObject(
      isNew ? { label: '' } : { id: user.id, label: 'Ada' },
    );
  }
});

test('a name that grows by what is masked in it keeps no plan from being applied, nor does an ID without end', async () => {
  const user = first();
  user.name = `?${'key=1&'.repeat(30)}`.slice(0, 128);
  const on = { kind: 'ids' as const, ids: [user.id] };
  const values = { 'customData.mark': 1 };
  const plan = await planOf(held.core, { profile, operation: 'users.update', on, values });
  await open(JSON.parse(JSON.stringify(await held.core.changes.planFile(plan.id))));
  expect(await applied(held.core, plan.id)).toMatchObject({
    state: 'done',
    result: { outcomes: { done: 1 } },
  });
  const target = (id: string) => ({ resource: 'users', id, parent: '', label: '' });
  const items = [user.id, 'x'.repeat(5_000)].map((id) => ({
    operation: 'users.update',
    target: target(id),
    values: { 'customData.mark': 2 },
  }));
  const both = await held.core.changes.planItems(profile, items, { title: 'import' });
  expect(both.counts).toMatchObject({ change: 1, refused: 1 });
  expect(await applied(held.core, both.id)).toMatchObject({
    state: 'done',
    result: { outcomes: { done: 1 } },
  });
});
