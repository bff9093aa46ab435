import { expect, test } from 'vitest';
import { lacksAt, lacksOfWindows, surely } from './unreadable.ts';

const alone = { place: 3, before: 20, after: 10 };
const tied = { place: 7, before: 30, after: 30 };

test('of places among rows of one moment at least one is surely a row, of others each is', () => {
  expect(surely([])).toBe(0);
  expect(surely([alone, { ...alone, place: 4 }])).toBe(2);
  expect(surely([tied, { ...tied, place: 8 }, { ...tied, place: 9 }])).toBe(1);
  expect(surely([alone, tied, { ...tied, place: 8 }])).toBe(2);
  // The absence of a known row before or after is not a moment.
  expect(
    surely([
      { place: 1, before: null, after: null },
      { place: 2, before: null, after: null },
    ]),
  ).toBe(2);
});

test('rows that are lacking are named by their places, with times where those fall with the place', () => {
  expect(lacksAt([alone], 2, true)).toEqual([
    { kind: 'unreadable', rows: 1, place: 3, time: { from: 10, to: 20 } },
    { kind: 'unreadable', rows: 1 },
  ]);
  expect(lacksAt([alone, tied], 1, false)).toEqual([{ kind: 'unreadable', rows: 1, place: 3 }]);
  expect(lacksAt([], 5_000, false)).toHaveLength(1_000);
});

test('rows that several windows failed on are named once, the newest first, by neighbours or by their window', () => {
  const query = { profile: 'a', resource: 'logs', filters: { time: ['100', '200'] } };
  const named = (which: { before: number | null; after: number | null }) => ({
    which: { place: 0, ...which },
    query,
  });
  const found = lacksOfWindows(
    [
      named({ before: 120, after: 110 }),
      named({ before: 180, after: 170 }),
      named({ before: 120, after: 110 }),
      named({ before: null, after: null }),
    ],
    'time',
    4,
  );
  expect(found).toEqual([
    { kind: 'unreadable', rows: 1, time: { from: 170, to: 180 } },
    { kind: 'unreadable', rows: 1, time: { from: 110, to: 120 } },
    { kind: 'unreadable', rows: 1, time: { from: 100, to: 200 } },
    { kind: 'unreadable', rows: 1 },
  ]);
});
