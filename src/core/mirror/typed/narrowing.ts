import { likeContaining, likeLiteral } from '../../../shared/like.ts';
import { elsewhere } from './cell.ts';
import type { Asked, Plan } from './plan.ts';
import { laterOf, latersOf, placeName } from './schema.ts';
import type { Terms } from './terms.ts';

/** A place in a list's own order: a row's moment, negated, and its number. */
export type End = [later: number, number: number];
export const beforeAll: End = [-Number.MAX_SAFE_INTEGER, 0];

/**
 * Which rows of a list can fit a view at all, for SQLite to leave out the others: all that fit are among them. `from`: the
 * place that they stand behind; `condition`: of `cells`, from its `AND` on, with its values.
 */
export type Narrowing = { from: End; condition: string; values: (number | string)[] };

/** A text as a pattern of `LIKE`, which compares without the case of ASCII letters. */
const pattern = (text: string, whole: boolean): string => {
  return whole ? likeLiteral(text) : likeContaining(text);
};

const isAscii = (text: string) => /^[\u0001-\u007f]*$/.test(text);

/** No text in a column is long enough for longer patterns. */
const longestPattern = 4_096;

const partsIn = (beginning: string): number => beginning.split('.').length - 1;

/** What an address of IPv4 in a column begins with: so many of its parts, with their dots. */
const firstParts = (name: string, parts: number): string => {
  const withDot = `rtrim(${name}, '0123456789')`;
  return parts >= 3 ? withDot : firstParts(`rtrim(${withDot}, '.')`, parts + 1);
};

/** Of a column: what stands for values that fit, and whatever only the value itself can tell of. */
const ofColumn = ({ path, fits, text }: Asked, layout: readonly string[], terms: Terms) => {
  const name = placeName(layout.indexOf(path));
  const codes: number[] = [];
  for (const [code, value] of terms.all()) if (fits(value)) codes.push(code);
  const any: string[] = [];
  const values: (number | string)[] = [];
  // Most rows have a number that stands for a value: they are told first. One code is found sooner than among several.
  const [code, ...others] = codes;
  if (code !== undefined && others.length === 0) {
    any.push(`${name} = ?`);
    values.push(code);
  } else if (code !== undefined) {
    any.push(`${name} IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(codes));
  }
  if (text === null) any.push(`${name} >= ${elsewhere}`);
  else if ('begins' in text) {
    const begin = [...Map.groupBy(text.begins, partsIn)].map(([parts, some]) => {
      values.push(JSON.stringify(some));
      return `${firstParts(name, parts)} IN (SELECT value FROM json_each(?))`;
    });
    // Of texts alone: a number would be made one to look for the colon in it.
    any.push(
      `${name} = ${elsewhere}`,
      `${name} >= '' AND (${[...begin, `instr(${name}, ':')`].join(' OR ')})`,
    );
  } else {
    // What is not of ASCII alone has more than one form, and case.
    let plain = `typeof(${name}) = 'integer' OR octet_length(${name}) <> length(${name})`;
    const like = pattern(text.folded, text.whole);
    if (isAscii(like) && like.length <= longestPattern) {
      plain += ` OR ${name} LIKE ? ESCAPE '\\'`;
      values.push(like);
    }
    any.push(`${name} >= ${elsewhere} AND (${plain})`);
  }
  if (fits(undefined)) any.push(`${name} IS NULL`);
  return { any, values };
};

/** What a plan leaves of a list whose columns have these places. */
export const narrowingOf = (plan: Plan, layout: readonly string[], terms: Terms): Narrowing => {
  const parts: string[] = [];
  const values: (number | string)[] = [];
  const [first, last] = latersOf(plan);
  if (plan.from !== null || plan.to !== null) {
    // What has no moment, and stands last, is in no time.
    parts.push('later <= ? AND later <> ?');
    values.push(last, laterOf(null));
  }
  for (const asked of plan.all) {
    const columns = asked.map((one) => ofColumn(one, layout, terms));
    parts.push(columns.flatMap(({ any }) => any).join(' OR ') || 'false');
    values.push(...columns.flatMap((column) => column.values));
  }
  return { from: [first, -1], condition: parts.map((part) => `AND (${part})`).join(' '), values };
};
