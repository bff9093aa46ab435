import type { Resource } from './resource.ts';

// `signingKey` comes in clear text (FACTS roles, logs and the rest); headers are where endpoints expect their own keys.

export const hooks: Resource = {
  id: 'hooks',
  title: 'Webhooks',
  singular: 'Webhook',
  path: '/api/hooks',
  itemPath: '/api/hooks/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', title: 'Name', kind: 'text', width: 200 },
    { id: 'enabled', title: 'Enabled', kind: 'boolean', width: 90 },
    { id: 'events', title: 'Events', kind: 'list', width: 320 },
    { id: 'config.url', title: 'Endpoint', kind: 'text', width: 320 },
    { id: 'executionStats.requestCount', title: 'Requests, 24 h', kind: 'number', width: 130 },
    { id: 'executionStats.successCount', title: 'Succeeded', kind: 'number', width: 110 },
    { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
    { id: 'id', title: 'Webhook ID', kind: 'id', width: 200 },
    { id: 'config', title: 'Configuration', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'optional',
  always: { includeExecutionStats: 'true' },
  secrets: ['signingKey', 'config.headers', { address: 'config.url' }],
  related: [{ resource: 'hook-logs' }],
  place: { family: 'connections', icon: 'hooks' },
};
