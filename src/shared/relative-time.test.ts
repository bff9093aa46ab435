import { expect, test } from 'vitest';
import { relativeText } from './relative-time.ts';

const now = Date.UTC(2026, 10, 20, 9);
const hour = 3_600_000;

test.each([
  [-3 * hour, '3 hours ago'],
  [-3 * hour - 59 * 60_000, '3 hours ago'],
  [-59_999, '59 seconds ago'],
  [-60_000, '1 minute ago'],
  [-24 * hour, '1 day ago'],
  [-31 * 24 * hour, '1 month ago'],
  [-800 * 24 * hour, '2 years ago'],
  [2 * 24 * hour, 'in 2 days'],
  [-999, 'now'],
  [0, 'now'],
])('%d ms from now is %s', (ms, said) => {
  expect(relativeText(now + ms, now, 'en')).toBe(said);
});
