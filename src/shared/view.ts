import { isHome } from './home-view.ts';
import { isJobs } from './jobs-view.ts';
import { isJournal } from './journal-view.ts';
import { type Query, queryResource } from './query.ts';
import { isSeen } from './seen-changes.ts';

/** What a tab shows. A new kind is a line here, a line in the renderer's `view-kinds.ts`, and a folder that shows it. */
export type View =
  | { kind: 'list'; query: Query }
  | { kind: 'single'; query: Query }
  | { kind: 'object'; query: Query }
  | { kind: 'journal'; query: Query }
  | { kind: 'seen'; query: Query }
  | { kind: 'home'; query: Query }
  | { kind: 'jobs'; query: Query };

const kindOf = (query: Query): View['kind'] => {
  if (isJournal(query)) return 'journal';
  if (isSeen(query)) return 'seen';
  if (isHome(query)) return 'home';
  if (isJobs(query)) return 'jobs';
  if (query.object !== undefined) return 'object';
  return queryResource(query).single ? 'single' : 'list';
};

/** The view of a query: its address is the only form in which a tab, a saved view or a link keeps it. */
export const viewOf = (query: Query): View => ({
  kind: kindOf(query),
  query,
});

/** True for a view that shows some of its list alone. */
export const isNarrowed = ({ filters, where = [] }: Query): boolean =>
  Object.keys(filters).length > 0 || where.length > 0;
