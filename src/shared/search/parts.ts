import { longestSearch } from '../limits.ts';
import { searchParams } from './search.ts';
import type { SearchTerm, UserSearch } from './terms.ts';

/** Values of one part: where each is a whole id or address, that many users at most, who fit a page. */
const mostValues = 100;

const lengthOf = (search: UserSearch): number =>
  new URLSearchParams(searchParams(search).map(([name, value]): [string, string] => [name, value])).toString()
    .length;

const countOf = ({ terms }: UserSearch) => terms.reduce((sum, { values }) => sum + values.length, 0);

const isShort = (search: UserSearch) => countOf(search) <= mostValues && lengthOf(search) <= longestSearch;

/** The two halves of a search, which together find what it finds; null where it cannot be cut. */
const halvesOf = (search: UserSearch): [UserSearch, UserSearch] | null => {
  const { terms } = search;
  const withTerms = (these: readonly SearchTerm[]) => ({ ...search, terms: these });
  // Any of several conditions: each of them alone will do.
  if (search.joint === 'any' && terms.length > 1) {
    const half = Math.ceil(terms.length / 2);
    return [withTerms(terms.slice(0, half)), withTerms(terms.slice(half))];
  }
  const longest = terms.reduce<SearchTerm | null>(
    (long, term) => (term.values.length > (long?.values.length ?? 1) ? term : long),
    null,
  );
  if (!longest) return null;
  const half = Math.ceil(longest.values.length / 2);
  const withValues = (values: readonly string[]) =>
    withTerms(terms.map((term) => (term === longest ? { ...term, values } : term)));
  return [withValues(longest.values.slice(0, half)), withValues(longest.values.slice(half))];
};

/**
 * A search as several that each fit into an address, and together find what it finds; a user may be found by more than one.
 * One that is short is its only part.
 */
export const searchParts = (search: UserSearch): UserSearch[] => {
  if (isShort(search)) return [search];
  const halves = halvesOf(search);
  return halves ? halves.flatMap(searchParts) : [search];
};
