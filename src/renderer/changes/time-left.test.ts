import { expect, test } from 'vitest';
import { clockOf, secondsLeft } from './time-left';

test('a tenant counts down to its lock, and is never shown unlocked past it', () => {
  expect(secondsLeft(null, 0)).toBe(0);
  expect(secondsLeft(900_000, 0)).toBe(900);
  expect(secondsLeft(900_000, 899_001)).toBe(1);
  expect(secondsLeft(900_000, 900_000)).toBe(0);
  expect(secondsLeft(900_000, 950_000)).toBe(0);
  expect([900, 61, 9, 0].map(clockOf)).toEqual(['15:00', '1:01', '0:09', '0:00']);
});
