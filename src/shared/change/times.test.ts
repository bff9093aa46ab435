import { expect, test } from 'vitest';
import { endTyped } from './times.ts';

const now = Date.UTC(2026, 10, 27, 3);

test('an end is typed as a date, a time, unix ms, or how long from now', () => {
  expect(endTyped('2026-12-31', now, 'utc')).toBe(Date.UTC(2027, 0, 1) - 1);
  expect(endTyped('2026-12-31 18:30', now, 'Asia/Seoul')).toBe(Date.UTC(2026, 11, 31, 9, 30));
  expect(endTyped('2026-12-31T18:30Z', now, 'Asia/Seoul')).toBe(Date.UTC(2026, 11, 31, 18, 30));
  expect(endTyped('1798761599999', now, 'utc')).toBe(1_798_761_599_999);
  expect(endTyped('30d', now, 'utc')).toBe(now + 30 * 86_400_000);
  expect(endTyped('12 H', now, 'utc')).toBe(now + 12 * 3_600_000);
});

test('times back from now end nothing, nor does what names no time', () => {
  for (const text of ['yesterday', 'now', '3 days ago', 'soon', '2026-13-01', ''])
    expect(endTyped(text, now, 'utc'), text).toBeNull();
});
