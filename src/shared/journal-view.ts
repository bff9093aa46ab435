/** The list that is none of the server's: what was changed from this computer. */
export const journalList = 'journal';

/** What a view of it is narrowed by. `job`: as the journal has it; `object`: a list and an id, joined by `/`. */
export const journalFilters = ['text', 'outcome', 'operation', 'time', 'job', 'object'] as const;
export type JournalFilter = (typeof journalFilters)[number];

/** True for the view of a tenant's journal. */
export const isJournal = ({ resource }: { resource: string }): boolean => resource === journalList;
