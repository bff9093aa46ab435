import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { keepPages, Statements } from './statements.ts';

test('what goes through a long list has less memory for pages; what comes after has it again, also when it is broken off', () => {
  const sql = new Statements(new DatabaseSync(':memory:'));
  const pages = () => (sql.run('PRAGMA cache_size').get() as { cache_size: number }).cache_size;
  keepPages(sql.db);
  const before = pages();
  expect(sql.through(pages)).toBeGreaterThan(before);
  expect(pages()).toBe(before);
  const broken = () =>
    sql.through(() => {
      throw new Error('left');
    });
  expect(broken).toThrow('left');
  expect(pages()).toBe(before);
  sql.close();
});
