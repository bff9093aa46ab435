import { expect, test } from 'vitest';
import { secretPaths } from './secrets.ts';

const entered = { secret: 'entered', key: 'k1' };
const present = { secret: 'present', field: 'clientSecret' };

test('secrets are found wherever they stand in a value, by their paths', () => {
  expect(
    secretPaths({ config: { auth: { key: entered }, list: [1, present] }, name: 'n', own: present }),
  ).toEqual(['config.auth.key', 'config.list.1', 'own']);
  expect(secretPaths(entered)).toEqual(['']);
  expect(secretPaths(present, 'config')).toEqual(['config']);
});

test.each([
  [null],
  [undefined],
  ['entered'],
  [{ secret: 'entered' }],
  [{ secret: 'of no kind', key: 'k' }],
  [[]],
])('in %j is none', (value) => expect(secretPaths(value)).toEqual([]));
