import { valueAt } from '../row.ts';
import type { Values } from './change.ts';
import type { EditField, Operation } from './operations/operation.ts';
import { holds, topOf } from './operations/rows.ts';
import { kept, same } from './operations/values.ts';
import type { Guard, LineFault } from './plan.ts';
import { secretPaths, secretRefOf } from './secrets.ts';

/** Largest body that a server reads, bytes: one more is answered as if the route were not there (WRITES). */
export const largestBody = 1_048_576;

const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const username = /^[A-Za-z_]\w*$/;
const phone = /^\d{5,15}$/;
const date = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
/** What a browser or an application would run, not open (WRITES: the server takes them). */
const script = /^[\s\u0000-\u0020]*(javascript|data|vbscript)\s*:/i;

const isText = (value: unknown): value is string => typeof value === 'string';
/** True of a year, a month, or a day that there is. */
const isDate = (text: string): boolean => {
  const [, year, month = '01', day = '01'] = date.exec(text) ?? [];
  const whole = `${year}-${month}-${day}`;
  const at = new Date(`${whole}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(whole);
};

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

const urlGuard = (value: unknown, forced: readonly string[]): Guard | null => {
  if (!isText(value)) return 'invalid-value';
  if (script.test(value) && !forced.includes('script-url')) return 'script-url';
  return URL.canParse(value) ? null : 'invalid-value';
};

const isIds = (value: unknown): boolean =>
  isTexts(value) && new Set(value).size === value.length && value.every((id) => id !== '');

const isJson = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type OfKind = (value: unknown, field: EditField, forced: readonly string[]) => Guard | null;

const ofKind: Readonly<Record<EditField['kind'], OfKind>> = {
  text: (value) => (isText(value) ? null : 'invalid-value'),
  id: (value) => (isText(value) && value !== '' ? null : 'invalid-value'),
  email: (value) => (isText(value) && email.test(value) ? null : 'invalid-value'),
  phone: (value) => (isText(value) && phone.test(value) ? null : 'invalid-value'),
  username: (value) => (isText(value) && username.test(value) ? null : 'invalid-value'),
  url: (value, _, forced) => urlGuard(value, forced),
  urls: (value, _, forced) =>
    isTexts(value)
      ? (value.map((one) => urlGuard(one, forced)).find((guard) => guard !== null) ?? null)
      : 'invalid-value',
  date: (value) => (isText(value) && isDate(value) ? null : 'invalid-value'),
  boolean: (value) => (typeof value === 'boolean' ? null : 'invalid-value'),
  number: (value, { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }) =>
    typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most
      ? null
      : 'invalid-value',
  time: (value) => (Number.isSafeInteger(value) && Number(value) > 0 ? null : 'invalid-value'),
  choice: (value, { options = [] }) => (isText(value) && options.includes(value) ? null : 'invalid-value'),
  json: (value) => (isJson(value) ? null : 'invalid-value'),
  objects: (value) => (Array.isArray(value) && value.every(isJson) ? null : 'invalid-value'),
  texts: (value) => (isTexts(value) ? null : 'invalid-value'),
  // The same id twice in one body is a 500 of the server (WRITES).
  ids: (value) => (isIds(value) ? null : 'invalid-value'),
  password: (value) => (isText(value) && value !== '' ? null : 'invalid-value'),
};

const hasNul = (value: unknown): boolean => {
  if (isText(value)) return value.includes('\0') || !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key.includes('\0') || hasNul(inner));
};

/**
 * Why a field cannot have a value; null where it can. A reference stands for its secret. A guard that is `forced` hides none
 * of the others.
 */
export const checkField = (
  field: EditField,
  value: unknown,
  forced: readonly string[] = [],
): Guard | null => {
  if (secretRefOf(value)) return field.secret ? null : 'invalid-value';
  // A secret itself stands in no change.
  if (field.secret) return kept(value) === null && !field.required ? null : 'invalid-value';
  if (kept(value) === null) return field.required || !field.nullable ? 'invalid-value' : null;
  if (!forced.includes('nul') && hasNul(value)) return 'nul';
  const { longest = Number.POSITIVE_INFINITY } = field;
  if (!forced.includes('too-long') && isText(value) && value.length > longest) return 'too-long';
  return ofKind[field.kind](value, field, forced);
};

export type Refusal = { guard: Guard; about: string; faults?: LineFault[] };

/** Stands between the fields that one refusal is about: each of them has to be mended. */
const between = ', ';

/** The fields whose values are not valid, by what a refusal is about. */
export const invalidFields = (about: string): string[] => about.split(between);

/** The parts of an object that fields of it name; others it has not. */
const unknownPart = (fields: readonly EditField[], top: string, value: unknown): string | null => {
  if (typeof value !== 'object' || value === null) return null;
  const ids = fields.map(({ id }) => id);
  const walk = (inner: unknown, path: string): string | null => {
    if (ids.includes(path)) return null;
    if (typeof inner !== 'object' || inner === null || !ids.some((id) => id.startsWith(`${path}.`)))
      return path;
    for (const [key, part] of Object.entries(inner)) {
      const wrong = walk(part, `${path}.${key}`);
      if (wrong) return wrong;
    }
    return null;
  };
  return walk(value, top);
};

/**
 * Why an operation cannot bring about these values; null where it can. `before`: what is there already is not held against
 * it, as rules may have changed since. `forced`: guards that are overridden.
 */
export const checkValues = (
  { fields, ...operation }: Pick<Operation, 'fields'>,
  after: Values,
  before: Values = {},
  forced: readonly string[] = [],
): Refusal | null => {
  const known = holds({ fields, ...operation });
  for (const [key, value] of Object.entries(after)) {
    if (!known.has(key)) return { guard: 'not-changeable', about: key };
    const whole = fields.find(({ id }) => id === key);
    const part = whole ? null : unknownPart(fields, key, value);
    if (part !== null) return { guard: 'not-changeable', about: part };
  }
  // Elsewhere a secret would be written where it can be read.
  const stray = secretPaths(after).find((path) => !fields.some(({ id, secret }) => id === path && secret));
  if (stray !== undefined) return { guard: 'not-changeable', about: stray };
  const invalid: string[] = [];
  let other: Refusal | null = null;
  for (const field of fields) {
    const value = valueAt(after, field.id);
    const isGiven = topOf(field.id) in after;
    if (!isGiven && !field.required) continue;
    if (value === undefined && field.id.includes('.')) continue;
    if (value !== undefined && same(value, valueAt(before, field.id)) && value !== '') continue;
    const guard = checkField(field, value ?? null, forced);
    if (!guard || forced.includes(guard)) continue;
    if (guard === 'invalid-value') invalid.push(field.id);
    else other ??= { guard, about: field.id };
  }
  // Nobody can override these.
  if (invalid.length > 0) return { guard: 'invalid-value', about: invalid.join(between) };
  if (other) return other;
  // What only undoing gives goes in requests of its own, some at a time.
  const whole = new Set(fields.filter(({ hidden }) => hidden).map(({ id }) => id));
  const sent = Object.fromEntries(Object.entries(after).filter(([key]) => !whole.has(key)));
  if (new TextEncoder().encode(JSON.stringify(sent)).length > largestBody)
    return { guard: 'body-too-large', about: '' };
  return null;
};
