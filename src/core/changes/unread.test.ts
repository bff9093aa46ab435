import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  applied,
  type Changeable,
  journalOf,
  openChangeable,
  plannedOf,
  planOf,
} from '../../doors/changes-testing.ts';
import { unread } from '../../shared/change/secrets.ts';

let server: Changeable['server'];
let held: Changeable['held'];
let profile: string;
let close: Changeable['close'];

beforeEach(async () => {
  ({ server, held, profile, close } = await openChangeable(12, { tenant: { longNames: [7] } }));
});
afterEach(() => close());

const failing = () => server.tenant.users[7] ?? expect.fail('no user');
const rename = { operation: 'users.update', values: { name: 'Kim' } };
const asked = (change: { operation: string; values?: object }, text?: string) =>
  planOf(held.core, {
    profile,
    ...change,
    values: { ...change.values },
    on: text === undefined ? { kind: 'ids', ids: [failing().id] } : { kind: 'pasted', text },
  });

test('a user whom the server fails on is given a new name, though nobody knows the old one; it is not undone', async () => {
  const { core } = held;
  const plan = await asked(rename);
  expect(plan.counts).toMatchObject({ change: 1, refused: 0, neverUndone: 1 });
  const [planned] = await plannedOf(core, plan.id);
  expect(planned).toMatchObject({
    undoable: 'never',
    change: { before: { name: unread }, after: { name: 'Kim' } },
  });
  const job = await applied(core, plan.id);
  expect(job.result?.outcomes).toMatchObject({ done: 1 });
  expect(failing().name).toBe('Kim');
  const [entry] = await journalOf(core, profile);
  expect(entry).toMatchObject({ outcome: 'done', before: { name: unread }, after: { name: 'Kim' } });
  const undo = await core.changes.undo(profile, { job: job.result?.run ?? '' });
  expect((await plannedOf(core, undo.id)).map(({ guard }) => guard)).toEqual(['never-read']);
});

test('it is found by its ID in a list; what is not there is not', async () => {
  const { core } = held;
  const plan = await asked(rename, `${failing().id}\nabcdefghijkl`);
  expect((await plannedOf(core, plan.id)).map(({ verdict, guard }) => [verdict, guard])).toEqual([
    ['change', null],
    ['refused', 'not-found'],
  ]);
});

test('nothing but a name that can be read is given it; nothing else is done to it', async () => {
  const { core } = held;
  const guardOf = async (change: { operation: string; values?: object }) =>
    (await plannedOf(core, (await asked(change)).id))[0]?.guard;
  expect(await guardOf({ operation: 'users.update', values: { name: '😀'.repeat(65) } })).toBe('too-long');
  const unreadable = 'not-read-completely';
  expect(await guardOf({ operation: 'users.update', values: { name: 'Kim', username: 'kim' } })).toBe(
    unreadable,
  );
  expect(await guardOf({ operation: 'users.update', values: { name: null } })).toBe(unreadable);
  expect(await guardOf({ operation: 'users.suspend', values: { isSuspended: true } })).toBe(unreadable);
  expect(await guardOf({ operation: 'users.delete' })).toBe(unreadable);
});

test('a saved plan for it is applied from its file; once it can be read, it has changed since', async () => {
  const { core } = held;
  const file = JSON.parse(JSON.stringify(await core.changes.planFile((await asked(rename)).id)));
  expect((await core.changes.openPlan(profile, file)).counts).toMatchObject({ change: 1 });
  const plan = await asked(rename);
  failing().name = 'Cured by somebody';
  expect((await applied(core, plan.id)).result?.outcomes).toMatchObject({ moved: 1 });
  expect(failing().name).toBe('Cured by somebody');
  await expect(core.changes.openPlan(profile, file)).rejects.toMatchObject({ code: 'changes.plan_moved' });
});
