import { expect, test } from 'vitest';
import { knownOf, maskSecrets, pathsIn, rowIdOf, rowLabelOf, secretMask, valueAt } from './row.ts';

test('a value is found at its path, and never on a prototype', () => {
  const row = JSON.parse('{"payload":{"ip":"1.2.3.4"},"a":null,"__proto__":{"polluted":1}}') as Record<
    string,
    unknown
  >;
  expect(valueAt(row, 'payload.ip')).toBe('1.2.3.4');
  expect(valueAt(row, 'a.b')).toBeUndefined();
  expect(valueAt(row, 'toString')).toBeUndefined();
  expect(valueAt(row, 'polluted')).toBeUndefined();
});

test('secrets are masked at any depth, in arrays too, and the row itself stays as it is', () => {
  const row = {
    secret: 's3cret',
    config: { pass: 'p' },
    keys: [{ value: 'v1' }, { value: 'v2' }],
    empty: '',
  };
  const masked = maskSecrets(
    { secrets: ['secret', 'config.pass', 'keys.value', 'empty', 'absent.path'] },
    row,
  );
  expect(masked).toEqual({
    secret: secretMask,
    config: { pass: secretMask },
    keys: [{ value: secretMask }, { value: secretMask }],
    empty: '',
  });
  expect(row.secret).toBe('s3cret');
});

test('an object under a name that is shown is not: only what it is known to be', () => {
  const resource = { secrets: [{ path: 'config', shows: ['mode'] }] };
  const masked = maskSecrets(resource, { config: { mode: { hidden: 's3cret', mode: 'a' }, other: ['x'] } });
  expect(masked).toEqual({ config: { mode: { hidden: secretMask, mode: 'a' }, other: [secretMask] } });
});

test('a row is called by its first filled label, else by its id', () => {
  const users = { rowId: 'id', labels: ['name', 'username'] };
  expect(rowLabelOf(users, { id: '1', name: ' ', username: 'kim' })).toBe('kim');
  expect(rowLabelOf(users, { id: '1', name: null })).toBe('1');
  expect(rowIdOf(users, { id: {} })).toBe('');
});

test('paths of rows are their values’ own, as deep as columns go', () => {
  const rows = [
    { id: 'a', profile: { givenName: 'x', address: { city: { name: 'deep' } } }, tags: ['a'], none: null },
    { id: 'b', customData: { plan: 'pro', 'a.b': 1, '': 2 }, empty: {} },
  ];
  expect(pathsIn(rows)).toEqual([
    'customData.plan',
    'empty',
    'id',
    'none',
    'profile.address.city',
    'profile.givenName',
    'tags',
  ]);
});

test('what is empty, what was not sent and what only a copy could tell are three', () => {
  const row = { name: null, profile: {}, roles: [] };
  expect(knownOf(row, { id: 'name' })).toBe('sent');
  expect(knownOf(row, { id: 'profile.givenName' })).toBe('sent');
  expect(knownOf(row, { id: 'hasPassword' })).toBe('absent');
  expect(knownOf(row, { id: 'roles', joins: 'role-users' })).toBe('sent');
  expect(knownOf(row, { id: 'organizations', joins: 'organization-users' })).toBe('joined');
});
