import { numberFormat } from './formats.ts';

/** Units of durations, in ms. */
const unitMs = { ms: 1, s: 1_000, min: 60_000, d: 86_400_000 } as const;
export type DurationUnit = keyof typeof unitMs;

/** Fields that are durations, and in what Logto counts them (packages/schemas: oidc, sign-in experience, SSO). */
const durations: Readonly<Record<string, DurationUnit | undefined>> = {
  ttl: 's',
  idTokenTtl: 's',
  accessTokenTtl: 's',
  refreshTokenTtl: 's',
  refreshTokenTtlInDays: 'd',
  lockoutDuration: 'min',
  validPeriodDays: 'd',
  expiresIn: 's',
};

/** The unit of a field that is a duration, by the last part of its path; null for any other field. */
export const durationUnitOf = (path: string): DurationUnit | null => {
  const name = path.split('.').at(-1) ?? '';
  return Object.hasOwn(durations, name) ? (durations[name] ?? null) : null;
};

const parts = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
  ['millisecond', 1],
] as const;

/** A duration in words, of its two largest units: 1,209,600 s is "14 days". `language` as `Intl` takes it. */
export const durationText = (value: number, unit: DurationUnit, language: string): string => {
  const words = (count: number, name: (typeof parts)[number][0]) =>
    numberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' }).format(count);
  let left = Math.round(Math.abs(value) * unitMs[unit]);
  const said: string[] = [];
  for (const [name, ms] of parts) {
    const count = Math.floor(left / ms);
    left -= count * ms;
    if (count > 0 && said.length < 2) said.push(words(count, name));
  }
  if (said.length === 0) return words(0, unit === 'ms' ? 'millisecond' : 'second');
  return `${value < 0 ? '−' : ''}${said.join(' ')}`;
};

/** The value with its unit as the server has it, for whoever hovers: `1209600 s`. */
export const rawDuration = (value: number, unit: DurationUnit): string => `${value} ${unit}`;

/** True for a color as the sign-in experience has them. */
export const isColor = (text: string): boolean => /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(text);

/** True for a web address and nothing beside it. */
export const isAddress = (text: string): boolean => /^https?:\/\/[^\s]+$/i.test(text);

/** The moment (unix ms) of a date that is written as ISO 8601 with a zone; null for any other text. */
export const isoMoment = (text: string): number | null => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
};

/** True for a value that says something: neither null, nor empty text, nor an empty list or object. */
export const isSet = (value: unknown): boolean =>
  value !== null &&
  value !== undefined &&
  value !== '' &&
  !(typeof value === 'object' && Object.keys(value).length === 0);

/** Parts of an object that are shown one by one; what has more, or is nested deeper, is shown as JSON. */
const mostParts = 40;
const deepest = 3;

/** True for an object whose parts can be shown as fields of their own: few, and not deep. */
export const isReadable = (value: unknown): value is Readonly<Record<string, unknown>> => {
  const count = (one: unknown, depth: number): number => {
    if (typeof one !== 'object' || one === null) return 1;
    if (Array.isArray(one))
      return one.every((part) => typeof part !== 'object' || part === null) ? 1 : Number.POSITIVE_INFINITY;
    if (depth === 0) return Number.POSITIVE_INFINITY;
    return Object.values(one).reduce<number>((sum, part) => sum + count(part, depth - 1), 1);
  };
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && count(value, deepest) <= mostParts
  );
};

const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object';

/** The most rows and columns that a list of objects is shown as a table with. */
const tableRows = 100;
const tableColumns = 6;

/** A list of flat objects: its rows, and their fields in the order in which they are met. */
export type Table = { columns: string[]; rows: Readonly<Record<string, unknown>>[] };

/** A list of flat objects as a table; null for any other value, and for lists that are long or wide. */
export const tableOf = (value: unknown): Table | null => {
  if (!Array.isArray(value) || value.length === 0 || value.length > tableRows) return null;
  const columns = new Set<string>();
  const rows: Table['rows'] = [];
  for (const one of value as unknown[]) {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return null;
    const row = Object.fromEntries(Object.entries(one));
    if (!Object.values(row).every(isPlain)) return null;
    for (const key of Object.keys(row)) columns.add(key);
    rows.push(row);
  }
  return columns.size > 0 && columns.size <= tableColumns ? { columns: [...columns], rows } : null;
};
