import { expect, test } from 'vitest';
import { keepable, unkeepable, valuesSchema } from './change.ts';

/** A value below so many levels of arrays, or of objects. */
const inArrays = (depth: number): unknown => (depth === 0 ? 'x' : [inArrays(depth - 1)]);
const inObjects = (depth: number): unknown => (depth === 0 ? 'x' : { in: inObjects(depth - 1) });

test.each([
  [null],
  [true],
  ['text'],
  [-1.5],
  [[]],
  [{}],
  [[1, [null, { a: ['b'] }]]],
  [Object.assign(Object.create(null), { a: 1 })],
  [inArrays(60)],
  [inObjects(60)],
])('a plan and a journal hold what JSON holds: %j', (value) => {
  expect(valuesSchema.safeParse({ field: value }).success).toBe(true);
  expect(unkeepable({ field: value })).toBeNull();
  expect(keepable({ field: value })).toEqual({ field: value });
});

test.each([
  ['no number', Number.NaN],
  ['no end', Number.POSITIVE_INFINITY],
  ['nothing', undefined],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['a function', () => 1],
  ['a bigint', 1n],
  ['no number in an array, after what is good', [1, Number.NaN]],
  ['no number in an object, before what is good', { a: Number.NaN, b: 1 }],
  ['a date deep inside', { a: [{ b: new Date(0) }] }],
  ['61 arrays', inArrays(61)],
  ['61 objects', inObjects(61)],
])('what would not be given back as it was is held by neither: %s', (_, value) => {
  expect(valuesSchema.safeParse({ field: value }).success).toBe(false);
  expect(unkeepable({ good: 1, field: value, other: value })).toBe('field');
  expect(keepable({ good: 1, field: value })).toEqual({ good: 1 });
});

test('of an answer no value is kept that is larger than anything that can be sent', () => {
  // Two quotes stand around a text.
  const most = 'x'.repeat((1 << 20) - 2);
  expect(keepable({ most, more: `${most}x`, other: 1 })).toEqual({ most, other: 1 });
});
