import { z } from 'zod';
import { DeskError } from './errors.ts';
import { isNetwork } from './network.ts';
import { type Row, valueAt } from './row.ts';
import { wellFormed } from './text.ts';
import { isoIn, type Zone } from './zone.ts';

/**
 * How a value of a row is compared with what the operator entered. `less` and `more` compare numbers and times too,
 * `network` and `outside` an IP address with networks in CIDR form.
 */
export const localModes = [
  'contains',
  'lacks',
  'is',
  'differs',
  'less',
  'more',
  'network',
  'outside',
  'filled',
  'empty',
] as const;
export type LocalMode = (typeof localModes)[number];

/** Modes that compare with nothing. */
export const modesWithoutValue: readonly LocalMode[] = ['filled', 'empty'];

/** Modes that compare IP addresses. */
export const networkModes: readonly LocalMode[] = ['network', 'outside'];

const column = wellFormed.min(1).max(128);

/** One thing to ask of a row that the API cannot be asked; a row has to fit all conditions. */
export const conditionSchema = z
  .object({
    column,
    mode: z.enum(localModes),
    value: wellFormed.max(2048).default(''),
  })
  .refine(({ mode, value }) => !networkModes.includes(mode) || isNetwork(value), {
    path: ['value'],
    error:
      'an address or a network is needed, such as 10.0.0.0/8 or 2001:db8::/32, or several joined by commas',
  });
export type Condition = z.infer<typeof conditionSchema>;

export const sortSchema = z.object({ column, descending: z.boolean() });
export type Sort = z.infer<typeof sortSchema>;

const invalid = (where: string, reason: string) => new DeskError('query.invalid', { where, reason });

/** The condition as text for a URL, `mode:column:value`; a colon in the column's name is escaped. */
export const textOfCondition = ({ column: id, mode, value }: Condition): string =>
  `${mode}:${id.replace(/[%:]/g, encodeURIComponent)}:${value}`;

/** The condition of such a text. Throws `query.invalid` for one that cannot be read. */
export const conditionOf = (text: string): Condition => {
  const [, mode, id = '', value] = /^([a-z]+):([^:]*):(.*)$/s.exec(text) ?? [];
  let name: string;
  try {
    name = decodeURIComponent(id);
  } catch {
    throw invalid('where', `"${text}" is not well formed`);
  }
  const parsed = conditionSchema.safeParse({ column: name, mode, value });
  if (parsed.success) return parsed.data;
  const [{ path: [part] = [], message = '' } = {}] = parsed.error.issues;
  throw invalid(
    'where',
    part === 'value' && value !== undefined
      ? `"${text}": ${message}`
      : `"${text}" is not of the form mode:column:value; modes: ${localModes.join(', ')}`,
  );
};

/** A sort as text for a URL: `asc:column` or `desc:column`. */
export const textOfSort = (sort: Sort): string => `${sort.descending ? 'desc' : 'asc'}:${sort.column}`;

export const sortOf = (text: string): Sort => {
  const [, way, name] = /^(asc|desc):(.*)$/s.exec(text) ?? [];
  const parsed = sortSchema.safeParse({ column: name, descending: way === 'desc' });
  if (!parsed.success) throw invalid('sort', `"${text}" is neither asc:column nor desc:column`);
  return parsed.data;
};

/** True for what people see as no value: nothing, an empty text, list or object. */
export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** A value as text: of lists and objects their JSON. */
export const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');

/** Characters of a text that decide its place. */
export const keyLength = 200;

/** A number's digits behind how many they are: short, and in the order of the numbers. */
export const orderedDigits = (digits: string): string => {
  const counted = digits.replace(/^0+/, '');
  return `${String(Math.min(counted.length, 99)).padStart(2, '0')}${counted}`;
};

/**
 * What a value is sorted by: numbers by size, then text as people sort it (without case and accents, digits by their
 * number), then whatever else by its text; null for what is empty, which comes last. Plain comparison of keys gives the
 * order, so that a database can keep it too.
 */
