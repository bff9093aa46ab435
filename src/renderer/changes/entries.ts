import type { Values } from '../../shared/change/change';
import { checkField } from '../../shared/change/checks';
import type { EditField } from '../../shared/change/operations';
import { same } from '../../shared/change/operations/values';
import type { Guard } from '../../shared/change/plan';
import { endTyped } from '../../shared/change/times';
import { typedPhone } from '../../shared/phone';
import { type Row, valueAt } from '../../shared/row';
import { chosenZone } from '../state/chosen-zone';
import { hasMask, partsBetween, type Typed, typedObject, typedPart } from './json-parts';

/** What is entered for a field: as typed, a choice of yes or no, or several. Null: nothing was entered. */
export type Entry = string | boolean | readonly string[] | readonly PartEntry[] | null;
/** A part of custom data that is set, or taken away. */
export type PartEntry = { path: string; text: string; isUnset: boolean };

/** Entries by field. One that is not there was not touched. */
export type Entries = Readonly<Record<string, Entry>>;

/** Why an entry cannot be taken. `json`: where it is mistaken. */
export type Fault =
  | { kind: 'guard'; guard: Guard }
  | { kind: 'json'; mistake: NonNullable<Typed['mistake']> }
  | { kind: 'masked' }
  | { kind: 'missing' };

const severals: readonly EditField['kind'][] = ['ids', 'texts', 'urls'];

export const isSeveral = ({ kind }: EditField): boolean => severals.includes(kind);

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** What a row has, as it would be entered. */
export const entryOf = (field: EditField, row: Row): Entry => {
  const value = valueAt(row, field.id);
  if (isSeveral(field)) return textsOf(value);
  if (field.kind === 'boolean') return value === true;
  if (field.kind === 'json')
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0
      ? JSON.stringify(value, null, 2)
      : '{}';
  if (field.kind === 'objects') return Array.isArray(value) && value.length > 0 ? JSON.stringify(value) : '';
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
};

const isParts = (entry: Entry): entry is readonly PartEntry[] =>
  Array.isArray(entry) && entry.some((one) => typeof one === 'object');

/** True where an entry says something else than the row. */
export const isDirty = (field: EditField, entry: Entry, row: Row): boolean => {
  if (field.kind !== 'json' || typeof entry !== 'string')
    return !same(sentOf(field, entry), sentOf(field, entryOf(field, row)));
  const typed = typedObject(entry);
  return typed.value === null || !same(typed.value, valueAt(row, field.id) ?? {});
};

/** Objects out of JSON; what is none stays, and is said to be wrong. */
const typedObjects = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Digits with the country code, as a server keeps them (WRITES), out of any international writing. */
const phoneOf = (text: string): string => {
  const typed = typedPhone(text);
  return typed && typed.kind !== 'national' ? typed.digits : text;
};

/** The value that an entry is sent as; a secret stays what was typed until it is handed to the core. */
export const sentOf = (field: EditField, entry: Entry): unknown => {
  if (entry === null || typeof entry === 'boolean') return entry;
  if (typeof entry !== 'string')
    return isParts(entry) ? entry : textsOf(entry).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
  if (field.kind === 'password') return entry;
  const text = field.kind === 'json' ? entry : entry.trim();
  if (text === '') return field.kind === 'objects' ? [] : field.nullable ? null : '';
  if (field.kind === 'phone') return phoneOf(text);
  if (field.kind === 'number') return Number(text);
  if (field.kind === 'time') return endTyped(text, Date.now(), chosenZone()) ?? text;
  if (field.kind === 'objects') return typedObjects(text);
  if (field.kind === 'json') return typedObject(text).value;
  return text;
};

const guardFault = (guard: Guard | null): Fault | null => (guard ? { kind: 'guard', guard } : null);

/** True of a part that says what to do, and not where: a value without a path, or one with an empty key. */
export const isFaultyPart = ({ path, text, isUnset }: PartEntry): boolean =>
  (text !== '' || isUnset) && path.split('.').some((key) => key.trim() === '');

const partsFault = (parts: readonly PartEntry[]): Fault | null =>
  parts.some(isFaultyPart) ? { kind: 'guard', guard: 'invalid-value' } : null;

/** What is wrong with an entry, by the catalogue's own checks; null where nothing is. */
export const faultOf = (field: EditField, entry: Entry, row: Row | null): Fault | null => {
  if (isParts(entry)) return partsFault(entry);
  if (field.kind === 'password') {
    const isEmpty = entry === null || entry === '';
    return isEmpty && field.required ? { kind: 'missing' } : null;
  }
  const value = sentOf(field, entry);
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (isEmpty && field.kind !== 'json') {
    if (field.required) return { kind: 'missing' };
    // What was not entered is not sent; an identifier that is emptied is null.
    return row === null || field.nullable || isSeveral(field) ? null : guardFault(checkField(field, value));
  }
  if (field.kind === 'json' && typeof entry === 'string') {
    const typed = typedObject(entry);
    if (typed.mistake) return { kind: 'json', mistake: typed.mistake };
    const before = row && objectOf(valueAt(row, field.id));
    if (before && field.parts && partsBetween(field.id, before, typed.value) === null && hasMask(typed.value))
      return { kind: 'masked' };
    if (before && !field.parts && hasMask(typed.value) && !same(before, typed.value))
      return { kind: 'masked' };
  }
  return guardFault(checkField(field, value));
};

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};

/** What is asked of the core: values by field, and parts to take away. */
export type Asked = { values: Values; unset: string[] };

/**
 * What the entries ask for. `row`: that which is edited, of which only what differs is asked; null: new, or of many rows,
 * where what was touched is.
 */
export const askedOf = (fields: readonly EditField[], entries: Entries, row: Row | null): Asked => {
  const values: Record<string, unknown> = {};
  const unset: string[] = [];
  for (const field of fields) {
    const entry = entries[field.id];
    if (entry === undefined) continue;
    if (isParts(entry)) {
      for (const { path, text, isUnset } of entry) {
        if (path === '') continue;
        if (isUnset) unset.push(`${field.id}.${path}`);
        else values[`${field.id}.${path}`] = typedPart(text);
      }
      continue;
    }
    if (row && !isDirty(field, entry, row)) continue;
    if (row && field.kind === 'json' && field.parts && typeof entry === 'string') {
      const after = typedObject(entry).value ?? {};
      const parts = partsBetween(field.id, objectOf(valueAt(row, field.id)), after);
      if (parts) {
        Object.assign(values, parts.values);
        unset.push(...parts.unset);
        continue;
      }
    }
    const value = sentOf(field, entry);
    const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (isEmpty && row === null) {
      // Emptied on purpose, of many rows: null was entered.
      if (entry === null) unset.push(field.id);
      continue;
    }
    values[field.id] = value;
  }
  return { values, unset };
};
