import type { Terms } from './terms.ts';

/**
 * A value as it stands in `cells`:
 * - null: none, or null
 * - a number from 0 on: itself
 * - a text: itself
 * - a number below -1: what stands for a value that comes often, or for one that has no other form (`Terms`)
 * - -1: the value is only in the row's JSON
 */
export type Cell = null | bigint | string;

export const elsewhere = -1;

/** Longer texts and JSON stay in the row. */
const longestText = 1_000;
const longestJson = 400;

const isPlain = (text: string) => text.length <= longestText && !text.includes('\0') && text.isWellFormed();

/** A value of a row's column; the terms may learn it. */
export const cellOf = (terms: Terms, column: string, value: unknown): Cell => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0))
    return BigInt(value);
  const text = typeof value === 'string' ? value : null;
  const json = JSON.stringify(value);
  if (text !== null ? !isPlain(text) : json.length > longestJson) return BigInt(elsewhere);
  const isFew = value === '' || typeof value === 'boolean' || json === '{}' || json === '[]';
  const code = terms.codeOf(column, json, isFew);
  return code !== null ? BigInt(code) : (text ?? BigInt(elsewhere));
};
