import { type Count, compareCountKeys, countKey, type TimeBucket } from './local.ts';
import { momentIn, type Zone } from './zone.ts';

/** Buckets of time that a chart has room for. */
const mostBuckets = 2_000;

/** Offsets change at whole quarters of an hour (IANA, since 1970). */
const quarter = 900_000;

/** What keys of a bucket look like. */
const forms: Readonly<Record<TimeBucket, RegExp>> = {
  hour: /^\d{4}-\d\d-\d\dT\d\d(:00[+-]\d\d:\d\d)?$/,
  day: /^\d{4}-\d\d-\d\d$/,
  month: /^\d{4}-\d\d$/,
};

/** A bucket as people read it; an hour as clocks have it: `2026-11-20 09:00`. */
export const bucketText = (key: string): string =>
  `${key.replace('T', ' ')}${/T\d\d$/.test(key) ? ':00' : ''}`;

/** The first hour after one that has another name, or another offset. */
const nextHour = (key: string, zone: Zone): string | null => {
  // Where clocks are put forward by half an hour, the hour begins after the moment that its name says.
  let isShown = false;
  for (let at = Date.parse(key.length === 13 ? `${key}:00Z` : key), n = 0; n < 12; n += 1) {
    const shown = countKey(at, 'hour', zone);
    if (shown === key) isShown = true;
    else if (isShown) return shown;
    at += quarter;
  }
  return null;
};

/** The bucket after one, both as `countKey` names them; null for what names none. */
const nextOf = (key: string, bucket: TimeBucket, zone: Zone): string | null => {
  if (bucket === 'hour') return nextHour(key, zone);
  const [year = 0, month = 1, day] = key.split('-').map(Number);
  for (let n = 1; n < 4; n += 1) {
    const wall = day === undefined ? Date.UTC(year, month - 1 + n) : Date.UTC(year, month - 1, day + n);
    const next = countKey(momentIn(wall, zone, 'first'), bucket, zone);
    // A day that a zone leaves out has no moment of its own.
    if (next !== null && compareCountKeys(next, key) > 0) return next;
  }
  return null;
};

/**
 * Counts of moments from the oldest to the newest, with the buckets between them in which nothing was; of more than a
 * chart has room for, the newest.
 */
export const timeSeries = (
  counts: readonly Count[],
  bucket: TimeBucket,
  zone: Zone = 'utc',
): { time: string; count: number }[] => {
  const known = new Map(
    counts.flatMap(({ value, count }) => (value === null ? [] : [[value, count] as const])),
  );
  const keys = [...known.keys()].filter((key) => forms[bucket].test(key)).sort(compareCountKeys);
  const last = keys.at(-1);
  let time = keys[0] ?? null;
  if (last === undefined) return [];
  const series: { time: string; count: number }[] = [];
  // Ten times what is shown: a single moment of long ago must not fill the memory with nothing.
  for (let n = 0; time !== null && compareCountKeys(time, last) <= 0 && n < 10 * mostBuckets; n += 1) {
    series.push({ time, count: known.get(time) ?? 0 });
    time = nextOf(time, bucket, zone);
  }
  if (series.at(-1)?.time === last) return series.slice(-mostBuckets);
  return keys.slice(-mostBuckets).map((key) => ({ time: key, count: known.get(key) ?? 0 }));
};
