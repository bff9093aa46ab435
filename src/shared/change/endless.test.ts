import { expect, test } from 'vitest';
import { isEndless } from './endless.ts';

test.each([
  [true, 'users.createAccessToken', { name: 'ci' }],
  [true, 'users.createAccessToken', { name: 'ci', expiresAt: null }],
  [false, 'users.createAccessToken', { name: 'ci', expiresAt: 1_900_000_000_000 }],
  [true, 'applications.createSecret', { name: 'next' }],
  // They name what is there, or always end.
  [false, 'applications.deleteSecrets', { names: ['next'] }],
  [false, 'invitations.create', { invitee: 'a@b.test' }],
  [false, 'users.update', { name: 'Kim' }],
  [false, 'nothing.known', {}],
])('%s that it never ends: %s %j', (is, operation, after) => {
  expect(isEndless({ operation, after })).toBe(is);
});
