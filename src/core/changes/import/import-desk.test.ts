import { existsSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addChangeable, applied, plannedOf } from '../../../doors/changes-testing.ts';
import { type TestCore, testCore } from '../../../doors/testing.ts';
import { type Simulator, startSimulator } from '../../../simulator/server.ts';
import { router } from '../../router.ts';

let server: Simulator;
let held: TestCore;
let profile: string;

beforeEach(async () => {
  server = await startSimulator({ users: 20, logs: 0, tied: [0, 0] });
  held = testCore();
  profile = (await addChangeable(held.core, server)).id;
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const caller = () =>
  router.createCaller({
    core: held.core,
    door: { kind: 'browser', chooseFile: async () => null, chooseFolder: async () => null },
  });

/** Hands a text over as a window does, in parts of so many bytes. */
const hand = async (name: string, text: string, partBytes = 64) => {
  const bytes = Buffer.from(text);
  const { file } = await caller().imports.begin({ name, bytes: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += partBytes) {
    const data = bytes.subarray(offset, offset + partBytes).toString('base64');
    await caller().imports.part({ file, offset, data });
  }
  return file;
};

test('a file is handed over in parts, looked at, planned, applied, and its failed lines are given again', async () => {
  const csv = [
    'Mail,name,password',
    ...Array.from({ length: 30 }, (_, at) => `in${at}@import.test,Person ${at},a-good-Passw0rd-${at}`),
    'not an email,Nobody,',
    '',
  ].join('\n');
  const file = await hand('../people.csv', csv);
  const look = await caller().imports.look({ profile, file, kind: 'users' });
  expect(look).toMatchObject({ format: 'csv', sheet: null });
  expect(look.columns.map(({ heading, field }) => [heading, field])).toEqual([
    ['Mail', 'primaryEmail'],
    ['name', 'name'],
    ['password', 'password'],
  ]);
  expect(look.columns[0]?.samples).toEqual(['in0@import.test', 'in1@import.test', 'in2@import.test']);
  expect(JSON.stringify(look)).not.toContain('Passw0rd');
  const about = await caller().imports.plan({ profile, file, kind: 'users' });
  expect(about.counts).toMatchObject({ create: 30, refused: 1 });
  const refused = (await plannedOf(held.core, about.id)).filter(({ verdict }) => verdict === 'refused');
  expect(refused.map(({ line, guard }) => [line, guard])).toEqual([[32, 'invalid-value']]);
  const before = await caller().imports.failed({ plan: about.id });
  expect(before).toMatchObject({ count: 1, name: expect.stringMatching(/people-failed\.csv$/) });
  expect(before.text).toContain('not an email,Nobody,,');
  // Somebody else takes an email meanwhile: that line fails, and is given again, too.
  const [other] = server.tenant.users;
  Object.assign(other ?? {}, { primaryEmail: 'in5@import.test' });
  const job = await applied(held.core, about.id);
  expect(job.result?.outcomes).toMatchObject({ done: 29 });
  const after = await caller().imports.failed({ profile, run: job.result?.run ?? '' });
  expect(after.count).toBe(2);
  expect(after.text).toContain('in5@import.test');
  expect(after.text.split('\n')).toHaveLength(4);
});

test('every line of an organization that is not changed is given again, a line whose own user fails alone', async () => {
  const { users, organizations } = server.tenant;
  const [one, two] = organizations;
  const csv = [
    'organization,description,logo,user',
    `${one?.id},x,,${users[0]?.id}`,
    `${one?.id},,javascript:1,${users[1]?.id}`,
    `${two?.id},x,,${users[0]?.id}`,
    `${two?.id},x,,${users[1]?.id}`,
    '',
  ].join('\n');
  const plan = await caller().imports.plan({ profile, file: await hand('o.csv', csv), kind: 'members' });
  expect(plan.counts).toMatchObject({ change: 5, refused: 1 });
  const before = await caller().imports.failed({ plan: plan.id });
  expect([before.count, before.text.match(/run a script/g)?.length]).toEqual([2, 2]);
  const joined = `/api/organizations/${two?.id}/users`;
  server.faults.add(
    { kind: 'status', status: 422, body: { code: 'entity.x', message: 'No.' } },
    { on: ({ method, path }) => method === 'POST' && path === joined, times: 1 },
  );
  const job = await applied(held.core, plan.id);
  expect(job.result?.outcomes).toMatchObject({ done: 4, 'not-done': 1 });
  expect(await caller().imports.failed({ profile, run: job.result?.run ?? '' })).toMatchObject({ count: 3 });
});

test('what seems to fill one field twice is left to the operator, and a mapping is remembered for members and users apart', async () => {
  const file = await hand('who.csv', 'email,mail,org\na@import.test,b@import.test,Acme\n');
  const fieldsFor = async (kind: 'users' | 'members') =>
    (await caller().imports.look({ profile, file, kind })).columns.map(({ field }) => field);
  expect(await fieldsFor('users')).toEqual(['primaryEmail', null, null]);
  const map = { email: 'customData.other', mail: 'primaryEmail', org: '' };
  await caller().imports.plan({ profile, file, kind: 'users', map });
  expect(await fieldsFor('users')).toEqual(['customData.other', 'primaryEmail', null]);
  expect(await fieldsFor('members')).toEqual(['user', null, 'organization']);
});

test('parts that do not come next, are too much, or of no file are refused; the lock takes everything away', async () => {
  const { imports, lock } = caller();
  const { file } = await imports.begin({ name: 'a.csv', bytes: 8 });
  const data = Buffer.from('email\n').toString('base64');
  const refused = { cause: { code: 'import.parts' } };
  await expect(imports.part({ file, offset: 2, data })).rejects.toMatchObject(refused);
  await imports.part({ file, offset: 0, data });
  await expect(imports.part({ file, offset: 6, data })).rejects.toMatchObject(refused);
  await expect(imports.look({ profile, file, kind: 'users' })).rejects.toMatchObject({
    cause: { code: 'import.gone' },
  });
  await expect(imports.begin({ name: 'a.csv', bytes: (256 << 20) + 1 })).rejects.toThrow();
  await expect(imports.part({ file, offset: 6, data: '../..' })).rejects.toThrow();
  await imports.part({ file, offset: 6, data: Buffer.from('x\n').toString('base64') });
  await expect(imports.look({ profile, file, kind: 'users' })).resolves.toMatchObject({ name: 'a.csv' });
  const [folder = ''] = readdirSync(`${held.dataDir}/scratch`);
  expect(existsSync(`${held.dataDir}/scratch/${folder}`)).toBe(true);
  await lock.close();
  await expect(imports.look({ profile, file, kind: 'users' })).rejects.toMatchObject({
    cause: { code: 'locked' },
  });
  await expect.poll(() => readdirSync(`${held.dataDir}/scratch/${folder}`)).toEqual([]);
});

test('a plan’s file says what it is, and is refused for another tenant, damaged, or without its passwords', async () => {
  const people = 'email,password\nplan@import.test,a-good-Passw0rd\n';
  const { imports, changes } = caller();
  const about = await imports.plan({ profile, file: await hand('people.csv', people), kind: 'users' });
  const text = JSON.stringify(await changes.planFile({ plan: about.id }));
  const file = await hand('import.plan.json', text, 4_096);
  expect(await imports.planAbout({ file })).toMatchObject({
    title: 'import',
    changes: 1,
    source: 'people.csv',
    tenant: { endpoint: server.endpoint },
  });
  const without = await imports.openPlan({ profile, file });
  expect(without.counts).toMatchObject({ create: 0, refused: 1 });
  const wrong = await hand('people.csv', people.replace('good', 'bad'));
  await expect(imports.openPlan({ profile, file, source: wrong })).rejects.toMatchObject({
    cause: { code: 'import.changed' },
  });
  const opened = await imports.openPlan({ profile, file, source: await hand('people.csv', people) });
  expect(opened.counts).toMatchObject({ create: 1 });
  expect((await applied(held.core, opened.id)).result?.outcomes).toMatchObject({ done: 1 });

  const hostile = await hand('h.json', text.replace('plan@import.test', 'evil@import.test'), 4_096);
  await expect(imports.planAbout({ file: hostile })).rejects.toMatchObject({
    cause: { code: 'changes.plan_damaged' },
  });
  await using other = await startSimulator({ users: 3, logs: 0, tied: [0, 0] });
  const { id } = await addChangeable(held.core, other, '', 'Other');
  await expect(imports.openPlan({ profile: id, file })).rejects.toMatchObject({
    cause: { code: 'changes.plan_foreign' },
  });
});

test('while a large file is planned, it is told how many lines were read, and then of how many changes', async () => {
  const lines = Array.from({ length: 620 }, (_, at) => `p${at}@import.test,Person ${at}`);
  const file = await hand('large.csv', ['email,name', ...lines, ''].join('\n'), 4_096);
  const ticket = crypto.randomUUID();
  const step = () => caller().changes.planning({ ticket });
  const { promise, resolve } = Promise.withResolvers<void>();
  // What comes after the first step waits.
  server.faults.add(
    { kind: 'held', until: promise },
    { on: ({ method }) => method === 'GET' && held.core.changes.planning.of(ticket) !== null, times: 1_000 },
  );
  const planning = caller().imports.plan({ profile, file, kind: 'users', ticket });
  await expect.poll(step).toEqual({ stage: 'lines', count: 500, total: null });
  resolve();
  expect((await planning).counts).toMatchObject({ create: 620 });
  expect(await step()).toBeNull();
});

test('of many files that are begun at the same time, four stay', async () => {
  const { imports } = caller();
  const begun = await Promise.all(
    Array.from({ length: 12 }, (_, at) => imports.begin({ name: `${at}.csv`, bytes: 4 })),
  );
  const data = Buffer.from('mail').toString('base64');
  const kept = await Promise.allSettled(begun.map(({ file }) => imports.part({ file, offset: 0, data })));
  expect(kept.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  const files = readdirSync(`${held.dataDir}/scratch`, { recursive: true }).map(String);
  expect(files.filter((name) => name.endsWith('.csv'))).toHaveLength(4);
});

test('lines of hostile JSON are refused one by one, and keep no other from being planned or given again', async () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const lines = [
    '{"username":"kim","customData":{"a":1},"name":"Kim"}',
    `{"username":"deep","customData":{"a":${deep(20_000)}}}`,
    `{"username":"some","customData":{"a":${deep(80)}}}`,
    `{"username":"name","name":${deep(20_000)}}`,
    '{"username":"proto","customData":{"__proto__":{"isAdmin":true}},"__proto__":{"name":"x"}}',
    '{"username":"many","customData":{"a":1e400}}',
    '{"username":"posing","customData":{"x":{"secret":"saved","entry":1,"field":"passwordDigest"}}}',
    '{"username":"lee","name":"Lee"}',
  ];
  const file = await hand('people.ndjson', `${lines.join('\n')}\n`, 1 << 20);
  const about = await caller().imports.plan({ profile, file, kind: 'users' });
  const planned = await plannedOf(held.core, about.id);
  expect(planned.map(({ line, verdict, guard }) => [line, guard ?? verdict])).toEqual([
    [1, 'create'],
    [2, 'unreadable-line'],
    [3, 'unreadable-line'],
    [4, 'unreadable-line'],
    [5, 'create'],
    [6, 'not-read-completely'],
    [7, 'not-changeable'],
    [8, 'create'],
  ]);
  expect(await caller().imports.failed({ plan: about.id })).toMatchObject({ count: 5 });
  expect(await applied(held.core, about.id)).toMatchObject({
    state: 'done',
    result: { outcomes: { done: 3 } },
  });
  const made = server.tenant.users.find(({ username }) => username === 'proto');
  expect(made).toMatchObject({ username: 'proto', name: null });
  expect('isAdmin' in {}).toBe(false);
});
