import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSimulator, jobOf, type TestCore, testCore } from '../../../doors/testing.ts';
import type { PlanningStep } from '../../../shared/change/planning.ts';
import { type Simulator, startSimulator } from '../../../simulator/server.ts';
import { type ImportAsked, planImport, writeFailedLines } from './plan-import.ts';
import { folderFor, readAll } from './testing.ts';

let simulator: Simulator;
let held: TestCore;
let profile: string;
const files = folderFor();

beforeAll(async () => {
  simulator = await startSimulator({ users: 50, logs: 1, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, simulator)).id;
  await held.core.profiles.setAccess(profile, 'read-write');
});
afterAll(async () => {
  files[Symbol.dispose]();
  await held[Symbol.asyncDispose]();
  await simulator[Symbol.asyncDispose]();
});

const deps = () => {
  const { pages, sessionOf, changes, settings } = held.core;
  return { pages, sessionOf, changes, settings };
};
const planned = async (name: string, content: string, asked: Partial<ImportAsked> = {}) => {
  const path = files.write(name, content);
  return planImport(deps(), { profile, path, kind: 'users', ...asked });
};
const itemsOf = async (plan: string) =>
  (await held.core.changes.planned(plan, { offset: 0, limit: 500 })).items.map(
    ({ line, verdict, guard, about }) => [line, verdict, ...(guard ? [guard, about] : [])],
  );
const apply = async (plan: string) => {
  await held.core.changes.unlock(profile);
  const asked = await held.core.changes.applying(plan, { door: 'terminal' });
  const job = await held.core.startJob('changes', asked);
  return jobOf(await held.core.jobs.ended(job.id), 'changes');
};

test('every line has its verdict, the server’s own rules are held against it, and a second run finds nothing to do', async () => {
  const csv = `email,name,password\nnew1@import.test,${'😀'.repeat(65)},a-good-Passw0rd\nnew2@import.test,Two,a-good-Passw0rd\nnew3@import.test,a\0b,\nnew4@import.test,Four,\n`;
  const { about, lines } = await planned('people.csv', csv);
  expect(lines).toBe(4);
  expect(await itemsOf(about.id)).toEqual([
    [2, 'refused', 'too-long', 'name'],
    [3, 'create'],
    [4, 'refused', 'nul', 'name'],
    [5, 'create'],
  ]);
  const plan = await held.core.changes.planFile(about.id);
  expect(plan).toMatchObject({ title: 'import', source: { name: 'people.csv', sheet: null } });
  expect(JSON.stringify(plan)).not.toContain('Passw0rd');
  const job = await apply(about.id);
  expect(job.result?.outcomes).toMatchObject({ done: 2 });
  expect(
    simulator.tenant.users.find(({ primaryEmail }) => primaryEmail === 'new2@import.test'),
  ).toMatchObject({
    name: 'Two',
    hasPassword: true,
  });
  const again = await planned('people.csv', csv, { keepPasswords: true });
  expect(again.about.counts).toMatchObject({ create: 0, change: 0, unchanged: 2, refused: 2 });
  expect(JSON.stringify(held.log.lines)).not.toContain('Passw0rd');
});

test('what was said of columns is remembered for files of the same headings, and can be said anew', async () => {
  const csv = 'Contact,Note\nm@import.test,x\n';
  await expect(planned('a.csv', csv)).rejects.toMatchObject({ code: 'import.columns' });
  const said = await planned('a.csv', csv, { map: { Contact: 'primaryEmail' } });
  expect([said.columns, said.leftOut]).toEqual([[{ heading: 'Contact', field: 'primaryEmail' }], ['Note']]);
  expect((await planned('b.csv', csv)).columns).toEqual(said.columns);
  const more = await planned('b.csv', csv, { map: { Note: 'customData.note' } });
  expect(more.columns.map(({ field }) => field)).toEqual(['primaryEmail', 'customData.note']);
  expect((await planned('c.csv', csv)).leftOut).toEqual([]);
  await expect(planned('d.csv', 'Contact\nm@import.test\n')).rejects.toMatchObject({
    code: 'import.columns',
  });
});

test('failed lines are read from the file that was planned with', async () => {
  const asked = { profile, path: files.write('f.csv', 'email\na@import.test\nb\n'), kind: 'users' as const };
  const failed = join(files.folder, 'failed.csv');
  expect(await writeFailedLines(deps(), asked, failed, (line) => (line === 3 ? 'why' : null))).toBe(1);
  expect((await readAll(failed)).lines).toEqual([{ line: 2, cells: ['b', 'why'] }]);
});

test('a plan whose file changed since is not applied with other secrets: it points at a line, not at what is there now', async () => {
  const csv = 'email,password\ns1@import.test,first-Passw0rd\n';
  const { about } = await planned('s.csv', csv);
  appendFileSync(join(files.folder, 's.csv'), 's2@import.test,second-Passw0rd\n');
  // What was read when it was planned is what is sent.
  expect((await apply(about.id)).result?.outcomes).toMatchObject({ done: 1 });
});

test('every step of a plan is told: lines, the present state, changes', async () => {
  const { users } = simulator.tenant;
  const csv = ['id,name', ...users.map(({ id }) => `${id},Told`), ''].join('\n');
  const steps: PlanningStep[] = [];
  const path = files.write('told.csv', csv);
  const asked = { profile, path, kind: 'users' as const };
  await planImport(deps(), asked, { onStep: (step) => steps.push(step) });
  const { length } = users;
  expect(steps.map(({ stage }) => stage)).toEqual(['lines', 'reading', 'checking']);
  expect(steps.map(({ count, total }) => [count, total])).toEqual([
    [length, null],
    [length, length],
    [length, length],
  ]);
  steps.length = 0;
  const on = { kind: 'view' as const, query: { profile, resource: 'users', filters: {} } };
  const change = { profile, operation: 'users.update', on, values: { name: 'Told' }, unset: [], forced: [] };
  await held.core.changes.plan(change, { onStep: (step) => steps.push(step) });
  expect(steps[0]).toMatchObject({ stage: 'rows', total: null });
  expect(steps.at(-1)).toEqual({ stage: 'checking', count: length, total: length });
});

test('another user’s row in the place of one that is looked up gets no line for that user', async () => {
  const [user, other] = simulator.tenant.users;
  if (!user || !other) return expect.fail('no users');
  // What is masked in lists is read from the user itself.
  user.customData = { apiToken: 'a-token-that-is-masked', plan: 'free' };
  simulator.faults.add(
    { kind: 'status', status: 200, body: { ...other, customData: { plan: 'free' } } },
    { on: ({ method, path }) => method === 'GET' && path === `/api/users/${user.id}` },
  );
  const line = `id,customData.plan\n${user.id},pro\n`;
  await expect(planned('lied.csv', line)).rejects.toMatchObject({ code: 'changes.incomplete' });
  simulator.faults.clear();
  const { about } = await planned('lied.csv', line);
  const { items } = await held.core.changes.planned(about.id, { offset: 0, limit: 5 });
  expect(items.map(({ change }) => change.target.id)).toEqual([user.id]);
});
