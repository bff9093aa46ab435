import { afterEach, expect, test } from 'vitest';
import {
  applied,
  type Changeable,
  journalOf,
  openChangeable,
  plannedOf,
  planOf,
} from '../../doors/changes-testing.ts';
import type { Guard } from '../../shared/change/plan.ts';

let open: Changeable;
afterEach(() => open.close());

/** A tenant with a role that the first so many users have. */
const holding = async (
  count: number,
  tenant: NonNullable<Parameters<typeof openChangeable>[1]>['tenant'],
) => {
  open = await openChangeable(300, { tenant: tenant ?? {} });
  const { usersByRole, users, roles } = open.server.tenant;
  const role = roles.find(({ type, name }) => type === 'User' && !`${name}`.startsWith('#'));
  const id = String(role?.id);
  usersByRole.set(id, new Set(users.slice(0, count).map((user) => user.id)));
  const deleting = (...forced: Guard[]) =>
    planOf(open.held.core, {
      profile: open.profile,
      operation: 'roles.delete',
      on: { kind: 'ids', ids: [id] },
      forced: ['in-use', ...forced],
    });
  return { id, deleting };
};

const only = async (plan: string) => (await plannedOf(open.held.core, plan))[0];

test('rows that pages hide behind ties are found by pages of other sizes: a role of many is deleted and comes back', async () => {
  const { id, deleting } = await holding(250, { tied: [0, 300], drawnTies: true });
  const plan = await deleting();
  expect(await only(plan.id)).toMatchObject({ verdict: 'delete', guard: null });
  expect(plan.taken).toContainEqual({ list: 'role-users', count: 250, isBack: true });
  // Pages of the usual size alone do not give all.
  expect(open.server.seen.some(({ query }) => query.get('page_size') === '97')).toBe(true);
  const job = await applied(open.held.core, plan.id, plan.confirm === null ? {} : { confirm: plan.confirm });
  expect(job.result).toMatchObject({ outcomes: { done: 1 } });
  const undo = await open.held.core.changes.undo(open.profile, { job: job.result?.run ?? '' });
  const back = (await only(undo.id))?.change.after;
  expect(new Set(back?.userIds as string[]).size).toBe(250);
  expect(open.server.tenant.usersByRole.has(id)).toBe(false);
});

test('behind a proxy that drops the count a page that is not full is all, and several pages prove nothing', async () => {
  const { id, deleting } = await holding(99, { dropsTotals: true });
  expect(await only((await deleting()).id)).toMatchObject({ verdict: 'delete' });
  const { users, usersByRole } = open.server.tenant;
  usersByRole.set(id, new Set(users.slice(0, 150).map((user) => user.id)));
  expect(await only((await deleting()).id)).toMatchObject({ verdict: 'refused', guard: 'rows-hidden' });
});

test('whoever names the guard is told that what lacks is not saved, and the change is made', async () => {
  const { id, deleting } = await holding(150, { dropsTotals: true, tied: [0, 300], drawnTies: true });
  const plan = await deleting('rows-hidden');
  expect(plan).toMatchObject({ forced: ['in-use', 'rows-hidden'], counts: { delete: 1, refused: 0 } });
  expect(plan.losses).toContain('rowsHidden');
  // All that can be found without a count is saved.
  expect(plan.taken).toContainEqual({ list: 'role-users', count: 150, isBack: true });
  const job = await applied(open.held.core, plan.id, plan.confirm === null ? {} : { confirm: plan.confirm });
  expect(job.result).toMatchObject({ outcomes: { done: 1 } });
  expect(open.server.tenant.roles.some((role) => role.id === id)).toBe(false);
});

