import { type SearchMode, type SearchTerm, searchPattern } from './search.ts';

/**
 * PostgreSQL's comparisons of one value, for rows that are on this computer: `like` with `%`, `_` and `\`, `similar to`,
 * and regular expressions as far as JavaScript's are the same.
 */
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const likeSource = (pattern: string): string => {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? '';
    if (char === '\\') {
      at += 1;
      source += escaped(pattern[at] ?? '');
    } else source += char === '%' ? '[\\s\\S]*' : char === '_' ? '[\\s\\S]' : escaped(char);
  }
  return `^${source}$`;
};

const similarSource = (pattern: string): string =>
  `^(?:${pattern.replace(/[.^$]/g, '\\$&').replace(/%/g, '[\\s\\S]*').replace(/_/g, '[\\s\\S]')})$`;

const sourceOf = (mode: SearchMode, value: string): string => {
  const pattern = searchPattern(mode, value);
  if (mode === 'regex') return pattern;
  return mode === 'similar' ? similarSource(pattern) : likeSource(pattern);
};

/** A test of texts for one condition: any of its values. Throws a `SyntaxError` for an expression that cannot be read. */
export const matcher = (
  { mode, values }: SearchTerm,
  caseSensitive: boolean,
): ((text: string) => boolean) => {
  const patterns = values.map((value) => new RegExp(sourceOf(mode, value), caseSensitive ? 'u' : 'iu'));
  return (text) => patterns.some((pattern) => pattern.test(text));
};
