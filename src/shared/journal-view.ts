import { holdFilters } from './own-filters.ts';

/** The list that is none of the server's: what was changed from this computer. */
export const journalList = 'journal';

/** What a view of it is narrowed by. `job`: as the journal has it; `object`: a list and an id, joined by `/`. */
export const journalFilters = ['text', 'outcome', 'operation', 'time', 'job', 'object'] as const;
export type JournalFilter = (typeof journalFilters)[number];

/** True for the view of a tenant's journal. */
export const isJournal = ({ resource }: { resource: string }): boolean => resource === journalList;

/** Throws `query.invalid` for a filter that the journal does not have. */
export const checkJournal = (filters: Readonly<Record<string, unknown>>) =>
  holdFilters(filters, journalFilters, 'the journal');
