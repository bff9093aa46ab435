import { expect, test } from 'vitest';
import { createPhrases } from './phrases/index.ts';
import { holdsForAll, type Looked, readsByItself, requestsFor, scopeOf, secondsLeft } from './scope.ts';
import { countText, newerText, nothingText, scopeText } from './scope-words.ts';

const { t } = createPhrases();

const looked = (changes: Partial<Looked>): Looked => ({
  matches: 0,
  lookedAt: 100,
  total: 26_000,
  capped: false,
  fromTop: true,
  running: false,
  read: null,
  copy: null,
  ...changes,
});
const all = { lookedAt: 26_000, read: { complete: true } };

const said: [string, Partial<Looked>, string][] = [
  ['some rows are unread', {}, 'None in the first 100 of 26,000 rows'],
  ['rows from the middle were looked at', { fromTop: false }, 'None in 100 of 26,000 rows'],
  [
    'the total is only a lower bound',
    { total: 10_000, capped: true },
    'None in the first 100 of 10,000+ rows',
  ],
  [
    'the server says no total',
    { total: null },
    'None in the first 100 rows; the server did not say how many there are',
  ],
  [
    'reading continues',
    { running: true, lookedAt: 12_300 },
    'None so far in the first 12,300 of 26,000 rows',
  ],
  [
    'reading is at the last row and still proving it',
    { running: true, lookedAt: 26_000 },
    'None so far in the first 26,000 of 26,000 rows',
  ],
  ['all pages are loaded', { lookedAt: 26_000 }, 'No rows match'],
  ['all was read and proved', all, 'No rows match'],
  ['more came than were counted at first', { ...all, lookedAt: 26_004 }, 'No rows match'],
  [
    'rows that are counted never came',
    { lookedAt: 25_998, read: { complete: false } },
    'None in the 25,998 of 26,000 rows that could be read',
  ],
  [
    'it cannot be proved that all came',
    { ...all, read: { complete: false } },
    'None in the 26,000 rows that were read; there may be more',
  ],
  ['a complete copy has none', { ...all, copy: { whole: true } }, 'No rows match'],
  [
    'a partial copy has none',
    { total: 300, lookedAt: 300, copy: { whole: false } },
    'None in the 300 rows of this view copied to this computer; the list may have more',
  ],
  [
    'a partial copy has one row',
    { total: 1, lookedAt: 1, copy: { whole: false } },
    'None in the one row of this view copied to this computer; the list may have more',
  ],
  [
    'a partial copy is empty',
    { total: 0, lookedAt: 0, copy: { whole: false } },
    'None in the offline copy; the list may have rows',
  ],
  ['the list is empty', { total: 0, lookedAt: 0 }, 'No rows match'],
];

test.for(said)('of no match it says, when %s', ([, changes, text]) => {
  expect(nothingText(t, looked(changes))).toBe(text);
});

test('"no rows" is only said of everything there is', () => {
  for (const [, changes, text] of said) expect(text === 'No rows match').toBe(holdsForAll(looked(changes)));
});

test('numbers name their whole: matches, rows looked at, and the total are three', () => {
  const say = (changes: Partial<Looked>) => {
    const now = looked(changes);
    return `${countText(t, now)} ${scopeText(t, now)}`;
  };
  expect(say({ matches: 12 })).toBe('12 rows match in the first 100 of 26,000 rows');
  expect(say({ matches: 1, running: true, lookedAt: 5_091 })).toBe(
    '1 row matches so far in the first 5,091 of 26,000 rows',
  );
  expect(say({ ...all, matches: 5_091 })).toBe('5,091 rows match in all 26,000 rows');
  expect(say({ ...all, matches: 3, copy: { whole: true } })).toBe(
    '3 rows match in all 26,000 rows that the offline copy has of this view',
  );
  expect(say({ matches: 1, lookedAt: 1, total: 1 })).toBe('1 row matches in the only row');
});

test('a total that turned out too small is never said', () => {
  expect(scopeOf(looked({ lookedAt: 30, total: 20, running: true }))).toMatchObject({
    lookedAt: 30,
    total: 30,
  });
  expect(scopeOf(looked({ lookedAt: 12_000, total: 10_000, capped: true, running: true }))).toMatchObject({
    total: 12_000,
    capped: false,
  });
});

test('the rest is read by itself up to fifty requests, and where it costs none', () => {
  expect(requestsFor(4_899, false)).toBe(50);
  expect(readsByItself(looked({ total: 4_899 }), false)).toBe(true);
  expect(readsByItself(looked({ total: 4_900 }), false)).toBe(false);
  expect(readsByItself(looked({ total: 4_899 }), true)).toBe(false);
  expect(readsByItself(looked({ total: 3_600 }), true)).toBe(true);
  expect(readsByItself(looked({ total: 900_000, copy: { whole: false } }), true)).toBe(true);
  expect(readsByItself(looked({ total: null }), false)).toBe(false);
  expect(readsByItself(looked({ total: 100, capped: true }), false)).toBe(false);
  expect(readsByItself(looked({ total: 100 }), false)).toBe(false);
  expect(readsByItself(looked({ total: 200, running: true }), false)).toBe(false);
  expect(readsByItself(looked({ total: 200, read: { complete: false } }), false)).toBe(false);
});

test('time left is told from what was done, where both are known', () => {
  expect(secondsLeft({ lookedAt: 250, total: 1_000 }, 2_000)).toBe(6);
  expect(secondsLeft({ lookedAt: 1_100, total: 1_000 }, 2_000)).toBe(0);
  expect(secondsLeft({ lookedAt: 0, total: 1_000 }, 2_000)).toBeNull();
  expect(secondsLeft({ lookedAt: 10, total: null }, 2_000)).toBeNull();
});

test('how many rows came is said with what is known of it', () => {
  expect(newerText(t, { count: 1, capped: false })).toBe('1 new');
  expect(newerText(t, { count: 1_234, capped: false })).toBe('1,234 new');
  // A page of them where nobody counts, and what a server counts to at most.
  expect(newerText(t, { count: 100, capped: true })).toBe('100+ new');
  expect(newerText(t, { count: 10_000, capped: true })).toBe('10,000+ new');
});
