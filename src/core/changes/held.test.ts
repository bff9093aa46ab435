import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Changeable, openChangeable, plannedOf, planOf } from '../../doors/changes-testing.ts';

let all: Changeable;
beforeAll(async () => {
  all = await openChangeable(8);
});
afterAll(() => all.close());

const planned = async (operation: string, ats: number[], values = {}) => {
  const { held, profile, user } = all;
  const on = { kind: 'ids' as const, ids: ats.map((at) => user(at).id) };
  const { id } = await planOf(held.core, { profile, operation, on, values });
  return (await plannedOf(held.core, id)).map(({ verdict, guard, about }) => [verdict, guard, about]);
};

test('what one user has no identity at is refused with those that it has', async () => {
  const { server, user } = all;
  server.tenant.parts.setIdentities(user(0), { github: { userId: 'g' }, google: { userId: 'o' } });
  server.tenant.parts.setIdentities(user(1), {});
  const has = ['refused', 'not-held', 'github, google'];
  expect(await planned('users.unlinkIdentity', [0], { target: 'gitlab' })).toEqual([has]);
  expect(await planned('users.unlinkIdentity', [0])).toEqual([has]);
  expect(await planned('users.unlinkIdentity', [1], { target: 'github' })).toEqual([
    ['refused', 'not-held', '—'],
  ]);
  expect(await planned('users.unlinkIdentity', [0], { target: 'github' })).toEqual([['change', null, '']]);
});

test('of many, those that have no such identity stay as they are; what nobody named is not done already', async () => {
  const { server, user } = all;
  server.tenant.parts.setIdentities(user(0), { github: { userId: 'g' }, google: { userId: 'o' } });
  server.tenant.parts.setIdentities(user(1), {});
  expect(await planned('users.unlinkIdentity', [0, 1], { target: 'github' })).toEqual([
    ['change', null, ''],
    ['unchanged', null, ''],
  ]);
  const missing = ['refused', 'invalid-value', 'target'];
  expect(await planned('users.unlinkIdentity', [0, 1])).toEqual([missing, missing]);
  const lacks = ['refused', 'invalid-value', 'roleIds'];
  expect(await planned('users.removeRoles', [0, 1])).toEqual([lacks, lacks]);
});

test('a factor that a user has not is refused with the kinds and IDs of those that it has', async () => {
  const { server, user } = all;
  const row = user(2);
  server.tenant.parts.mfa.set(row.id, [
    { id: 'f1', type: 'Totp', createdAt: '2026-01-01T00:00:00.000Z' },
    { id: 'f2', type: 'BackupCode', createdAt: '2026-01-01T00:00:00.000Z' },
  ]);
  expect(await planned('users.removeMfa', [2], { verificationIds: ['f9'] })).toEqual([
    ['refused', 'not-held', 'Totp (f1), BackupCode (f2)'],
  ]);
  expect(await planned('users.removeMfa', [2], { verificationIds: ['f2'] })).toEqual([['change', null, '']]);
  expect(await planned('users.removeMfa', [2])).toEqual([['change', null, '']]);
});
