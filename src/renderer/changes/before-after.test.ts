import { expect, test } from 'vitest';
import { isTaken, linesOf, shownValue } from './before-after';

test('a change is shown by the fields that differ, parts of objects by themselves', () => {
  const before = { name: 'Kim', customData: { plan: 'free', seats: 1 } };
  const after = { name: 'Kim', customData: { plan: 'pro', seats: 1 } };
  expect(linesOf({ before, after }, 'update')).toEqual([
    { path: 'customData.plan', before: 'free', after: 'pro' },
  ]);
  const [gone] = linesOf({ before, after: { customData: { plan: 'free' } } }, 'update');
  expect(gone && isTaken('update', gone)).toBe(true);
  expect(linesOf({ before: { name: 'Kim' }, after: {} }, 'delete')).toEqual([
    { path: 'name', before: 'Kim', after: undefined },
  ]);
});

test('what is taken from a set is shown, and how', () => {
  const change = { before: { sessionIds: ['s1'] }, after: { sessionIds: ['s1'], withTokens: true } };
  const lines = linesOf(change, 'remove');
  expect(lines).toEqual([
    { path: 'sessionIds', before: ['s1'], after: undefined },
    { path: 'withTokens', before: undefined, after: true },
  ]);
  expect(lines.map((line) => isTaken('remove', line))).toEqual([true, false]);
});

test('a secret is never shown, and ids are told from texts', () => {
  expect(shownValue({ secret: 'entered', key: 'k' })).toEqual({ kind: 'secret', where: 'entered' });
  const saved = { secret: 'saved', entry: 1, field: 'passwordDigest' };
  expect(shownValue(saved)).toEqual({ kind: 'secret', where: 'saved' });
  expect(shownValue({ secret: 'unread' })).toEqual({ kind: 'unread' });
  expect(shownValue(['a', 'b'], true)).toEqual({ kind: 'ids', ids: ['a', 'b'] });
  expect(shownValue(['a', 'b'])).toEqual({ kind: 'text', text: 'a\nb' });
  expect(shownValue(null)).toEqual({ kind: 'none' });
  expect(shownValue(false)).toEqual({ kind: 'text', text: 'false' });
  expect(shownValue({ a: 1 })).toEqual({ kind: 'json', text: '{\n  "a": 1\n}' });
});
