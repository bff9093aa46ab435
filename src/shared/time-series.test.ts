import { expect, test } from 'vitest';
import { timeSeries } from './time-series.ts';

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
