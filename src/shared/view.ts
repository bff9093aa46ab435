import { type OwnKind, ownViewOf } from './own-view.ts';
import { type Query, queryResource } from './query.ts';

/** What a tab shows: a list of the server's, a part of a tenant that is one object, one row, or a view of this program's own. */
export type View = { kind: 'list' | 'single' | 'object' | OwnKind; query: Query };

const kindOf = (query: Query): View['kind'] => {
  const own = ownViewOf(query);
  if (own) return own.kind;
  if (query.object !== undefined) return 'object';
  return queryResource(query).singleton ? 'single' : 'list';
};

/** The view of a query: its address is the only form in which a tab, a saved view or a link keeps it. */
export const viewOf = (query: Query): View => ({
  kind: kindOf(query),
  query,
});

/** True for a view that shows some of its list alone. */
export const isNarrowed = ({ filters, where = [] }: Query): boolean =>
  Object.keys(filters).length > 0 || where.length > 0;
