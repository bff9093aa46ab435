import type { Row } from '../../row.ts';
import { valueAt } from '../../row.ts';
import type { Values } from '../change.ts';
import type { Seen } from './operation.ts';

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True of two JSON values that say the same, in whatever order their keys stand. A key that is undefined is not there. */
export const same = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((value, at) => same(value, other[at]));
  if (!isObject(one) || !isObject(other)) return false;
  const keysOf = (value: Readonly<Record<string, unknown>>) =>
    Object.keys(value).filter((key) => value[key] !== undefined);
  const keys = keysOf(one);
  return keys.length === keysOf(other).length && keys.every((key) => same(one[key], other[key]));
};

/** As the server keeps it: an emptied text is null there. */
export const kept = (value: unknown): unknown => (value === '' ? null : value);

/** The values of these fields in a row; what the row lacks is not there. */
export const picked = (row: Row, fields: readonly string[]): Values =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const value = valueAt(row, field);
      return value === undefined ? [] : [[field, value]];
    }),
  );

/** The value as an array of texts; empty where it is none. */
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The rows of the n-th look; none where it was not a list. */
export const rowsOf = (seen: readonly Seen[], at = 0): readonly Row[] => {
  const one = seen[at];
  return isList(one) ? one : [];
};

/** The object of the n-th look; null where it is not there. */
export const rowOf = (seen: readonly Seen[], at = 0): Row | null => {
  const one = seen[at];
  return one === null || one === undefined || isList(one) ? null : one;
};

const isList = (seen: Seen | undefined): seen is readonly Row[] => Array.isArray(seen);

/** Ids of rows, at a path. */
export const idsOf = (rows: readonly Row[], at = 'id'): string[] =>
  rows.flatMap((row) => {
    const id = valueAt(row, at);
    return typeof id === 'string' ? [id] : [];
  });

/** Rows within a row: the roles of a member, the permissions of a role. */
export const rowsIn = (value: unknown): Row[] =>
  Array.isArray(value) ? value.filter((one): one is Row => isObject(one)) : [];

/** Those of the first that are among the second, in the first's order. */
export const among = (ids: readonly string[], others: readonly string[]): string[] => {
  const known = new Set(others);
  return ids.filter((id) => known.has(id));
};

/** Those of the first that are not among the second. */
export const without = (ids: readonly string[], others: readonly string[]): string[] => {
  const known = new Set(others);
  return ids.filter((id) => !known.has(id));
};

/** An object's value, or the empty one. */
export const objectOf = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {});

/** The text at a path of an answer; empty where there is none. */
export const textAt = (answer: unknown, path: string): string => text(valueAt(answer, path));
