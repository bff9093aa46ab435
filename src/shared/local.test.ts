import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionOf, countsOf, sortedBy, sortOf, textOfCondition, textOfSort } from './local.ts';
import type { Row } from './row.ts';
import { anyCondition } from './testing.ts';

describe('sorting', () => {
  const valuesSorted = (values: unknown[], descending = false) =>
    sortedBy(
      values.map((v) => ({ v })),
      { column: 'v', descending },
      (item) => item,
    ).map(({ v }) => v);

  test('is by number, by text as people sort it, and keeps what is empty last', () => {
    expect(valuesSorted([10, null, 9, '', 2])).toEqual([2, 9, 10, null, '']);
    expect(valuesSorted([10, null, 9], true)).toEqual([10, 9, null]);
    expect(valuesSorted(['item 10', 'Item 9', 'émile', 'zoe', 'Emil'])).toEqual([
      'Emil',
      'émile',
      'Item 9',
      'item 10',
      'zoe',
    ]);
  });

  test('leaves equals in their places', () => {
    const rows = [1, 1, 0, 1].map((v, at) => ({ v, at }));
    const sorted = sortedBy(rows, { column: 'v', descending: true }, (item) => item);
    expect(sorted.map(({ at }) => at)).toEqual([0, 1, 3, 2]);
  });

  test('takes values of any kind, and loses none', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.boolean(), (values, descending) => {
        const sorted = valuesSorted(values, descending);
        expect(sorted.map((value) => JSON.stringify(value)).sort()).toEqual(
          values.map((value) => JSON.stringify(value)).sort(),
        );
      }),
    );
  });
});

test('conditions and sorts come back from their text', () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(anyCondition(word), fc.boolean(), (condition, descending) => {
      const { column } = condition;
      expect(conditionOf(textOfCondition(condition))).toEqual(condition);
      expect(sortOf(textOfSort({ column, descending }))).toEqual({ column, descending });
    }),
  );
  expect(() => conditionOf('equals:name:x')).toThrow('query.invalid');
  expect(() => conditionOf('name')).toThrow('query.invalid');
  expect(() => conditionOf('network:ip:10.0.0.0/99')).toThrow('query.invalid');
  expect(() => sortOf('name')).toThrow('query.invalid');
  expect(() => sortOf('asc:')).toThrow('query.invalid');
});

test('rows are counted by a value, moments by their hour, day or month', () => {
  const at = Date.UTC(2026, 10, 20, 8, 30);
  const rows: Row[] = [
    { v: 'b', at },
    { v: 'a', at: at + 60_000 },
    { v: 'b', at: at + 3_600_000 },
    { at: null },
  ];
  expect(countsOf(rows, 'v', null)).toEqual([
    { value: 'b', count: 2 },
    { value: null, count: 1 },
    { value: 'a', count: 1 },
  ]);
  expect(countsOf(rows, 'at', 'hour')).toEqual([
    { value: '2026-11-20T09', count: 1 },
    { value: '2026-11-20T08', count: 2 },
    { value: null, count: 1 },
  ]);
  expect(countsOf(rows, 'at', 'month')[0]).toEqual({ value: '2026-11', count: 3 });
});
