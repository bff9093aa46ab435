import { expect, test } from 'vitest';
import {
  durationText,
  durationUnitOf,
  isAddress,
  isColor,
  isoMoment,
  isReadable,
  isSet,
  tableOf,
} from './readable-value.ts';

test.each([
  [1_209_600, 's', '14 days'],
  [3_600, 's', '1 hour'],
  [5_400, 's', '1 hour 30 minutes'],
  [90_061, 's', '1 day 1 hour'],
  [14, 'd', '14 days'],
  [60, 'min', '1 hour'],
  [250, 'ms', '250 milliseconds'],
  [0, 's', '0 seconds'],
  [-60, 's', '−1 minute'],
] as const)('%d %s is said as %s', (value, unit, text) => {
  expect(durationText(value, unit, 'en')).toBe(text);
});

test('a duration is said in the language of the reader, and known by the field', () => {
  expect(durationText(1_209_600, 's', 'de')).toBe('14 Tage');
  expect(durationUnitOf('customClientMetadata.refreshTokenTtlInDays')).toBe('d');
  expect(durationUnitOf('sentinelPolicy.lockoutDuration')).toBe('min');
  expect(durationUnitOf('usersCount')).toBeNull();
  expect(durationUnitOf('constructor')).toBeNull();
});

test('colors, addresses and ISO dates are known by themselves, and nothing that only looks like one', () => {
  expect(['#fff', '#6139f6', '#6139F6cc'].map(isColor)).toEqual([true, true, true]);
  expect(['red', '#12', '#12345', 'url(#fff)', '#fff;x'].map(isColor)).toEqual(Array(5).fill(false));
  expect(['https://acme.test/a?b=c', 'http://127.0.0.1:3001'].map(isAddress)).toEqual([true, true]);
  expect(['acme.test', 'see https://acme.test', 'javascript:alert(1)'].map(isAddress)).toEqual(
    Array(3).fill(false),
  );
  expect(isoMoment('2026-11-20T09:00:00.000Z')).toBe(Date.UTC(2026, 10, 20, 9));
  expect(['2026-11-20', '2026-13-40T09:00:00Z', '20'].map(isoMoment)).toEqual([null, null, null]);
});

test('false and zero are set; of objects only the small and shallow are shown by their parts', () => {
  expect([false, 0, 'a', [1], { a: null }].map(isSet)).toEqual(Array(5).fill(true));
  expect([null, undefined, '', [], {}].map(isSet)).toEqual(Array(5).fill(false));
  expect(isReadable({ length: { min: 8, max: 256 }, rejects: { words: ['a'] } })).toBe(true);
  expect(isReadable([1])).toBe(false);
  expect(isReadable({ a: [{ b: 1 }] })).toBe(false);
  expect(isReadable({ a: { b: { c: { d: 1 } } } })).toBe(false);
  expect(isReadable(Object.fromEntries(Array.from({ length: 50 }, (_, at) => [at, at])))).toBe(false);
});

test('a list of flat objects is a table with all of their fields; what is deep, long, wide or mixed is none', () => {
  const rows = [
    { date: '2026-11-01', count: 3 },
    { date: '2026-11-02', more: null },
  ];
  expect(tableOf(rows)).toEqual({ columns: ['date', 'count', 'more'], rows });
  const wide = Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`f${n}`, n]));
  const long = Array.from({ length: 101 }, (_, n) => ({ n }));
  for (const other of [[], [{}], [{ a: [1] }], [{ a: 1 }, 2], [[1]], [wide], long, { a: 1 }, 'text', null])
    expect(tableOf(other)).toBeNull();
});
