import { secretMask } from '../../shared/row';

type Json = Readonly<Record<string, unknown>>;

/** What is set and what is taken away, by path, a dot before a part. */
export type Parts = { values: Record<string, unknown>; unset: string[] };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True where a value has something in it that the page is not shown. */
export const hasMask = (value: unknown): boolean => {
  if (typeof value === 'string') return value.includes(secretMask);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasMask);
};

/** A name that a path cannot hold: a dot in it would be another path. */
const isUnnamed = (key: string) => key === '' || key.includes('.');

/**
 * What turns one object into another, by its parts: what is the same is not touched, so that what the page shows masked
 * stays as it is on the server. Lists are one value. Null where a part cannot be named by a path, or where a mask would be
 * written over what it stands for.
 */
export const partsBetween = (field: string, before: Json, after: Json): Parts | null => {
  const parts: Parts = { values: {}, unset: [] };
  const walk = (one: Json, other: Json, path: string): boolean => {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const [was, is] = [one[key], other[key]];
      if (JSON.stringify(was) === JSON.stringify(is)) continue;
      if (isUnnamed(key)) return false;
      const place = `${path}.${key}`;
      if (!Object.hasOwn(other, key)) {
        parts.unset.push(place);
        continue;
      }
      if (isObject(was) && isObject(is) && Object.keys(is).length > 0) {
        if (!walk(was, is, place)) return false;
        continue;
      }
      if (hasMask(is)) return false;
      parts.values[place] = is;
    }
    return true;
  };
  return walk(before, after, field) ? parts : null;
};

/** An object that was typed, or where it is mistaken: the line and column, from 1, as far as they are known. */
export type Typed =
  | { value: Json; mistake: null }
  | { value: null; mistake: { reason: 'syntax' | 'kind'; line: number; column: number } };

/** Where a parser says that it stopped: by place, or by line and column. */
const placeOf = (message: string, text: string): number => {
  const [, at] = /position (\d+)/.exec(message) ?? [];
  if (at !== undefined) return Number(at);
  return text.trimEnd().length;
};

/** Reads an object. An empty text is an empty one. */
export const typedObject = (text: string): Typed => {
  if (text.trim() === '') return { value: {}, mistake: null };
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return { value, mistake: null };
    return { value: null, mistake: { reason: 'kind', line: 1, column: 1 } };
  } catch (error) {
    const at = placeOf(error instanceof Error ? error.message : '', text);
    const before = text.slice(0, at).split('\n');
    return {
      value: null,
      mistake: { reason: 'syntax', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
    };
  }
};

/** A value of custom data as it is typed into one line: JSON where it is that, else the text itself. */
export const typedPart = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
