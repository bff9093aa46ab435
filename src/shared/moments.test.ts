import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spanOf } from './moments.ts';

const now = Date.UTC(2026, 10, 21, 12, 30);
const day = 86_400_000;

const understood: [text: string, from: number, to: number][] = [
  ['1764115200000', 1_764_115_200_000, 1_764_115_200_000],
  ['2026', Date.UTC(2026, 0), Date.UTC(2027, 0) - 1],
  ['2026-02', Date.UTC(2026, 1), Date.UTC(2026, 2) - 1],
  ['2026-11-20', Date.UTC(2026, 10, 20), Date.UTC(2026, 10, 21) - 1],
  ['2026-11-20T08:30', Date.UTC(2026, 10, 20, 8, 30), Date.UTC(2026, 10, 20, 8, 31) - 1],
  ['2026-11-20 08:30:15', Date.UTC(2026, 10, 20, 8, 30, 15), Date.UTC(2026, 10, 20, 8, 30, 16) - 1],
  ['2026-11-20T08:30:15.5Z', Date.UTC(2026, 10, 20, 8, 30, 15, 500), Date.UTC(2026, 10, 20, 8, 30, 15, 500)],
  [
    '2026-11-20T08:30:15.123+09:00',
    Date.UTC(2026, 10, 19, 23, 30, 15, 123),
    Date.UTC(2026, 10, 19, 23, 30, 15, 123),
  ],
  ['now', now, now],
  ['Today', Date.UTC(2026, 10, 21), Date.UTC(2026, 10, 22) - 1],
  [' yesterday ', Date.UTC(2026, 10, 20), Date.UTC(2026, 10, 21) - 1],
  ['24h', now - day, now],
  ['90 minutes ago', now - 90 * 60_000, now],
  ['last 7 days', now - 7 * day, now],
  ['2w', now - 14 * day, now],
];

test.each(understood)('%j', (text, from, to) => expect(spanOf(text, now)).toEqual({ from, to }));

test.each(['', 'soon', '2026-02-30', '2026-13-01', '2026-11-20T24:10', '12', '20.11.2026', '24 hats'])(
  '%j names no time',
  (text) => expect(spanOf(text, now)).toBeNull(),
);

test('a date without a zone is one of the zone that is asked for', () => {
  const local = new Date(2026, 10, 20).getTime();
  expect(spanOf('2026-11-20', now, 'local')).toEqual({
    from: local,
    to: new Date(2026, 10, 21).getTime() - 1,
  });
  expect(spanOf('2026-11-20T08:30Z', now, 'local')?.from).toBe(Date.UTC(2026, 10, 20, 8, 30));
});

test('any moment comes back from its ISO text, and days follow on each other without a gap', () => {
  const moment = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
  fc.assert(
    fc.property(moment, fc.constantFrom('utc' as const, 'local' as const), (at, zone) => {
      const iso = new Date(at).toISOString();
      expect(spanOf(iso, now, zone)).toEqual({ from: at, to: at });
      const next = new Date(at + day).toISOString().slice(0, 10);
      const [one, other] = [spanOf(iso.slice(0, 10), now, zone), spanOf(next, now, zone)];
      expect(other?.from).toBe((one?.to ?? 0) + 1);
    }),
  );
});
