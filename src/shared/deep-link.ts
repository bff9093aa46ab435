import { DeskError } from './errors.ts';
import { isOwn } from './own-view.ts';
import { demoProfileId } from './profile.ts';
import { type Query, queryOf, queryResource, urlOf } from './query.ts';
import { parseLine } from './search/line.ts';
import type { SearchMode } from './search/terms.ts';

/** Scheme of links to a view; the packages register it with the system. */
export const linkScheme = 'logto-desk';

/** Characters of a link that is looked at; what a mail or a chat makes clickable is shorter. */
export const longestLink = 8_192;

/** What a link does that nobody should set off by a click alone. */
export type AskedFirst = 'demo' | 'expression';

const expressionModes: readonly SearchMode[] = ['regex', 'similar'];

/**
 * Why a view that a link names is not opened without asking: it starts the demo, or has a server match expressions, which
 * can take all its time. Null: it only shows a list.
 */
export const askedFirst = (query: Query): AskedFirst | null => {
  if (isOwn(query)) return query.profile === demoProfileId ? 'demo' : null;
  const lines = queryResource(query).filters.flatMap(({ kind, id }) =>
    kind === 'search' ? (query.filters[id] ?? []) : [],
  );
  const terms = lines.flatMap((line) => parseLine(line).search?.terms ?? []);
  if (terms.some(({ mode }) => expressionModes.includes(mode))) return 'expression';
  return query.profile === demoProfileId ? 'demo' : null;
};

/** A link that opens the view in a desktop that has a tenant of this name: `logto-desk://view/production/users?keyword=kim`. */
export const linkOf = (query: Query): string => `${linkScheme}://view${urlOf(query)}`;

/**
 * The view of a link. Throws `query.invalid` for anything that `linkOf` would not write: a link comes from a mail or a chat,
 * and may do no more than show a list.
 */
export const queryOfLink = (link: string): Query => {
  const prefix = `${linkScheme}://view/`;
  if (link.length > longestLink || !link.startsWith(prefix))
    throw new DeskError('query.invalid', { where: 'link', reason: `a link starts with ${prefix}` });
  return queryOf(link.slice(prefix.length - 1));
};
