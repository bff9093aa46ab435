import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachValue, textAt } from './json-list.ts';

const read = (json: string): unknown[] => {
  const values: unknown[] = [];
  eachValue(json, (value, at) => values.push(value === undefined ? textAt(json, at) : value));
  return values;
};

const cell = fc.oneof(
  fc.constant(null),
  fc.maxSafeInteger(),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0')),
  fc.string({ unit: fc.constantFrom('"', '\\', ',', ']', '[', 'n', '-', '1', 'é', '\n', '\u{1f600}') }),
);

test('values are what JSON.parse has of what SQLite says', () => {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE cells (at INTEGER PRIMARY KEY, value)');
  const put = db.prepare('INSERT INTO cells (value) VALUES (?)');
  const all = db.prepare('SELECT json_group_array(value) AS json FROM cells');
  fc.assert(
    fc.property(fc.array(cell), (cells) => {
      db.exec('DELETE FROM cells');
      for (const one of cells) put.run(Number.isSafeInteger(one) ? BigInt(one as number) : one);
      const { json } = all.get() as { json: string };
      expect(read(json)).toEqual(JSON.parse(json));
      expect(read(json)).toHaveLength(cells.length);
    }),
  );
  db.close();
});
