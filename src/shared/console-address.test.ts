import { expect, test } from 'vitest';
import { consoleAddress } from './console-address.ts';

const cloud = { kind: 'cloud', endpoint: 'https://a1b2c3.logto.app' } as const;

test.each([
  ['users', 'users'],
  ['organizations', 'organizations'],
  ['applications', 'applications'],
  ['roles', 'roles'],
  ['resources', 'api-resources'],
  ['logs', 'audit-logs'],
  ['hooks', 'webhooks'],
])('a row of %s has its page in the Console of Logto Cloud', (list, page) => {
  expect(consoleAddress(cloud, list, 'id1')).toBe(`https://cloud.logto.io/a1b2c3/${page}/id1`);
});

test('an ID is a part of the address, whatever it is', () => {
  expect(consoleAddress(cloud, 'users', 'a/b?c#d')).toBe('https://cloud.logto.io/a1b2c3/users/a%2Fb%3Fc%23d');
});

test.each([
  ['of a list that has no page there', cloud, 'connectors'],
  ['of a server of one’s own', { kind: 'oss', endpoint: 'https://auth.example.com' }, 'users'],
  ['of one’s own that is called as one of the Cloud', { kind: 'oss', endpoint: cloud.endpoint }, 'users'],
  ['of the demo', { kind: 'demo', endpoint: 'http://127.0.0.1:1' }, 'users'],
  ['under another domain', { kind: 'cloud', endpoint: 'https://a1b2c3.logto.app.evil.test' }, 'users'],
  ['under an address in plain', { kind: 'cloud', endpoint: 'http://a1b2c3.logto.app' }, 'users'],
] as const)('there is none %s', (_, tenant, list) => {
  expect(consoleAddress(tenant, list, 'id1')).toBeNull();
});
