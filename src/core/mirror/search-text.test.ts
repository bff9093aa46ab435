import { expect, test } from 'vitest';
import { secretMask } from '../../shared/row.ts';
import { folded, wordsOf } from './search-text.ts';

const linesOf = (resource: string, row: Readonly<Record<string, unknown>>) =>
  wordsOf(resource, row).split('\n').filter(Boolean).toSorted();

test('a row is found by its texts and numbers at any depth, not by names of fields', () => {
  expect(linesOf('users', { name: 'Ada', customData: { plan: 'pro', seats: [40, { tag: 'x-1' }] } })).toEqual(
    ['40', 'Ada', 'pro', 'x-1'],
  );
  expect(linesOf('users', { name: '', avatar: null, isSuspended: true, customData: {} })).toEqual([]);
});

test('the digits of a row’s own moments are not words of it, by whatever unit; those of any other number are', () => {
  const at = 1_795_153_281_801;
  expect(linesOf('users', { id: 'u1', createdAt: at, lastSignInAt: at + 1, customData: { at } })).toEqual([
    String(at),
    'u1',
  ]);
  expect(linesOf('oidc-private-keys', { id: 'k1', createdAt: 1_795_153_281 })).toEqual(['k1']);
  // A text in the place of a moment is a text; of a list that nobody knows all is looked for.
  expect(linesOf('users', { createdAt: 'yesterday' })).toEqual(['yesterday']);
  expect(linesOf('of-a-newer-version', { createdAt: at })).toEqual([String(at)]);
});

test('no secret is a word, and what stands in another text is found there', () => {
  expect(linesOf('applications', { id: 'a1', secret: secretMask, name: 'Shop' })).toEqual(['Shop', 'a1']);
  expect(linesOf('users', { name: 'Ada', username: 'Ada Lovelace', id: 'u1' })).toEqual([
    'Ada Lovelace',
    'u1',
  ]);
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`k${at}`, `text ${at}`]));
  expect(linesOf('users', { ...many })).toHaveLength(101);
});

test('what nests without end is looked into so far and no further', () => {
  const nested = (deep: number): unknown => (deep === 0 ? 'deep word' : [nested(deep - 1)]);
  expect(linesOf('users', { customData: nested(19) })).toEqual(['deep word']);
  expect(linesOf('users', { customData: nested(400) })).toEqual([]);
});

test('letters are one whatever their case and form', () => {
  expect(folded('A\u0308RGER')).toBe('ärger');
  expect(folded('ÄRGER')).toBe('ärger');
});
