import type { Resource } from './resource.ts';

export const resources = {
  id: 'resources',
  path: '/api/resources',
  itemPath: '/api/resources/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', kind: 'text', width: 240 },
    { id: 'indicator', kind: 'text', width: 340 },
    { id: 'isDefault', kind: 'boolean', width: 90 },
    { id: 'accessTokenTtl', kind: 'number', width: 130 },
    { id: 'id', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'optional',
  secrets: [],
  related: [{ resource: 'resource-scopes' }],
  sidebar: { family: 'access', icon: 'resources' },
} as const satisfies Resource;
