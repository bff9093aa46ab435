import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Condition,
  conditionOf,
  countsOf,
  fits,
  localModes,
  sortedBy,
  sortOf,
  textOfCondition,
  textOfSort,
} from './local.ts';
import type { Row } from './row.ts';
import { anyCondition } from './testing.ts';

const row: Row = {
  name: 'Jürgen <b>Weiß</b>',
  count: 12,
  at: Date.UTC(2026, 4, 1),
  off: false,
  custom: { plan: 'pro', 'a:b': 1 },
  ip: '10.20.30.40',
  none: null,
  list: [],
};

const cases: [column: string, mode: Condition['mode'], value: string, expected: boolean][] = [
  ['name', 'contains', 'jürgen', true],
  ['name', 'contains', '<b>', true],
  ['name', 'lacks', 'kim', true],
  ['custom.plan', 'is', 'PRO', true],
  ['custom.plan', 'differs', 'pro', false],
  ['off', 'is', 'false', true],
  ['count', 'is', '12.0', true],
  ['count', 'less', '13', true],
  ['count', 'more', '9', true],
  ['count', 'more', 'not a number', false],
  ['at', 'less', '2026-06-01', true],
  ['at', 'more', '2026-06-01', false],
  ['none', 'less', '5', false],
  ['none', 'empty', '', true],
  ['ip', 'network', '10.20.0.0/16', true],
  ['ip', 'outside', '10.20.0.0/16', false],
  ['ip', 'network', '10.21.0.0/16, 192.168.0.1', false],
  ['ip', 'outside', '10.21.0.0/16, 192.168.0.1', true],
  ['none', 'network', '0.0.0.0/0', false],
  ['name', 'outside', '10.0.0.0/8', false],
  ['list', 'empty', '', true],
  ['missing.deeper', 'empty', '', true],
  ['custom', 'filled', '', true],
  ['custom', 'contains', '"plan"', true],
];

test.each(cases)('%s %s %j: %s', (column, mode, value, expected) =>
  expect(fits([{ column, mode, value }], row)).toBe(expected),
);

test('a row has to fit all conditions', () => {
  const plan: Condition = { column: 'custom.plan', mode: 'is', value: 'pro' };
  expect(fits([plan, { column: 'count', mode: 'less', value: '20' }], row)).toBe(true);
  expect(fits([plan, { column: 'count', mode: 'more', value: '20' }], row)).toBe(false);
  expect(fits([], row)).toBe(true);
});

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

test('any value can be filtered by any condition', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom(...localModes),
      fc.string({ unit: 'binary' }),
      (v, mode, value) => {
        expect(typeof fits([{ column: 'v', mode, value }], { v })).toBe('boolean');
      },
    ),
  );
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