export const sortKey = (value: unknown): number | string | null => {
  if (isEmpty(value)) return null;
  if (typeof value === 'number') return value;
  const text = textOf(value)
    .slice(0, keyLength)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\d+/g, orderedDigits);
  return typeof value === 'string' ? text : `\u{10ffff}${text}`;
};

/** The order of two keys: numbers first. */
export const compareKeys = (a: number | string, b: number | string): number => {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
};

/** The items in the order of a column of their rows; what is empty comes last either way, equals stay in place. */
export const sortedBy = <Item>(items: readonly Item[], sort: Sort, rowOf: (item: Item) => Row): Item[] => {
  const filled: { item: Item; key: number | string }[] = [];
  const rest: Item[] = [];
  for (const item of items) {
    const key = sortKey(valueAt(rowOf(item), sort.column));
    if (key === null) rest.push(item);
    else filled.push({ item, key });
  }
  filled.sort((a, b) => (sort.descending ? compareKeys(b.key, a.key) : compareKeys(a.key, b.key)));
  return [...filled.map(({ item }) => item), ...rest];
};

/** Lengths of time by which moments are counted together. */
export const timeBuckets = ['hour', 'day', 'month'] as const;
export type TimeBucket = (typeof timeBuckets)[number];

/** Rows that share a value; `value` is null for those without one. */
export type Count = { value: string | null; count: number };

/** What rows are counted by: a column, moments by their hour, day or month in a zone; absent: UTC. */
export type Counting = { column: string; bucket: TimeBucket | null; zone?: Zone | undefined };

/** Characters of an ISO moment that name its hour, day or month. */
const bucketLength: Readonly<Record<TimeBucket, number>> = { hour: 13, day: 10, month: 7 };

/**
 * The value that a row is counted under: its text, or of a moment (unix ms) the month, `2026-10`, the day, `2026-10-25`, or
 * the hour, `2026-10-25T02`, which in other zones than UTC has its offset, `2026-10-25T02:00+01:00`: where clocks are put
 * back, an hour of the same name comes twice.
 */
export const countKey = (value: unknown, bucket: TimeBucket | null, zone: Zone = 'utc'): string | null => {
  if (isEmpty(value)) return null;
  if (bucket === null || typeof value !== 'number') return textOf(value);
  const text = isoIn(value, zone);
  if (text === null) return String(value);
  const offset = bucket === 'hour' ? /[+-]\d{2}:\d{2}$/.exec(text)?.[0] : undefined;
  return `${text.slice(0, bucketLength[bucket])}${offset ? `:00${offset}` : ''}`;
};

/** The order of two such values, times from the oldest to the newest. */
export const compareCountKeys = (one: string, other: string): number => {
  const [a = 0, b = 0] = [one, other].map((key) => (/[+-]\d{2}:\d{2}$/.test(key) ? Date.parse(key) : 0));
  return a && b ? a - b : one.localeCompare(other, 'en');
};

/** Counts in the order people read them: moments by time, anything else by how many. */
export const inCountOrder = (counts: readonly Count[], bucket: TimeBucket | null): Count[] =>
  [...counts].sort((a, b) =>
    bucket === null
      ? b.count - a.count || String(a.value ?? '').localeCompare(String(b.value ?? ''), 'en')
      : compareCountKeys(b.value ?? '', a.value ?? ''),
  );

/** Counts rows by a column as they come; `counts` tells them in the order people read them. */
export const counter = ({ column, bucket, zone }: Counting) => {
  const found = new Map<string | null, number>();
  return {
    add(row: Row) {
      const key = countKey(valueAt(row, column), bucket, zone);
      found.set(key, (found.get(key) ?? 0) + 1);
    },
    counts: (): Count[] =>
      inCountOrder(
        [...found].map(([value, count]) => ({ value, count })),
        bucket,
      ),
  };
};

/** How many rows have each value of a column. */
export const countsOf = (rows: Iterable<Row>, counting: Counting): Count[] => {
  const { add, counts } = counter(counting);
  for (const row of rows) add(row);
  return counts();
};
