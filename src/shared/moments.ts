import { momentIn, offsetAt, type Zone } from './zone.ts';

/** A time that words name, both ends in it, in unix ms; a moment has `from` = `to`. */
export type Span = { from: number; to: number };

const second = 1_000;
const minute = 60 * second;
const day = 86_400_000;
const units: Readonly<Record<string, number>> = { s: second, m: minute, h: 60 * minute, d: day, w: 7 * day };

/** Names of units, as they are typed: `m`, `min`, `mins`, `minute`, `minutes`. */
const duration =
  /^(?:last\s+)?(\d{1,6})\s*(?:(s)(?:ec(?:ond)?s?)?|(m)(?:in(?:ute)?s?)?|(h)(?:(?:ou)?rs?)?|(d)(?:ays?)?|(w)(?:eeks?)?)(?:\s+ago)?$/;

const written =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?\s*(z|[+-]\d{2}:?\d{2})?)?)?)?$/;

/** The time from one date and time of a zone to just before another, both as unix ms of the same in UTC. */
const between = (from: number, next: number, zone: Zone): Span => {
  const last = momentIn(next - 1, zone, 'last');
  // Where clocks are put forward over the end, what is left of it ends there.
  const to = last + offsetAt(last, zone) === next - 1 ? last : last - 1;
  return { from: momentIn(from, zone, 'first'), to };
};

const dayOf = (now: number, zone: Zone, back: number): Span => {
  const at = new Date(now + offsetAt(now, zone));
  const midnight = (days: number) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + days);
  return between(midnight(-back), midnight(1 - back), zone);
};

/** Ms that a zone such as `+09:00` is ahead of UTC. */
const offsetOf = (text: string): number => {
  const [, sign = '', hours = '', minutes = ''] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute;
};

const dateOf = (text: string, zone: Zone): Span | null => {
  const [found, ...parts] = written.exec(text) ?? [];
  if (found === undefined) return null;
  const [year = 0, month = 1, date = 1, h = 0, m = 0, s = 0] = parts
    .slice(0, 6)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const [, hasMonth, hasDate, hasTime, , hasSeconds, fraction, offset] = parts;
  // What the calendar does not have is a mistake, not the day after (30 February).
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (year < 100 || month < 1 || month > 12 || date < 1 || date > days || h > 23 || m > 59 || s > 59)
    return null;
  const ms = Number((fraction ?? '').padEnd(3, '0'));
  const start = Date.UTC(year, month - 1, date, h, m, s, ms);
  if (!hasMonth) return between(start, Date.UTC(year + 1, 0), zone);
  if (!hasDate) return between(start, Date.UTC(year, month), zone);
  if (!hasTime) return between(start, start + day, zone);
  const length = fraction ? 1 : hasSeconds ? second : minute;
  if (offset === undefined) return between(start, start + length, zone);
  const from = start - offsetOf(offset);
  return { from, to: from + length - 1 };
};

/**
 * The time that a text names; null when it names none. Understood: unix ms; `2026`, `2026-11`, `2026-11-20`,
 * `2026-11-20 08:30`, `2026-11-20T08:30:15.123Z` or with an offset; `now`, `today`, `yesterday`; and times back from
 * now: `90s`, `30m`, `24h`, `7d`, `2w`, `3 days ago`. `now` in unix ms is what those count back from. A date stands for
 * all of its day, a month for all of its days, `24h` for the time from then until now.
 */
export const spanOf = (text: string, now: number, zone: Zone = 'utc'): Span | null => {
  const words = text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
  if (/^\d{5,15}$/.test(words)) return { from: Number(words), to: Number(words) };
  if (words === 'now') return { from: now, to: now };
  if (words === 'today') return dayOf(now, zone, 0);
  if (words === 'yesterday') return dayOf(now, zone, 1);
  const [, count, ...names] = duration.exec(words) ?? [];
  const unit = names.find((name) => name !== undefined);
  if (count !== undefined && unit !== undefined)
    return { from: now - Number(count) * (units[unit] ?? 0), to: now };
  return dateOf(words, zone);
};
