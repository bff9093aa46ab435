import { expect, test } from 'vitest';
import { delayBefore } from './retry.ts';

const policy = { tries: 4, baseMs: 10, longestMs: 1_000 };
const delay = (tried: number, asked: number | null, random = 0.5) =>
  delayBefore(policy, tried, true, asked, random);

test('what does not pass, or was tried as often as it may be, is not repeated', () => {
  expect(delayBefore(policy, 1, false, null, 0.5)).toBeNull();
  expect(delay(3, null)).not.toBeNull();
  expect(delay(4, null)).toBeNull();
});

test('waits double, up to the longest, and are spread over their second half', () => {
  expect([1, 2, 3].map((tried) => delay(tried, null))).toEqual([7.5, 15, 30]);
  expect([delay(1, null, 0), delay(1, null, 0.99)]).toEqual([5, 9.95]);
  expect(delayBefore({ ...policy, tries: 40 }, 30, true, null, 0)).toBe(500);
});

test('a server is not asked before it wants to be, nor ever faster', () => {
  expect(delay(1, 400)).toBe(450);
  expect(delay(1, 1_000)).toBe(1_050);
  expect(delay(1, 1_001)).toBeNull();
  expect(delay(3, 0, 0)).toBe(20);
});
