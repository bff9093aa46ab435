import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spanOf } from './moments.ts';
import { type Query, queryOf, timeBounds, urlOf } from './query.ts';
import { clockTime, isoIn, momentIn, offsetAt, offsetLabel, zoneName, zoneNamed } from './zone.ts';

const zones = ['UTC', 'Asia/Seoul', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns'];
const someZone = fc.constantFrom(...zones, 'Africa/Cairo', 'Australia/Lord_Howe', 'Pacific/Apia');
const someMoment = fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2060, 0) });
const hour = 3_600_000;

test.each([
  ['utc', 'UTC'],
  ['Z', 'UTC'],
  ['Etc/UTC', 'UTC'],
  ['asia/seoul', 'Asia/Seoul'],
  [' Europe/Berlin ', 'Europe/Berlin'],
  ['Mars/Olympus', null],
  ['', null],
])('%j is the zone %j', (text, name) => expect(zoneNamed(text)).toBe(name));

test('the local zone has the name that the system gives it', () =>
  expect(zoneName('local')).toBe(zoneName(new Intl.DateTimeFormat().resolvedOptions().timeZone)));

test('a zone is ahead of UTC as the system says, in every quarter of an hour of days whose clocks change', () => {
  const [quarter, day] = [hour / 4, 24 * hour];
  let changes = 0;
  for (const timeZone of ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe']) {
    const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    const told = (ms: number) => {
      const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
      const [, sign = '+', h = 0, m = 0] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
      return (sign === '-' ? -1 : 1) * (Number(h) * hour + Number(m) * 60_000);
    };
    for (let at = Date.UTC(2025, 0); at < Date.UTC(2026, 0); at += day) {
      if (told(at) === told(at + day)) continue;
      changes += 1;
      for (let ms = at - day; ms < at + 2 * day; ms += quarter) expect(offsetAt(ms, timeZone)).toBe(told(ms));
    }
  }
  expect(changes).toBe(6);
  expect(offsetAt(8.64e15, 'Asia/Seoul')).toBe(9 * hour);
});

test('moments are shown by the clocks of a zone, with what they are ahead of UTC', () => {
  const at = Date.UTC(2026, 10, 20, 8, 0, 0, 5);
  expect(isoIn(at, 'Asia/Seoul')).toBe('2026-11-20T17:00:00.005+09:00');
  expect(isoIn(at, 'America/St_Johns')).toBe('2026-11-20T04:30:00.005-03:30');
  expect(isoIn(at, 'UTC')).toBe('2026-11-20T08:00:00.005Z');
  expect([clockTime(at, 'Asia/Seoul'), offsetLabel(at, 'Asia/Seoul')]).toEqual([
    '2026-11-20 17:00:00',
    'UTC+09:00',
  ]);
  expect([isoIn(9e15, 'Asia/Seoul'), clockTime(Number.NaN, 'UTC')]).toEqual([null, null]);
});

test('the text of any moment, in any zone, is that moment again', () => {
  fc.assert(
    fc.property(someMoment, someZone, (at, zone) => {
      const text = isoIn(at, zone) ?? '';
      expect(Date.parse(text)).toBe(at);
      expect(spanOf(text, 0, 'UTC')).toEqual({ from: at, to: at });
      expect(clockTime(at, zone)).toBe(text.slice(0, 19).replace('T', ' '));
    }),
  );
});

test('a date of a zone holds just the moments whose clocks show it', () => {
  fc.assert(
    fc.property(someMoment, someZone, (at, zone) => {
      const date = (ms: number) => clockTime(ms, zone)?.slice(0, 10);
      const { from, to } = spanOf(date(at) ?? '', 0, zone) ?? { from: 0, to: 0 };
      expect(from <= at && at <= to).toBe(true);
      expect([date(from), date(to)]).toEqual([date(at), date(at)]);
      expect([date(from - 1), date(to + 1)]).not.toContain(date(at));
    }),
  );
});

test('from a date to the same date is that day, with and without times of day, in one zone', () => {
  const day = (zone: string) => timeBounds(['2026-11-20', '2026-11-20'], 0, zone);
  expect(day('UTC')).toEqual({ from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 21) - 1 });
  expect(day('Asia/Seoul')).toEqual({
    from: Date.UTC(2026, 10, 20) - 9 * hour,
    to: Date.UTC(2026, 10, 21) - 9 * hour - 1,
  });
  expect(timeBounds(['2026-11-20'], 0, 'Asia/Seoul')).toEqual(day('Asia/Seoul'));
  expect(timeBounds(['2026-11-20T00:00', '2026-11-20T23:59'], 0, 'Asia/Seoul')).toEqual(day('Asia/Seoul'));
});

test('any two days in order are a time, whole at both ends; in the other order they are refused', () => {
  fc.assert(
    fc.property(someMoment, someMoment, someZone, (a, b, zone) => {
      const date = (ms: number) => clockTime(ms, zone)?.slice(0, 10) ?? '';
      const [early, late] = [date(Math.min(a, b)), date(Math.max(a, b))];
      const { from, to } = timeBounds([early, late], 0, zone);
      expect((from ?? 0) <= Math.min(a, b) && (to ?? 0) >= Math.max(a, b)).toBe(true);
      if (early < late) expect(() => timeBounds([late, early], 0, zone)).toThrow('start is after the end');
    }),
  );
});

test('what no calendar has is refused at either end', () => {
  const part = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
  fc.assert(
    fc.property(
      fc.integer({ min: 1970, max: 2100 }),
      part(99),
      part(99),
      someZone,
      (year, month, date, zone) => {
        const text = `${year}-${month}-${date}`;
        const parsed = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
        const bounds = () => [timeBounds([text, ''], 0, zone), timeBounds(['', text], 0, zone)];
        if (exists) expect(bounds).not.toThrow();
        else expect(bounds).toThrow('not a valid date');
      },
    ),
  );
});

test('a time that clocks show twice is all of it; one that they pass over begins after it', () => {
  const zone = 'America/New_York';
  const twice = spanOf('2026-11-01 01:30', 0, zone);
  expect(twice).toEqual({ from: Date.UTC(2026, 10, 1, 5, 30), to: Date.UTC(2026, 10, 1, 6, 31) - 1 });
  const never = Date.UTC(2026, 2, 8, 2, 30);
  expect(momentIn(never, zone, 'first')).toBe(Date.UTC(2026, 2, 8, 7));
  expect(timeBounds(['2026-03-08 02:30', '2026-03-08 03:00'], 0, zone).from).toBe(Date.UTC(2026, 2, 8, 7));
  expect(() => timeBounds(['2026-03-08 02:30'], 0, zone)).toThrow('this time zone has no');
  const day = spanOf('2026-03-08', 0, zone);
  expect((day?.to ?? 0) - (day?.from ?? 0) + 1).toBe(23 * hour);
});

test('a view carries its zone in its address, and refuses one that is none', () => {
  const query: Query = {
    profile: 'p',
    resource: 'logs',
    filters: { time: ['2026-11-20'] },
    zone: 'Asia/Seoul',
  };
  expect(queryOf(urlOf(query))).toEqual(query);
  expect(() => queryOf('/p/logs?zone=Mars%2FOlympus')).toThrow('no time zone');
});
