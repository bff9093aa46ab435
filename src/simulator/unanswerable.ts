import { type Answer, json } from './answer.ts';
import type { Json } from './json.ts';

/** UTF-16 units of a user's name that an answer may have; the database counts characters, and takes more. */
const longestName = 128;

/** A user's row that no answer can hold: 65 emoji are 65 characters and 130 units. */
export const hasTooLongName = (row: Json): boolean =>
  typeof row.name === 'string' && row.name.length > longestName && 'primaryEmail' in row;

const isRow = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** The server's 500 instead of an answer in which a row stands that it fails on: a page, a search, the row itself. */
export const answerable = (answer: Answer, fails: (row: Json) => boolean): Answer => {
  const rows: unknown[] = Array.isArray(answer.body) ? answer.body : [answer.body];
  return rows.some((row) => isRow(row) && fails(row))
    ? json({ message: 'Internal server error.' }, 500)
    : answer;
};
