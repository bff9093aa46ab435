import { expect, test } from 'vitest';
import { entryTitle } from './words';

test('an entry is called by what it did; one that undid another by what that had done', () => {
  const [free, suspended] = [{ isSuspended: false }, { isSuspended: true }];
  const suspend = { operation: 'users.suspend', undoes: null };
  expect(entryTitle({ ...suspend, before: free, after: suspended })).toBe('Suspend');
  expect(entryTitle({ ...suspend, before: suspended, after: free })).toBe('Reactivate');
  expect(entryTitle({ ...suspend, before: suspended, after: free, undoes: 1 })).toBe('Undo: Suspend');
  expect(entryTitle({ ...suspend, before: free, after: suspended, undoes: 2 })).toBe('Undo: Reactivate');
  expect(entryTitle({ operation: 'users.update', before: {}, after: { name: 'x' }, undoes: null })).toBe(
    'Edit user',
  );
  expect(entryTitle({ operation: 'later.one', before: {}, after: {}, undoes: null })).toBe('later.one');
});
