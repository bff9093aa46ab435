import { expect, test } from 'vitest';
import { resourceOf } from './catalog/index.ts';
import {
  countedFirst,
  failuresQuery,
  hasFailedOtherwise,
  isSignInOrFailure,
  withFailures,
} from './failures.ts';
import type { Query } from './query.ts';

const logs = resourceOf('logs');
const [user, , address] = logs.adjacent ?? [];

test('failed sign-ins of an address are conditions, of a user a filter that the server knows', () => {
  const failed = [
    { column: 'payload.result', mode: 'is', value: 'Error' },
    { column: 'key', mode: 'contains', value: 'SignIn' },
  ];
  expect(address && failuresQuery('p', logs, address, '203.0.113.9')).toEqual({
    profile: 'p',
    resource: 'logs',
    filters: { time: ['7d'] },
    where: [{ column: 'payload.ip', mode: 'is', value: '203.0.113.9' }, ...failed],
  });
  expect(user && failuresQuery('p', logs, user, 'abc')).toMatchObject({
    filters: { time: ['7d'], user: ['abc'] },
    where: failed,
  });
  expect(address && failuresQuery('p', resourceOf('roles'), address, 'x')).toBeNull();
  // For a failure other than a sign-in, whatever failed.
  expect(user && failuresQuery('p', logs, user, 'abc', true)?.where).toEqual([failed[0]]);
  const log = (key: string, result: 'Success' | 'Error') =>
    hasFailedOtherwise({ key, payload: { key, result } });
  expect(log('ExchangeTokenBy.RefreshToken', 'Error')).toBe(true);
  expect(log('ExchangeTokenBy.RefreshToken', 'Success')).toBe(false);
  expect(log('Interaction.SignIn.Submit', 'Error')).toBe(false);
});

test('what failed is first counted by whom it hit, anything else by what tells most', () => {
  const of = (resource: string, change: Partial<Query> = {}) =>
    countedFirst({ profile: 'p', resource, filters: {}, ...change });
  const failed = address && failuresQuery('p', logs, address, '203.0.113.9');
  expect(of('logs', failed ?? {})).toBe('payload.userId');
  expect(of('logs', { ...failed, filters: { user: ['x'] } })).toBe('payload.applicationId');
  expect(of('logs')).toBe('key');
  expect(of('logs', { filters: { event: ['x'] } })).toBe('payload.result');
  expect(of('users')).toBe('isSuspended');
});

test('how signing in went, and whatever failed, is told from tokens that were given out', () => {
  const log = (key: string, result: 'Success' | 'Error' = 'Success') =>
    isSignInOrFailure({ key, payload: { key, result } });
  expect(log('Interaction.SignIn.Submit')).toBe(true);
  expect(log('Interaction.ForgotPassword.Identifier.VerificationCode.Submit')).toBe(true);
  expect(log('ExchangeTokenBy.RefreshToken')).toBe(false);
  expect(log('ExchangeTokenBy.RefreshToken', 'Error')).toBe(true);
  expect(log('Interaction.Create')).toBe(false);
});

test('what failed last has a place among the newest, in their order', () => {
  const logs = Array.from({ length: 20 }, (_, at) => ({
    id: String(at),
    key: 'Interaction.SignIn.Submit',
    payload: { result: [7, 12, 15, 18, 19].includes(at) ? 'Error' : 'Success' },
  }));
  const ids = (some: readonly { id?: unknown }[]) => some.map(({ id }) => Number(id));
  expect(ids(withFailures(logs, 6))).toEqual([0, 1, 2, 7, 12, 15]);
  expect(ids(withFailures(logs.slice(0, 10), 6))).toEqual([0, 1, 2, 3, 4, 7]);
  expect(ids(withFailures(logs.slice(0, 5), 6))).toEqual([0, 1, 2, 3, 4]);
  expect(ids(withFailures(logs.slice(7, 8), 6))).toEqual([7]);
  expect(withFailures([], 6)).toEqual([]);
});
