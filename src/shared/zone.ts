/**
 * The zone that dates and times of day are read in where they name none, and that moments are shown in: `utc`, `local`
 * (this computer's), or a name of the IANA database such as `Asia/Seoul`.
 */
export type Zone = string;

const minute = 60_000;
const day = 86_400_000;
/** Offsets change at whole quarters of an hour (IANA, since 1970). */
const quarter = 15 * minute;

/** The last moment that a date can name, unix ms. */
const lastMoment = 8.64e15;

const nameOf = (asked: string): string | null => {
  if (/^(utc|gmt|z)$/i.test(asked)) return 'UTC';
  try {
    const { timeZone } = new Intl.DateTimeFormat(
      'en',
      asked === 'local' ? {} : { timeZone: asked },
    ).resolvedOptions();
    return /^(Etc\/)?(UTC|GMT)$/.test(timeZone) ? 'UTC' : timeZone;
  } catch {
    return null;
  }
};

/** Names that were asked for: to ask the system costs more than all else of a moment, and every cell of a grid does. */
const names = new Map<string, string | null>();
const mostNames = 1_000;

/** The IANA name of a zone; null for a text that names none. */
export const zoneNamed = (text: string): string | null => {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = nameOf(text.trim());
  if (names.size >= mostNames) names.clear();
  names.set(text, name);
  return name;
};

/** The IANA name of a zone; what names none is UTC. */
export const zoneName = (zone: Zone): string => zoneNamed(zone) ?? 'UTC';

/** How a zone is asked for its offset, and the offsets that it gave, by quarters of an hour. */
type Clock = { format: Intl.DateTimeFormat; offsets: Map<number, number> };
const clocks = new Map<Zone, Clock | null>();

const clockOf = (zone: Zone): Clock | null => {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const timeZone = zoneName(zone);
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const clock = timeZone === 'UTC' ? null : { format, offsets: new Map<number, number>() };
  clocks.set(zone, clock);
  return clock;
};

/** The offset of a zone in a quarter of an hour, as the system tells it. */
const offsetIn = ({ format, offsets }: Clock, quarterAt: number): number => {
  const known = offsets.get(quarterAt);
  if (known !== undefined) return known;
  const text =
    format
      .formatToParts(Math.min(Math.max(quarterAt * quarter, -lastMoment), lastMoment))
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, h, m = 0, s = 0] = /([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(text) ?? [];
  const offset = (sign === '-' ? -1 : 1) * ((Number(h ?? 0) * 60 + Number(m)) * 60 + Number(s)) * 1_000;
  if (offsets.size > 10_000) offsets.clear();
  offsets.set(quarterAt, offset);
  return offset;
};

/** Ms that a zone is ahead of UTC at a moment (unix ms). To ask the system costs: of a day it is asked twice. */
export const offsetAt = (ms: number, zone: Zone): number => {
  const clock = clockOf(zone);
  if (!clock || Number.isNaN(new Date(ms).getTime())) return 0;
  const first = Math.floor(ms / day) * (day / quarter);
  const next = offsetIn(clock, first + day / quarter);
  // No zone changes its offset twice within a day.
  return offsetIn(clock, first) === next ? next : offsetIn(clock, Math.floor(ms / quarter));
};

/**
 * The moment (unix ms) at which clocks of a zone show a date and time, given as unix ms of the same in UTC. Of two such
 * moments it is the `first` or the `last`; of none, because clocks are put forward over it, the first one after that.
 */
export const momentIn = (wall: number, zone: Zone, which: 'first' | 'last'): number => {
  const [before, after] = [offsetAt(wall - day, zone), offsetAt(wall + day, zone)];
  const found = [wall - before, wall - after].filter((ms) => ms + offsetAt(ms, zone) === wall);
  if (found.length > 0) return which === 'first' ? Math.min(...found) : Math.max(...found);
  let [low, high] = [wall - day, wall + day];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === before) low = middle;
    else high = middle;
  }
  return high;
};

const signed = (offset: number): string => {
  const minutes = Math.round(Math.abs(offset) / minute);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

/** A moment (unix ms) in ISO 8601 with its offset, `2026-11-20T17:00:00.000+09:00`, of UTC `…Z`; null for none. */
export const isoIn = (ms: number, zone: Zone): string | null => {
  if (Number.isNaN(new Date(ms).getTime())) return null;
  // An offset of seconds, as zones had them before 1972, has no form in ISO 8601.
  const offset = offsetAt(ms, zone);
  const shown = offset % minute === 0 ? offset : 0;
  const wall = new Date(ms + shown);
  if (Number.isNaN(wall.getTime())) return new Date(ms).toISOString();
  const text = wall.toISOString();
  return zoneName(zone) === 'UTC' || shown !== offset ? text : `${text.slice(0, -1)}${signed(shown)}`;
};

/**
 * The form of a moment in every language: it sorts by eye, can be pasted into a filter or a command, and is the same whoever
 * reads it. How long ago something was is said in words, by `Intl` (`relative-time.ts`).
 */
export const clockPattern = 'YYYY-MM-DD HH:mm:ss';

/** A moment (unix ms) as clocks of a zone show it, by `clockPattern`: `2026-11-20 17:00:00`; null for none. */
export const clockTime = (ms: number, zone: Zone): string | null =>
  isoIn(ms, zone)
    ?.replace(/\.\d{3}(Z|[+-]\d{2}:\d{2})$/, '')
    .replace('T', ' ') ?? null;

/** A zone's offset at a moment, `UTC+09:00`, or `UTC`. */
export const offsetLabel = (ms: number, zone: Zone): string =>
  zoneName(zone) === 'UTC' ? 'UTC' : `UTC${signed(offsetAt(ms, zone))}`;
