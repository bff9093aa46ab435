import type { Resource } from './resource.ts';

// `signingKey` comes in clear text (FACTS roles, logs and the rest); headers are where endpoints expect their own keys.

export const hooks = {
  id: 'hooks',
  path: '/api/hooks',
  itemPath: '/api/hooks/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', kind: 'text', width: 200 },
    { id: 'enabled', kind: 'boolean', width: 90 },
    { id: 'events', kind: 'list', width: 320 },
    { id: 'config.url', kind: 'text', width: 320 },
    { id: 'executionStats.requestCount', kind: 'number', width: 130 },
    { id: 'executionStats.successCount', kind: 'number', width: 110 },
    { id: 'createdAt', kind: 'time', width: 165 },
    { id: 'id', kind: 'id', width: 200 },
    { id: 'config', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'optional',
  fixedQuery: { includeExecutionStats: 'true' },
  secrets: ['signingKey', 'config.headers', { address: 'config.url' }],
  related: [{ resource: 'hook-logs' }],
  sidebar: { family: 'connections', icon: 'hooks' },
} as const satisfies Resource;
