import type { Resource } from './catalog/index.ts';
import { journalList } from './journal-view.ts';
import { type Query, queryResource } from './query.ts';
import { seenList } from './seen-changes.ts';

/** Of a list of this computer nobody asks a server for its path. */
const own = {
  path: '/api/logs',
  rowId: 'id',
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
} as const satisfies Partial<Resource>;

/** The journal as a list with columns, for exports: its rows are entries (`change/journal.ts`). */
const journalResource: Resource = {
  ...own,
  id: journalList,
  labels: ['target.label', 'target.id'],
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

/** What changed on a tenant as a list with columns, for exports: its rows are changes (`seen-changes.ts`). */
const seenResource: Resource = {
  ...own,
  id: seenList,
  labels: ['label', 'row'],
  columns: [
    { id: 'id', kind: 'number' },
    { id: 'at', kind: 'time' },
    { id: 'after', kind: 'time' },
    { id: 'kind', kind: 'text' },
    { id: 'resource', kind: 'text' },
    { id: 'row', kind: 'id' },
    { id: 'label', kind: 'text', sensitive: true },
    { id: 'parent', kind: 'id' },
    { id: 'parentLabel', kind: 'text', sensitive: true },
    { id: 'before', kind: 'json', sensitive: true },
    { id: 'now', kind: 'json', sensitive: true },
  ],
};

/** The list of a view that is of this computer; null for the server's. */
export const ownResource = ({ resource }: Pick<Query, 'resource'>): Resource | null =>
  [journalResource, seenResource].find(({ id }) => id === resource) ?? null;

/** What a view lists: a resource of the server, or a list of this computer. Throws `query.invalid`. */
export const listedResource = (query: Pick<Query, 'resource' | 'parent'>): Resource =>
  ownResource(query) ?? queryResource(query);
