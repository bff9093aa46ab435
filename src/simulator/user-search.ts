import type { UserRow } from './user-data.ts';

const fields = {
  id: 'id',
  primaryEmail: 'primary_email',
  primaryPhone: 'primary_phone',
  username: 'username',
  name: 'name',
} as const;
type Field = keyof typeof fields;
const modes = ['exact', 'like', 'similar_to', 'posix'] as const;
type Mode = (typeof modes)[number];

/** A search that the server refuses with 400, or cannot read and answers with 500. */
export class RefusedSearch extends Error {
  readonly status: 400 | 500;
  constructor(status: 400 | 500, reason: string) {
    super(reason);
    this.status = status;
  }
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** SQL `like` as a regular expression: `%` any text, `_` one character, `\` escapes. */
const likeSource = (pattern: string) => {
  let source = '';
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern[i] ?? '';
    if (char === '\\') {
      i += 1;
      source += escaped(pattern[i] ?? '');
    } else source += char === '%' ? '[\\s\\S]*' : char === '_' ? '[\\s\\S]' : escaped(char);
  }
  return `^${source}$`;
};

/** SQL `similar to`: like's wildcards and `| * + ? { } ( ) [ ]`; `. ^ $` mean themselves. */
const similarSource = (pattern: string) =>
  `^(?:${pattern.replace(/[.^$]/g, '\\$&').replace(/%/g, '[\\s\\S]*').replace(/_/g, '[\\s\\S]')})$`;

type Test = (value: string) => boolean;

const testOf = (mode: Mode, value: string, caseSensitive: boolean): Test => {
  const flags = caseSensitive ? 'u' : 'iu';
  if (mode === 'exact') {
    const wanted = caseSensitive ? value : value.toLowerCase();
    return (text) => (caseSensitive ? text : text.toLowerCase()) === wanted;
  }
  if (mode === 'similar_to' && !caseSensitive) {
    throw new RefusedSearch(400, 'Cannot use case-insensitive match for `similar to`.');
  }
  const source = mode === 'like' ? likeSource(value) : mode === 'similar_to' ? similarSource(value) : value;
  try {
    const pattern = new RegExp(source, flags);
    return (text) => pattern.test(text);
  } catch {
    throw new RefusedSearch(500, 'Internal server error.');
  }
};

const modeOf = (text: string | null): Mode => {
  if (text === null) return 'like';
  const mode = modes.find((known) => known === text);
  if (!mode)
    throw new RefusedSearch(400, `Search mode \`${text}\` is not valid, expect one of ${modes.join(', ')}.`);
  return mode;
};

const allFields = Object.keys(fields) as Field[];

/**
 * The test that a request's search parameters put to a user, or null when it searches nothing (FACTS users, search).
 * Throws `RefusedSearch` as the server refuses.
 */
export const userTest = (query: URLSearchParams): ((user: UserRow) => boolean) | null => {
  const caseSensitive = query.get('isCaseSensitive') === 'true';
  const all = query.get('joint') === 'and';
  const tests: ((user: UserRow) => boolean)[] = [];
  for (const key of new Set(query.keys())) {
    if (key !== 'search' && !key.startsWith('search.')) continue;
    const field = key === 'search' ? undefined : key.slice('search.'.length);
    if (field !== undefined && !allFields.includes(field as Field)) {
      const names = Object.values(fields).join(', ');
      throw new RefusedSearch(400, `Search field \`${field}\` is not valid, expect one of ${names}.`);
    }
    const values = query.getAll(key);
    const mode = modeOf((field && query.get(`mode.${field}`)) ?? query.get('mode'));
    if (mode !== 'exact' && values.length > 1)
      throw new RefusedSearch(400, 'Only one search value is allowed when search mode is not `exact`.');
    if (values.some((value) => value === '')) throw new RefusedSearch(400, 'Search value cannot be empty.');
    const searched = field ? [field as Field] : allFields;
    const matches = values.map((value) => testOf(mode, value, caseSensitive));
    tests.push((user) =>
      searched.some((name) => matches.some((test) => user[name] !== null && test(user[name] ?? ''))),
    );
  }
  if (tests.length === 0) return null;
  return (user) => (all ? tests.every((test) => test(user)) : tests.some((test) => test(user)));
};

/** A `like` search over one column of a small table (roles, applications). */
export const likeTest = (pattern: string | null): ((text: unknown) => boolean) => {
  if (!pattern) return () => true;
  const test = testOf('like', pattern, false);
  return (text) => typeof text === 'string' && test(text);
};
