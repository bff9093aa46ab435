import { DeskError } from './errors.ts';
import { type Query, queryOf, urlOf } from './query.ts';

/** Scheme of links to a view; the packages register it with the system. */
export const linkScheme = 'logto-desk';

/** A link that opens the view in a desktop that has a tenant of this name: `logto-desk://view/production/users?keyword=kim`. */
export const linkOf = (query: Query): string => `${linkScheme}://view${urlOf(query)}`;

/**
 * The view of a link. Throws `query.invalid` for anything that `linkOf` would not write: a link comes from a mail or a chat,
 * and may do no more than show a list.
 */
export const queryOfLink = (link: string): Query => {
  const prefix = `${linkScheme}://view/`;
  if (link.length > 16_384 || !link.startsWith(prefix))
    throw new DeskError('query.invalid', { where: 'link', reason: `a link begins with ${prefix}` });
  return queryOf(link.slice(prefix.length - 1));
};
