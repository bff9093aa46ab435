import { expect, test } from 'vitest';
import { findOperation } from '../../shared/change/operations';
import type { Entries } from './entries';
import { faultsIn } from './faults';

const operation = findOperation('users.update');
if (!operation) throw new Error('users.update');

const row = { id: 'u1', username: '1 old name', name: 'Kim', customData: {} };
const one = { kind: 'row', id: 'u1', parent: '', row, name: 'Kim' } as const;
const some = { kind: 'ids', parent: '', ids: ['u1', 'u2'] } as const;
const parts = (path: string, text: string, isUnset = false): Entries => ({
  customData: [
    { path: 'plan', text: 'pro', isUnset: false },
    { path, text, isUnset },
  ],
});

test('what was typed and taken back keeps no edit back, though the row’s own value would not be taken today', () => {
  const entries = { username: '1 old name', name: 'Kim Min' };
  expect(faultsIn(operation, one, entries, row)).toEqual([]);
  expect(faultsIn(operation, one, { ...entries, username: '1 old nam' }, row)).toEqual(['username']);
});

test.each([
  ['a..b', '2', false],
  ['', '2', false],
  ['a..b', '', true],
])('a part of custom data needs a path: "%s", "%s", taken away: %s', (path, text, isUnset) => {
  expect(faultsIn(operation, some, parts(path, text, isUnset), null)).toEqual(['customData']);
});

test('a line that was added and left empty is not a fault', () => {
  expect(faultsIn(operation, some, parts('', ''), null)).toEqual([]);
});
