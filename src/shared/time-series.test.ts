import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countKey, countsOf } from './local.ts';
import { bucketText, timeSeries } from './time-series.ts';

test('moments come in their order, with the empty ones between them', () => {
  const counts = [
    { value: '2026-11-20T01', count: 4 },
    { value: null, count: 9 },
    { value: '2026-11-19T22', count: 2 },
  ];
  expect(timeSeries(counts, 'hour')).toEqual([
    { time: '2026-11-19T22', count: 2 },
    { time: '2026-11-19T23', count: 0 },
    { time: '2026-11-20T00', count: 0 },
    { time: '2026-11-20T01', count: 4 },
  ]);
});

test('days and months go over the ends of months and years', () => {
  const of = (bucket: 'day' | 'month', ...values: string[]) =>
    timeSeries(
      values.map((value) => ({ value, count: 1 })),
      bucket,
    ).map(({ time }) => time);
  expect(of('day', '2024-03-01', '2024-02-28')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
  expect(of('month', '2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
});

test('what was long ago does not fill a chart with nothing', () => {
  const counts = ['1970-01-01T00', '2026-11-20T01', '2026-11-20T02'].map((value) => ({ value, count: 1 }));
  expect(timeSeries(counts, 'hour')).toHaveLength(3);
  expect(timeSeries([{ value: '+275760-09', count: 1 }], 'month')).toEqual([]);
  expect(timeSeries([], 'day')).toEqual([]);
});

test('of a zone, hours and days go on where clocks are put back or forward', () => {
  const of = (bucket: 'hour' | 'day', zone: string, ...values: string[]) =>
    timeSeries(
      values.map((value) => ({ value, count: 1 })),
      bucket,
      zone,
    ).map(({ time }) => time);
  expect(of('hour', 'Europe/Berlin', '2026-10-25T01:00+02:00', '2026-10-25T03:00+01:00')).toEqual([
    '2026-10-25T01:00+02:00',
    '2026-10-25T02:00+02:00',
    '2026-10-25T02:00+01:00',
    '2026-10-25T03:00+01:00',
  ]);
  expect(of('hour', 'Europe/Berlin', '2026-03-29T01:00+01:00', '2026-03-29T04:00+02:00')).toEqual([
    '2026-03-29T01:00+01:00',
    '2026-03-29T03:00+02:00',
    '2026-03-29T04:00+02:00',
  ]);
  // By half an hour, so that the second hour of that night begins half an hour after its name.
  expect(of('hour', 'Australia/Lord_Howe', '2027-10-03T01:00+10:30', '2027-10-03T03:00+11:00')).toEqual([
    '2027-10-03T01:00+10:30',
    '2027-10-03T02:00+11:00',
    '2027-10-03T03:00+11:00',
  ]);
  expect(of('hour', 'Australia/Lord_Howe', '2027-04-04T01:00+11:00', '2027-04-04T02:00+10:30')).toEqual([
    '2027-04-04T01:00+11:00',
    '2027-04-04T01:00+10:30',
    '2027-04-04T02:00+10:30',
  ]);
  expect(of('day', 'Europe/Berlin', '2026-10-24', '2026-10-26')).toEqual([
    '2026-10-24',
    '2026-10-25',
    '2026-10-26',
  ]);
  // A day that nobody there had.
  expect(of('day', 'Pacific/Apia', '2011-12-29', '2011-12-31')).toEqual(['2011-12-29', '2011-12-31']);
});

test('whatever zone: a series has each counted hour once, in its order, and none between is left out', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
  const start = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2028, 0) });
  const steps = fc.array(fc.integer({ min: 0, max: 30 * 3_600_000 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      start,
      steps,
      fc.constantFrom('hour', 'day'),
      (zone, from, gaps, bucket) => {
        const rows = gaps.map((_, n) => ({ at: from + gaps.slice(0, n + 1).reduce((a, b) => a + b, 0) }));
        const at = rows.at(-1)?.at ?? from;
        const counts = countsOf(rows, { column: 'at', bucket, zone });
        const series = timeSeries(counts, bucket, zone);
        expect(series.filter(({ count }) => count > 0)).toEqual(
          counts.toReversed().map(({ value, count }) => ({ time: value, count })),
        );
        // Every hour that a clock showed between the first and the last.
        const shown = new Set<string>();
        for (let ms = rows[0]?.at ?? 0; ms <= at; ms += 900_000) shown.add(countKey(ms, bucket, zone) ?? '');
        shown.add(countKey(at, bucket, zone) ?? '');
        expect(series.map(({ time }) => time)).toEqual([...shown]);
      },
    ),
  );
});

test('an hour is written as clocks have it, also of a zone', () => {
  expect(['2026-11-20T09', '2026-11-20T09:00+09:00', '2026-11-20', '2026-11'].map(bucketText)).toEqual([
    '2026-11-20 09:00',
    '2026-11-20 09:00+09:00',
    '2026-11-20',
    '2026-11',
  ]);
});
