import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTooLarge, mostValues } from './size.ts';

test('rows are counted as a parser finds them, whatever stands in their texts', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { minLength: 2, maxLength: 12 }), fc.boolean(), (rows, spaced) => {
      const json = JSON.stringify(rows, null, spaced ? 2 : 0);
      expect(isTooLarge(json, rows.length)).toBe(false);
      expect(isTooLarge(json, rows.length - 1)).toBe(true);
    }),
  );
  const tricky = ['","', '\\', '[', '\\"', ']},{'];
  expect(isTooLarge(JSON.stringify(tricky), 5)).toBe(false);
  expect(isTooLarge(JSON.stringify(tricky), 4)).toBe(true);
});

test('values are counted at any depth, and a text that does not end ends', () => {
  expect(isTooLarge(`{"rows":[${'0,'.repeat(mostValues)}0]}`, 100)).toBe(true);
  expect(isTooLarge(`[${'['.repeat(mostValues + 1)}`, mostValues * 2)).toBe(true);
  expect(isTooLarge(`["${'\\'.repeat(100_001)}`, 100)).toBe(false);
  expect(isTooLarge(`{"one":"${'x'.repeat(3_000_000)}"}`, 100)).toBe(false);
});
