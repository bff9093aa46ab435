/** The zone that dates and times of day are read in where they name none. `local` is that of this computer. */
export type Zone = 'utc' | 'local';

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

/** The moment of a date and time in a zone, parts beyond their range carried over as `Date` does. */
const momentAt = (zone: Zone, year: number, month: number, date = 1, ...time: number[]): number => {
  const [h = 0, m = 0, s = 0, ms = 0] = time;
  return zone === 'utc'
    ? Date.UTC(year, month, date, h, m, s, ms)
    : new Date(year, month, date, h, m, s, ms).getTime();
};

const dayOf = (now: number, zone: Zone, back: number): Span => {
  const at = new Date(now);
  const [year, month, date] =
    zone === 'utc'
      ? [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
      : [at.getFullYear(), at.getMonth(), at.getDate()];
  return {
    from: momentAt(zone, year, month, date - back),
    to: momentAt(zone, year, month, date - back + 1) - 1,
  };
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
  if (month < 1 || month > 12 || date < 1 || date > days || h > 23 || m > 59 || s > 59) return null;
  const at = month - 1;
  if (!hasMonth) return { from: momentAt(zone, year, 0), to: momentAt(zone, year + 1, 0) - 1 };
  if (!hasDate) return { from: momentAt(zone, year, at), to: momentAt(zone, year, at + 1) - 1 };
  if (!hasTime) return { from: momentAt(zone, year, at, date), to: momentAt(zone, year, at, date + 1) - 1 };
  const ms = Number((fraction ?? '').padEnd(3, '0'));
  const from =
    offset === undefined
      ? momentAt(zone, year, at, date, h, m, s, ms)
      : momentAt('utc', year, at, date, h, m, s, ms) - offsetOf(offset);
  const length = fraction ? 1 : hasSeconds ? second : minute;
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
