import { holdFilters } from './own-filters.ts';

/** The list that is none of the server's: long work, under way and ended, of every tenant. */
export const jobsList = 'jobs';

/** True for the page of jobs. */
export const isJobs = ({ resource }: { resource: string }): boolean => resource === jobsList;

/** Throws `query.invalid` for any filter: the page has none. */
export const checkJobs = (filters: Readonly<Record<string, unknown>>) =>
  holdFilters(filters, [], 'the page of jobs');
