import { expect, test } from 'vitest';
import { journalAsked } from '../../shared/journal-asked';
import { queryOf, urlOf } from '../../shared/query';
import { viewOf } from '../../shared/view';
import { entryName, entryObject, mayLookAgain, mayUndo } from './journal-asked';

test('a view of the journal is an address as any other, and asks for what it is narrowed by', () => {
  const query = queryOf(
    '/prod/journal?text=kim&outcome=unknown&operation=users.update&time=7d&object=users%2Fu1&job=j1',
  );
  expect(viewOf(query).kind).toBe('journal');
  expect(queryOf(urlOf(query))).toEqual(query);
  const now = Date.parse('2026-11-26T12:00:00Z');
  expect(journalAsked(query, now)).toEqual({
    text: 'kim',
    outcome: 'unknown',
    operation: 'users.update',
    job: 'j1',
    resource: 'users',
    object: 'u1',
    from: now - 7 * 86_400_000,
  });
  expect(journalAsked({ filters: { outcome: ['nonsense'], time: ['nonsense'] } }, now)).toEqual({});
  expect(() => queryOf('/prod/journal?keyword=kim')).toThrow();
});

test('only what did something and stands is undone, and only what nobody knows is looked at again', () => {
  expect(mayUndo({ operation: 'users.update', outcome: 'done', undoneBy: null })).toBe(true);
  expect(mayUndo({ operation: 'users.update', outcome: 'done', undoneBy: 4 })).toBe(false);
  expect(mayUndo({ operation: 'users.update', outcome: 'moved', undoneBy: null })).toBe(false);
  // What no undo brings back is not offered to be undone.
  expect(mayUndo({ operation: 'users.revokeSessions', outcome: 'done', undoneBy: null })).toBe(false);
  expect(mayLookAgain({ outcome: null })).toBe(true);
  expect(mayLookAgain({ outcome: 'unknown' })).toBe(true);
  expect(mayLookAgain({ outcome: 'done' })).toBe(false);
});

test('what was made has the id that the server gave it', () => {
  const target = { resource: 'users', id: '', parent: '', label: '' };
  expect(entryObject({ target, made: { id: 'u9' } })).toBe('u9');
  expect(entryName({ target, after: { primaryEmail: 'kim@new.test' } })).toBe('kim@new.test');
  expect(entryName({ target: { ...target, id: 'u1', label: 'Kim' }, after: {} })).toBe('Kim');
});
