import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applied, type Changeable, journalOf, openChangeable } from '../../doors/changes-testing.ts';
import { sized } from '../../doors/full.ts';
import type { Fault } from '../../simulator/faults.ts';
import type { PlanItem } from './plan.ts';

let server: Changeable['server'];
let held: Changeable['held'];
let profile: string;
let close: Changeable['close'];
const count = 24;

beforeEach(async () => {
  ({ server, held, profile, close } = await openChangeable(count));
});
afterEach(() => close());

/** What goes wrong with a write, or nothing; and whether another writer changes the object first. */
const anyFault = fc.constantFrom<(Fault | 'drift' | null)[]>(
  null,
  { kind: 'cut', when: 'before' },
  { kind: 'cut', when: 'after' },
  { kind: 'status', status: 500, when: 'before' },
  { kind: 'status', status: 503, when: 'after' },
  { kind: 'html', status: 502, when: 'after' },
  { kind: 'status', status: 422, when: 'before' },
  { kind: 'half' },
  // A proxy's own page, called good, in the place of an answer.
  { kind: 'html', status: 200, when: 'before' },
  { kind: 'html', status: 200, when: 'after' },
  'drift',
);

const isWrite = ({ method, path }: { method: string; path: string }) =>
  method !== 'GET' && path.startsWith('/api/');

test('whatever fails, no change is sent twice, and the journal says what became of each', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyFault, { minLength: count, maxLength: count }),
      fc.integer({ min: 1, max: 1_000_000 }),
      async (faults, mark) => {
        const { core } = held;
        const users = server.tenant.users.slice(0, count).map((user) => user);
        const role = String(server.tenant.roles.find(({ type }) => type === 'User')?.id);
        const holders = server.tenant.usersByRole.get(role) ?? new Set();
        // A third of the changes each edits, gives a role, and deletes nobody whom the next run needs.
        for (const user of users) holders.delete(user.id);
        const items = users.map((user, at): PlanItem => {
          const target = { resource: 'users', id: user.id, parent: '', label: '' };
          return at % 2 === 0
            ? { operation: 'users.update', target, values: { 'customData.mark': mark } }
            : { operation: 'users.addRoles', target, values: { roleIds: [role] } };
        });
        for (const user of users) user.customData = {};
        const plan = await core.changes.planItems(profile, items, { title: 'import' });
        expect(plan.counts.change).toBe(count);
        server.faults.clear();
        faults.forEach((fault, at) => {
          const user = users[at];
          if (!user || fault === null) return;
          if (fault === 'drift') {
            if (at % 2 === 0) user.customData = { other: at };
            else holders.add(user.id);
          } else server.faults.add(fault, { on: (asked) => isWrite(asked) && asked.path.includes(user.id) });
        });
        const from = server.seen.length;
        const job = await applied(core, plan.id, { stopAfter: 1_000 });
        expect(job.state).toBe('done');
        const sent = server.seen.slice(from).filter(isWrite);
        expect(new Set(sent.map(({ path }) => path)).size).toBe(sent.length);
        const entries = (await journalOf(core, profile)).filter(({ job: run }) => run === job.result?.run);
        expect(entries).toHaveLength(count);
        for (const entry of entries) {
          const at = users.findIndex(({ id }) => id === entry.target.id);
          const user = users[at];
          const isMade = at % 2 === 0 ? user?.customData?.mark === mark : holders.has(entry.target.id);
          const isDrift = faults[at] === 'drift';
          const expected = isDrift ? (at % 2 === 0 ? 'moved' : 'unchanged') : isMade ? 'done' : 'not-done';
          expect(entry.outcome).toBe(expected);
          if (isDrift) expect(sent.some(({ path }) => path.includes(entry.target.id))).toBe(false);
        }
      },
    ),
    { numRuns: sized(100, 6), endOnFailure: true },
  );
}, 600_000);

test('a change that is refused for the pace waits as long as the server asks, and is made once', async () => {
  const { core } = held;
  const items = server.tenant.users.map(
    ({ id }): PlanItem => ({
      operation: 'users.update',
      target: { resource: 'users', id, parent: '', label: '' },
      values: { 'customData.mark': 3 },
    }),
  );
  const plan = await core.changes.planItems(profile, items, { title: 'import' });
  server.faults.add(
    { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
    { on: isWrite, times: count / 2 },
  );
  const from = server.seen.length;
  const job = await applied(core, plan.id);
  expect(job.result?.outcomes).toMatchObject({ done: count, 'not-done': 0, unknown: 0 });
  expect(server.seen.slice(from).filter(isWrite)).toHaveLength(count + count / 2);
  for (const user of server.tenant.users) expect(user.customData).toMatchObject({ mark: 3 });
});

test('a job stops after ten failures, and resumes where it was', async () => {
  const { core } = held;
  const items = server.tenant.users.map(
    ({ id }): PlanItem => ({
      operation: 'users.update',
      target: { resource: 'users', id, parent: '', label: '' },
      values: { 'customData.mark': 1 },
    }),
  );
  const plan = await core.changes.planItems(profile, items, { title: 'import' });
  server.faults.add({ kind: 'status', status: 500 }, { on: isWrite, times: 13 });
  const job = await applied(core, plan.id);
  expect(job).toMatchObject({ state: 'done', resumable: true, result: { stopped: true } });
  expect(job.result?.outcomes['not-done']).toBeLessThanOrEqual(13);
  server.faults.clear();
  const again = await core.resumeJob(job.id);
  expect(await core.jobs.ended(again?.id ?? '')).toMatchObject({
    state: 'done',
    resumable: false,
    result: { outcomes: { done: count, 'not-done': 0 } },
  });
  for (const user of server.tenant.users) expect(user.customData).toMatchObject({ mark: 1 });
});

test('a cancel ends with what was begun, and nothing is sent after it', async () => {
  const { core } = held;
  const items = server.tenant.users.map(
    ({ id }): PlanItem => ({
      operation: 'users.update',
      target: { resource: 'users', id, parent: '', label: '' },
      values: { 'customData.mark': 2 },
    }),
  );
  const plan = await core.changes.planItems(profile, items, { title: 'import' });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.faults.add({ kind: 'held', until: promise }, { on: isWrite });
  const started = await core.startJob('changes', await core.changes.applying(plan.id, { door: 'terminal' }));
  await expect.poll(() => server.tenant.users.some(({ customData }) => customData?.mark === 2)).toBe(true);
  const cancelled = core.jobs.cancel(started.id);
  resolve();
  await cancelled;
  const sent = server.seen.filter(isWrite).length;
  const entries = await journalOf(core, profile);
  expect(entries.filter(({ outcome }) => outcome === null)).toEqual([]);
  expect(entries.filter(({ outcome }) => outcome === 'done')).toHaveLength(
    server.tenant.users.filter(({ customData }) => customData?.mark === 2).length,
  );
  const again = await core.resumeJob(started.id);
  expect(await core.jobs.ended(again?.id ?? '')).toMatchObject({ result: { outcomes: { done: count } } });
  expect(server.seen.filter(isWrite)).toHaveLength(count);
  expect(sent).toBeLessThanOrEqual(count);
});
