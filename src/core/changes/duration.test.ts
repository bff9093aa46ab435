import { afterAll, beforeAll, expect, test } from 'vitest';
import { applied, type Changeable, openChangeable, planOf } from '../../doors/changes-testing.ts';
import type { PlannedRequest } from '../../shared/change/change.ts';
import { Duration, noReads, SavingReads } from './duration.ts';

let open: Changeable;
beforeAll(async () => {
  open = await openChangeable(40);
});
afterAll(() => open.close());

const request = (text: string, body?: unknown): PlannedRequest => {
  const [method, path] = text.split(' ');
  return { method: method as PlannedRequest['method'], path: `/api/${path}`, body };
};

/** Changes of as many objects, a request each. */
const ofMany = (count: number, one: PlannedRequest, reads = noReads()) => {
  const duration = new Duration();
  for (let at = 0; at < count; at += 1) duration.note(String(at), [one], reads);
  return duration;
};

const oss = { kind: 'oss' } as const;

/** What was measured at four at a time, in a second (WRITES, cost). */
test.each([
  ['POST users', { username: 'a' }, 66],
  ['POST users', { password: { secret: 'entered', key: 'k' } }, 13],
  ['POST users', { passwordDigest: 'x', passwordAlgorithm: 'Bcrypt' }, 236],
  ['PATCH users/u1', { name: 'A' }, 290],
  ['PATCH users/u1/is-suspended', { isSuspended: true }, 231],
  ['PATCH users/u1/password', { password: 'p' }, 13],
  ['POST users/u1/roles', { roleIds: ['r'] }, 291],
  ['DELETE users/u1', undefined, 153],
] as const)('%s %j: as many in a second as a server does', (text, body, inASecond) => {
  const seconds = ofMany(1_000, request(text, body)).msOf(oss) / 1_000;
  expect(1_000 / seconds).toBeCloseTo(inASecond, 0);
});

test('what is read takes its time, pages of lists more than single objects', () => {
  const remove = request('DELETE users/u1');
  const bare = ofMany(1_000, remove).msOf(oss);
  expect(ofMany(1_000, remove, { rows: 1, pages: 0 }).msOf(oss) - bare).toBeCloseTo(
    1_000 * (1_000 / 380),
    -1,
  );
  expect(ofMany(1_000, remove, { rows: 0, pages: 1 }).msOf(oss) - bare).toBeCloseTo(1_000 * (100 / 9), -1);
});

test('the requests of one object are sent one at a time, however many there are', () => {
  const duration = new Duration();
  const requests = Array.from({ length: 250 }, (_, at) => request(`DELETE organizations/o/users/u${at}`));
  duration.note('o', requests, noReads());
  expect(duration.msOf(oss)).toBe(Math.round((250 / 99) * 1_000));
});

test('a bulk array takes as long as its rows, and nothing runs beside it', () => {
  const userIds = Array.from({ length: 250 }, (_, at) => `u${at}`);
  expect(ofMany(4, request('POST roles/r/users', { userIds })).msOf(oss)).toBe(4 * (28 + 125));
});

test('a Cloud tenant takes its pace, whatever the requests are', () => {
  const duration = ofMany(190, request('PATCH users/u1', { name: 'A' }));
  expect(duration.requests).toBe(190);
  expect(duration.msOf({ kind: 'cloud' })).toBe(10_000);
});

test('deletes that were not counted are held to need what others do', () => {
  const saving = new SavingReads();
  expect(saving.usual('users.delete', 4)).toEqual({ rows: 4, pages: 0 });
  saving.note('users.delete', { rows: 3, pages: 1 });
  saving.note('users.delete', { rows: 5, pages: 3 });
  expect(saving.usual('users.delete', 4)).toEqual({ rows: 4, pages: 2 });
  expect(saving.usual('roles.delete', 2)).toEqual({ rows: 2, pages: 0 });
});

test('a plan tells the requests that it sends, with all that deletes read to be saved', async () => {
  const { server, held, profile, user } = open;
  const on = { kind: 'ids' as const, ids: Array.from({ length: 10 }, (_, at) => user(at).id) };
  const told = async (operation: string, values = {}, counting?: number) => {
    const items = on.ids.map((id) => ({
      operation,
      target: { resource: 'users', id, parent: '', label: '' },
      values,
    }));
    const how = { title: operation, ...(counting === undefined ? {} : { counting }) };
    return held.core.changes.planItems(profile, items, how);
  };
  const renamed = await told('users.update', { 'customData.wave': 'third' });
  expect(renamed).toMatchObject({ requests: 20, takesMs: Math.round(10 * (1_000 / 380 + 1_000 / 290)) });
  const deleted = await told('users.delete');
  // What could not be counted any more is held to be as much as of the others.
  const guessed = await told('users.delete', {}, 9);
  expect(guessed.uncounted).toBeGreaterThan(0);
  expect(Math.abs(guessed.requests - deleted.requests)).toBeLessThanOrEqual(10);
  const before = server.seen.length;
  const job = await applied(
    held.core,
    deleted.id,
    deleted.confirm === null ? {} : { confirm: deleted.confirm },
  );
  expect(job.result).toMatchObject({ outcomes: { done: 10 } });
  const sent = server.seen.slice(before).filter(({ path }) => path !== '/oidc/token');
  expect(deleted.requests).toBe(sent.length);
  expect(deleted.takesMs).toBeGreaterThan(renamed.takesMs * 2);
});

test('making users with passwords takes five times as long as without', async () => {
  const { held, profile } = open;
  const takes = async (values: Record<string, unknown>) => {
    const plan = await planOf(held.core, {
      profile,
      operation: 'users.create',
      on: { kind: 'new' },
      values: { username: 'made_here', ...values },
    });
    return plan.takesMs;
  };
  const without = await takes({});
  const withPassword = await takes({ password: held.core.changes.keepSecret('Correct-Horse-9-Battery') });
  expect(withPassword - without).toBe(Math.round(100 - 1_000 / 38));
});
