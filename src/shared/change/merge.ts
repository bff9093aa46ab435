import type { Values } from './change.ts';
import type { Operation } from './operations/operation.ts';
import { topOf } from './operations/rows.ts';
import { objectOf } from './operations/values.ts';
import { secretRefOf } from './secrets.ts';

type Json = Readonly<Record<string, unknown>>;

const withPart = (object: Json, path: readonly string[], value: unknown): Json => {
  const [key = '', ...rest] = path;
  if (rest.length > 0) return { ...object, [key]: withPart(objectOf(object[key]), rest, value) };
  if (value !== undefined) return { ...object, [key]: value };
  const { [key]: _, ...others } = object;
  return others;
};

/** True of a field whose parts are edited by themselves. */
const isOfParts = (operation: Pick<Operation, 'fields'>, top: string): boolean =>
  operation.fields.some(({ id, parts }) => (id === top && parts === true) || id.startsWith(`${top}.`));

/**
 * What shall be, with whole objects in the place of their parts: those of `present` with what is set and without what is
 * unset. An emptied part of an object is taken away, as the server keeps no null there that means nothing.
 */
export const mergedAfter = (
  operation: Pick<Operation, 'fields'>,
  present: Values,
  values: Values,
  unset: readonly string[],
): Values => {
  const after: Record<string, unknown> = {};
  const set = (id: string, value: unknown) => {
    const top = topOf(id);
    if (id === top) {
      after[id] = value;
      return;
    }
    const base = objectOf(after[top] ?? present[top]);
    const declared = operation.fields.some((field) => field.id === id);
    const isEmptied = declared && (value === null || value === '');
    after[top] = withPart(base, id.split('.').slice(1), isEmptied ? undefined : value);
  };
  for (const [id, value] of Object.entries(values)) set(id, value);
  for (const id of unset) {
    const top = topOf(id);
    if (id !== top || isOfParts(operation, top)) set(id, id === top ? {} : undefined);
    else set(id, null);
  }
  return after;
};

/** Fields that differ between two values, by path: of objects their parts. What shows a change shows these. */
export const differences = (
  before: Values,
  after: Values,
): { path: string; before: unknown; after: unknown }[] => {
  const found: { path: string; before: unknown; after: unknown }[] = [];
  const isObject = (value: unknown): value is Json =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !secretRefOf(value);
  const walk = (one: unknown, other: unknown, path: string) => {
    const hasParts = isObject(one) && isObject(other);
    if (!hasParts) {
      if (JSON.stringify(one) !== JSON.stringify(other)) found.push({ path, before: one, after: other });
      return;
    }
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
      walk(one[key], other[key], path === '' ? key : `${path}.${key}`);
  };
  for (const key of Object.keys(after)) walk(before[key], after[key], key);
  return found;
};
