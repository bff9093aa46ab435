import { afterEach, beforeEach, expect, test } from 'vitest';
import { applied, type Changeable, journalOf, openChangeable, planOf } from '../../doors/changes-testing.ts';

let server: Changeable['server'];
let held: Changeable['held'];
let profile: string;
let close: Changeable['close'];

beforeEach(async () => {
  ({ server, held, profile, close } = await openChangeable(10));
});
afterEach(() => close());

test('what nobody could see is seen by another look, and not sent again', async () => {
  const { core } = held;
  const [user] = server.tenant.users;
  if (!user) throw new Error('no user');
  const plan = await planOf(core, {
    profile,
    operation: 'users.suspend',
    on: { kind: 'ids', ids: [user.id] },
    values: { isSuspended: user.isSuspended !== true },
  });
  const wanted = user.isSuspended !== true;
  const isWrite = ({ method }: { method: string }) => method === 'PATCH';
  let written = false;
  server.faults.add(
    { kind: 'cut' },
    {
      on: (one) => {
        written ||= isWrite(one);
        return isWrite(one);
      },
    },
  );
  // The server that carried it out cannot be read for a while.
  server.faults.add(
    { kind: 'status', status: 500 },
    { on: ({ method }) => written && method === 'GET', times: 50 },
  );
  const job = await applied(core, plan.id);
  expect(job.result).toMatchObject({ outcomes: { unknown: 1 } });
  const [entry] = await journalOf(core, profile);
  expect(entry).toMatchObject({ outcome: 'unknown' });
  // It may stand: nobody may say that there is nothing to undo.
  expect(await core.changes.stands(profile, entry?.job ?? '')).toBe(true);
  const id = entry?.id ?? 0;
  written = false;
  expect(await core.changes.openEntries.lookAgain(profile, [id])).toEqual({ settled: 1 });
  expect((await journalOf(core, profile))[0]).toMatchObject({ id, outcome: 'done' });
  expect(user.isSuspended).toBe(wanted);
  expect(server.seen.filter(isWrite)).toHaveLength(1);
  // What is known is not looked at again.
  expect(await core.changes.openEntries.lookAgain(profile, [id])).toEqual({ settled: 0 });
});
