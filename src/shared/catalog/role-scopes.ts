import type { Resource } from './resource.ts';

export const roleScopes: Resource = {
  id: 'role-scopes',
  title: 'Permissions',
  singular: 'Permission',
  path: '/api/roles/{id}/scopes',
  parent: { resource: 'roles', segment: 'scopes' },
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', title: 'Permission', kind: 'text', width: 200 },
    { id: 'resource.name', title: 'API resource', kind: 'text', width: 200 },
    { id: 'resource.indicator', title: 'Indicator', kind: 'text', width: 260 },
    { id: 'description', title: 'Description', kind: 'text', width: 280 },
    { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
    { id: 'id', title: 'Permission ID', kind: 'id', width: 200 },
  ],
  filters: [{ kind: 'keyword', id: 'keyword', title: 'Keyword', param: 'search', match: 'like' }],
  groupBy: 'resource.name',
  paging: 'optional',
  secrets: [],
  related: [],
};
