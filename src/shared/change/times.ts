import { spanOf } from '../moments.ts';
import type { Zone } from '../zone.ts';

const minute = 60_000;
const units: Readonly<Record<string, number>> = {
  m: minute,
  h: 60 * minute,
  d: 24 * 60 * minute,
  w: 7 * 24 * 60 * minute,
  y: 365 * 24 * 60 * minute,
};

/**
 * The moment (unix ms) that is typed for something that ends then: a date (to its last millisecond), a date with a time,
 * unix ms, or how long from `now`, such as `30d`. Null for anything else. `zone`: of what names none.
 */
export const endTyped = (text: string, now: number, zone: Zone): number | null => {
  const [, count, unit] = /^(\d{1,4})\s*([mhdwy])$/i.exec(text.trim()) ?? [];
  if (count !== undefined && unit !== undefined)
    return now + Number(count) * (units[unit.toLowerCase()] ?? 0);
  if (/^[\d\s]*[a-z]/i.test(text.trim())) return null;
  const span = spanOf(text, now, zone);
  if (!span) return null;
  const isDay = /^[\d-]+$/.test(text.trim());
  return isDay ? span.to : span.from;
};
