import type { Count, TimeBucket } from './local.ts';

/** Buckets of time that a chart has room for. */
const mostBuckets = 2_000;

/** The start of the bucket after one, both as `countKey` names them, in UTC. */
const nextOf = (key: string, bucket: TimeBucket): string => {
  if (bucket === 'month') {
    const [year = 0, month = 1] = key.split('-').map(Number);
    return new Date(Date.UTC(year, month)).toISOString().slice(0, 7);
  }
  const isHour = bucket === 'hour';
  const at = Date.parse(isHour ? `${key}:00:00Z` : `${key}T00:00:00Z`);
  return new Date(at + (isHour ? 3_600_000 : 86_400_000)).toISOString().slice(0, isHour ? 13 : 10);
};

/**
 * Counts of moments from the oldest to the newest, with the buckets between them in which nothing was; of more than a
 * chart has room for, the newest.
 */
export const timeSeries = (
  counts: readonly Count[],
  bucket: TimeBucket,
): { time: string; count: number }[] => {
  const known = new Map(
    counts.flatMap(({ value, count }) => (value === null ? [] : [[value, count] as const])),
  );
  const keys = [...known.keys()].filter((key) => /^\d{4}-\d\d/.test(key)).sort();
  const last = keys.at(-1);
  let time = keys[0];
  if (time === undefined || last === undefined) return [];
  const series: { time: string; count: number }[] = [];
  // Ten times what is shown: a single moment of long ago must not fill the memory with nothing.
  for (let n = 0; time <= last && n < 10 * mostBuckets; n += 1) {
    series.push({ time, count: known.get(time) ?? 0 });
    time = nextOf(time, bucket);
  }
  if (series.at(-1)?.time === last) return series.slice(-mostBuckets);
  return keys.slice(-mostBuckets).map((key) => ({ time: key, count: known.get(key) ?? 0 }));
};
