import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareCountKeys,
  conditionOf,
  countKey,
  countsOf,
  sortedBy,
  sortOf,
  type TimeBucket,
  textOfCondition,
  textOfSort,
} from './local.ts';
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
  expect(countsOf(rows, { column: 'v', bucket: null })).toEqual([
    { value: 'b', count: 2 },
    { value: null, count: 1 },
    { value: 'a', count: 1 },
  ]);
  expect(countsOf(rows, { column: 'at', bucket: 'hour' })).toEqual([
    { value: '2026-11-20T09', count: 1 },
    { value: '2026-11-20T08', count: 2 },
    { value: null, count: 1 },
  ]);
  expect(countsOf(rows, { column: 'at', bucket: 'month' })[0]).toEqual({ value: '2026-11', count: 3 });
});

test('moments are counted by the hours of a zone: two of one name are two, where clocks are put back', () => {
  const start = Date.UTC(2026, 9, 24, 23, 30);
  const rows: Row[] = Array.from({ length: 4 }, (_, n) => ({ at: start + n * 3_600_000 }));
  const values = (zone: string, bucket: TimeBucket) =>
    countsOf(rows, { column: 'at', bucket, zone }).map(({ value, count }) => `${value} ${count}`);
  expect(values('Europe/Berlin', 'hour')).toEqual([
    '2026-10-25T03:00+01:00 1',
    '2026-10-25T02:00+01:00 1',
    '2026-10-25T02:00+02:00 1',
    '2026-10-25T01:00+02:00 1',
  ]);
  expect(values('Asia/Kathmandu', 'hour')[0]).toBe('2026-10-25T08:00+05:45 1');
  expect(values('UTC', 'day')).toEqual(['2026-10-25 3', '2026-10-24 1']);
  expect(values('America/New_York', 'day')).toEqual(['2026-10-24 4']);
});

test('whatever zone: a moment is counted on the day that its clocks show, in an hour that has begun and not ended', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Africa/Cairo',
  ];
  const moment = fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2037, 0) });
  fc.assert(
    fc.property(fc.constantFrom(...zones), moment, (zone, at) => {
      const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
      expect(countKey(at, 'day', zone)).toBe(parts);
      expect(countKey(at, 'month', zone)).toBe(parts.slice(0, 7));
      const hour = countKey(at, 'hour', zone) ?? '';
      const begun = Date.parse(hour);
      expect(begun).toBeLessThanOrEqual(at);
      expect(begun).toBeGreaterThan(at - 3_600_000);
      expect(compareCountKeys(hour, countKey(at + 3_600_000, 'hour', zone) ?? '')).toBeLessThan(0);
    }),
  );
});
