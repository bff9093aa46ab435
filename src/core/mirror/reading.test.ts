import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { reading } from './reading.ts';

test('rows have the columns that a statement is said to answer with, and another statement is refused', () => {
  using db = new DatabaseSync(':memory:');
  db.exec("CREATE TABLE things (id TEXT, at INTEGER); INSERT INTO things VALUES ('one', 1), ('two', NULL)");
  const things = reading(db.prepare('SELECT id, at FROM things WHERE id >= ?'), {
    id: 'text',
    at: 'number?',
  });
  expect(things.all('')).toEqual([
    { id: 'one', at: 1 },
    { id: 'two', at: null },
  ]);
  expect([...things.iterate('two')].map(({ id }) => id)).toEqual(['two']);
  expect(things.get('zzz')).toBeUndefined();
  const misread = () =>
    reading(db.prepare('SELECT id, at AS since FROM things'), { id: 'text', at: 'number' });
  expect(misread).toThrow('id, at');
  expect(() => reading(db.prepare('SELECT id FROM things'), { id: 'text', at: 'number' })).toThrow('id, at');
});
