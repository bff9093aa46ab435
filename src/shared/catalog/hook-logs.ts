import type { Resource } from './resource.ts';

export const hookLogs = {
  id: 'hook-logs',
  path: '/api/hooks/{id}/recent-logs',
  parent: { resource: 'hooks', segment: 'recent-logs' },
  rowId: 'id',
  labels: ['key', 'id'],
  columns: [
    { id: 'createdAt', kind: 'time', width: 175 },
    { id: 'key', kind: 'event', width: 300 },
    { id: 'payload.result', kind: 'outcome', width: 90, words: 'outcome' },
    { id: 'payload.error', kind: 'text', width: 260 },
    { id: 'id', kind: 'id', width: 190 },
    { id: 'payload', kind: 'json', width: 260, hidden: true, sensitive: true },
  ],
  filters: [
    { kind: 'exact', id: 'event', param: 'logKey', column: 'key' },
    { kind: 'time', id: 'time', from: 'start_time', to: 'end_time' },
  ],
  paging: 'always',
  order: 'createdAt',
  capped: true,
  pin: { column: 'createdAt', until: 'end_time', since: 'start_time' },
  // An endpoint's answer is its own; what it asks for may be among it.
  secrets: [
    'payload.hookRequest.headers',
    { address: 'payload.hookRequest.url' },
    'payload.response',
    'payload.hookResponse',
  ],
  related: [],
} as const satisfies Resource;
