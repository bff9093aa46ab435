import type { Resource } from './resource.ts';

export const resourceScopes = {
  id: 'resource-scopes',
  path: '/api/resources/{resourceId}/scopes',
  parent: { resource: 'resources', segment: 'scopes' },
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', kind: 'text', width: 220 },
    { id: 'description', kind: 'text', width: 340 },
    { id: 'createdAt', kind: 'time', width: 165 },
    { id: 'id', kind: 'id', width: 200 },
    { id: 'resourceId', kind: 'id', width: 200, ref: 'resources', hidden: true },
  ],
  filters: [{ kind: 'keyword', id: 'keyword', param: 'search', match: 'like' }],
  carried: true,
  paging: 'always',
  secrets: [],
  related: [],
} as const satisfies Resource;
