import { expect, test } from 'vitest';
import { relatedCount } from './related-count.ts';

const rows = Array.from({ length: 100 }, (_, at) => at);

test('a related list has as many rows as the server counts, and at least what came where nobody counts', () => {
  expect(relatedCount({ rows, total: 120, capped: false })).toEqual({ rows: 120, atLeast: false });
  expect(relatedCount({ rows, total: 10_001, capped: true })).toEqual({ rows: 10_000, atLeast: true });
  // A proxy drops `Total-Number`: a full page is not the whole list.
  expect(relatedCount({ rows, total: null, capped: false })).toEqual({ rows: 100, atLeast: true });
});

test('a partial copy has at least the rows that it has', () => {
  const mirror = { asOf: 0, whole: false } as const;
  expect(relatedCount({ rows, total: 100, capped: false, mirror })).toEqual({ rows: 100, atLeast: true });
  expect(relatedCount({ rows, total: 100, capped: false, mirror: { ...mirror, whole: true } })).toEqual({
    rows: 100,
    atLeast: false,
  });
});
