import type { Resource } from './catalog/index.ts';
import { isJournal, journalList } from './journal-view.ts';
import { type Query, queryResource } from './query.ts';

/**
 * The journal as a list with columns, for exports: its rows are entries (`change/journal.ts`). It is of this computer, and
 * nobody asks a server for its path.
 */
export const journalResource: Resource = {
  id: journalList,
  path: '/api/logs',
  rowId: 'id',
  labels: ['target.label', 'target.id'],
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
  columns: [
    { id: 'id', kind: 'number' },
    { id: 'sentAt', kind: 'time' },
    { id: 'outcome', kind: 'text' },
    { id: 'operation', kind: 'text' },
    { id: 'target.resource', kind: 'text' },
    { id: 'target.id', kind: 'id' },
    { id: 'target.label', kind: 'text', sensitive: true },
    { id: 'target.parent', kind: 'id' },
    { id: 'before', kind: 'json', sensitive: true },
    { id: 'after', kind: 'json', sensitive: true },
    { id: 'made', kind: 'json' },
    { id: 'user', kind: 'text' },
    { id: 'host', kind: 'text' },
    { id: 'door', kind: 'text' },
    { id: 'job', kind: 'id' },
    { id: 'title', kind: 'text' },
    { id: 'number', kind: 'number' },
    { id: 'request.method', kind: 'text' },
    { id: 'request.path', kind: 'text' },
    { id: 'settledAt', kind: 'time' },
    { id: 'status', kind: 'number' },
    { id: 'requestId', kind: 'id' },
    { id: 'error', kind: 'json' },
    { id: 'undoes', kind: 'number' },
    { id: 'undoneBy', kind: 'number' },
    { id: 'savedUntil', kind: 'time' },
  ],
};

/** What a view lists: a resource of the server, or the journal. Throws `query.invalid`. */
export const listedResource = (query: Pick<Query, 'resource' | 'parent'>): Resource =>
  isJournal(query) ? journalResource : queryResource(query);
