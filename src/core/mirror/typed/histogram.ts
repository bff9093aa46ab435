import { type Count, countKey, type TimeBucket } from '../../../shared/local.ts';
import type { Zone } from '../../../shared/zone.ts';
import type { Statements } from '../statements.ts';
import type { Plan } from './plan.ts';
import { latersOf } from './schema.ts';

const minute = 60_000;
/** Offsets of zones are whole quarters of an hour. */
const quarter = 15 * minute;
const day = 24 * 60 * minute;

/** Longer than any of a kind, in any zone. */
const longest: Readonly<Record<TimeBucket, number>> = {
  hour: 2 * 60 * minute,
  day: 2 * day,
  month: 33 * day,
};

/** No moment behind it is sure to have a date. */
const lastMoment = 8.6e15;

/** The quarter of an hour that the bucket of a moment begins with, unix ms. */
const beginOf = (moment: number, key: string | null, bucket: TimeBucket, zone: Zone): number => {
  let within = Math.floor(moment / quarter);
  let before = within - longest[bucket] / quarter;
  while (within - before > 1) {
    const middle = Math.floor((within + before) / 2);
    if (countKey(middle * quarter, bucket, zone) === key) within = middle;
    else before = middle;
  }
  return within * quarter;
};

/**
 * How many rows of a list were made in each hour, day or month of a plan's time: counted where they stand, without being
 * read. Null where some have no moment, or one that has no date.
 */
export const histogramOf = (
  sql: Statements,
  list: number,
  time: Pick<Plan, 'from' | 'to'>,
  bucket: TimeBucket,
  zone: Zone,
  step: () => void,
): Count[] | null => {
  const bounds = 'FROM cells WHERE list = ? AND later >= ? AND later <= ?';
  const next = sql.run(`SELECT later ${bounds} ORDER BY later LIMIT 1`);
  const count = sql.run(`SELECT count(*) AS rows ${bounds}`);
  const [first, last] = latersOf(time);
  const found: Count[] = [];
  return sql.atOnce(() => {
    if (next.get(list, 1, last)) return null;
    for (let later = first; ; ) {
      step();
      const newest = next.get(list, later, last) as { later: number } | undefined;
      if (!newest) return found;
      const moment = -newest.later;
      if (moment > lastMoment) return null;
      const key = countKey(moment, bucket, zone);
      const end = Math.min(last, -beginOf(moment, key, bucket, zone));
      const { rows = 0 } = (count.get(list, newest.later, end) ?? {}) as { rows?: number };
      found.push({ value: key, count: rows });
      later = end + 1;
    }
  });
};
