import type { Resource } from './resource.ts';

export const resourceScopes: Resource = {
  id: 'resource-scopes',
  title: 'Permissions',
  singular: 'Permission',
  path: '/api/resources/{resourceId}/scopes',
  parent: { resource: 'resources', segment: 'scopes' },
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', title: 'Permission', kind: 'text', width: 220 },
    { id: 'description', title: 'Description', kind: 'text', width: 340 },
    { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
    { id: 'id', title: 'Permission ID', kind: 'id', width: 200 },
    { id: 'resourceId', title: 'API resource', kind: 'id', width: 200, ref: 'resources', hidden: true },
  ],
  filters: [{ kind: 'keyword', id: 'keyword', title: 'Keyword', param: 'search', match: 'like' }],
  carried: true,
  paging: 'always',
  secrets: [],
  related: [],
};
