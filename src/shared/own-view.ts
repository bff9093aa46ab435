import { checkHome, isHome } from './home-view.ts';
import { checkJobs, isJobs } from './jobs-view.ts';
import { checkJournal, isJournal } from './journal-view.ts';
import { checkSeen, isSeen } from './seen-changes.ts';

/** True for a view of this program's own, which is none of the server's lists. */
export const isOwn = (query: { resource: string }): boolean =>
  isJournal(query) || isHome(query) || isJobs(query) || isSeen(query);

/** Throws `query.invalid` for a filter that a view of this program's own does not have. */
export const checkOwn = (query: { resource: string; filters: Readonly<Record<string, unknown>> }) => {
  if (isJournal(query)) checkJournal(query.filters);
  if (isHome(query)) checkHome(query.filters);
  if (isJobs(query)) checkJobs(query.filters);
  if (isSeen(query)) checkSeen(query.filters);
};
