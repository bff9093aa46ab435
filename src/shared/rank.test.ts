import { expect, test } from 'vitest';
import { rankOf, ranks } from './rank.ts';

test.each([
  ['kim', ['Kim'], 'exact'],
  ['kim', ['lee', 'Kimberly'], 'prefix'],
  ['kim', ['Minjun Kim', 'mkim'], 'word'],
  ['kim', ['mkim@acme.com'], 'part'],
  ['acme', ['kim@acme.com'], 'word'],
  ['kim acme', ['Minjun Kim', 'x@acme.com'], 'part'],
  ['010-1183-4274', ['821011834274'], 'exact'],
  ['1183-4274', ['821011834274'], 'exact'],
  ['+82 10 1183', ['821011834274'], 'part'],
  ['é', ['e\u0301'], 'exact'],
] as const)('%s in %j is found as: %s', (typed, values, rank) => {
  expect(rankOf(typed, [...values])).toBe(ranks[rank]);
});

test('what is nowhere is not found, and the best of several values counts', () => {
  expect(rankOf('kim', ['Lee', ''])).toBeNull();
  expect(rankOf('kim lee', ['kim'])).toBeNull();
  expect(rankOf('kim', ['mkim', 'kim'])).toBe(ranks.exact);
});