test('a set that the server fails on a page of is refused, and taken as far as it can be read by whoever names the guard', async () => {
  const { id, deleting } = await holding(150, { longNames: [7], tied: [0, 0] });
  expect(await only((await deleting()).id)).toMatchObject({ verdict: 'refused', guard: 'rows-hidden' });
  const plan = await deleting('rows-hidden');
  expect(plan).toMatchObject({
    counts: { delete: 1, refused: 0 },
    losses: expect.arrayContaining(['rowsHidden']),
  });
  const count = plan.taken.find(({ list }) => list === 'role-users')?.count ?? 0;
  expect(count).toBeGreaterThan(50);
  expect(count).toBeLessThan(150);
  const job = await applied(open.held.core, plan.id, plan.confirm === null ? {} : { confirm: plan.confirm });
  expect(job.result).toMatchObject({ outcomes: { done: 1 } });
  expect(open.server.tenant.roles.some((role) => role.id === id)).toBe(false);
});

test('a count that is told too low proves nothing, also where it ends with a page', async () => {
  const { deleting } = await holding(150, { tellsAtMost: 100 });
  expect(await only((await deleting()).id)).toMatchObject({ verdict: 'refused', guard: 'rows-hidden' });
});

test('of a set that cannot be read nothing is said to be gone already, neither by a plan nor once it is applied', async () => {
  open = await openChangeable(10, {});
  const { held, server, profile } = open;
  const role = server.tenant.roles.find(({ type, name }) => type === 'User' && !`${name}`.startsWith('#'));
  const id = String(role?.id);
  const [one, two] = [open.user(0).id, open.user(1).id];
  server.tenant.usersByRole.set(id, new Set([one, two]));
  const fail = () =>
    server.faults.add({ kind: 'status', status: 500 }, { on: `/api/users/${one}/roles`, times: 1_000 });
  const removing = (...ids: string[]) =>
    planOf(held.core, {
      profile,
      operation: 'users.removeRoles',
      on: { kind: 'ids', ids },
      values: { roleIds: [id] },
      forced: ['rows-hidden', 'empties-set'],
    });
  const readable = await removing(one, two);
  fail();
  const plan = await removing(one, two);
  expect((await plannedOf(held.core, plan.id)).map(({ verdict, guard }) => guard ?? verdict)).toEqual([
    'not-read-completely',
    'change',
  ]);
  expect(await only((await removing(one)).id)).toMatchObject({ guard: 'not-read-completely' });
  const job = await applied(held.core, readable.id);
  expect(job.result?.outcomes).toMatchObject({ done: 1, unchanged: 0, moved: 0, 'not-done': 1 });
  const entries = await journalOf(held.core, profile);
  expect(entries.find(({ target }) => target.id === one)).toMatchObject({
    outcome: 'not-done',
    error: { code: 'changes.rows_hidden' },
  });
  expect([...(server.tenant.usersByRole.get(id) ?? [])]).toEqual([one]);
});

test('what was added to a set that could not be read is not taken out by undoing: it may have been there', async () => {
  open = await openChangeable(10, {});
  const { held, server, profile } = open;
  const { id } = open.user(0);
  const [organization] = server.tenant.organizations;
  const joining = (...forced: Guard[]) =>
    planOf(held.core, {
      profile,
      operation: 'users.addToOrganization',
      on: { kind: 'ids', ids: [id] },
      values: { organizationId: String(organization?.id), organizationRoleIds: [] },
      forced,
    });
  await applied(held.core, (await joining()).id);
  server.faults.add({ kind: 'status', status: 500 }, { on: `/api/users/${id}/organizations`, times: 1_000 });
  const plan = await joining('rows-hidden');
  expect(plan.counts).toMatchObject({ partlyUndone: 1 });
  expect(await only(plan.id)).toMatchObject({ undoable: 'partly' });
  const job = await applied(held.core, plan.id);
  expect(job.result?.outcomes).toMatchObject({ done: 1 });
  server.faults.clear();
  const undo = await held.core.changes.undo(profile, { job: job.result?.run ?? '' });
  expect(await only(undo.id)).toMatchObject({ verdict: 'refused', guard: 'never-read' });
  expect((await joining()).counts).toMatchObject({ unchanged: 1 });
});
