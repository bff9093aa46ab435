import type { Resource } from './resource.ts';

export const roleScopes = {
  id: 'role-scopes',
  path: '/api/roles/{id}/scopes',
  parent: { resource: 'roles', segment: 'scopes' },
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', kind: 'text', width: 200 },
    { id: 'resource.name', kind: 'text', width: 200 },
    { id: 'resource.indicator', kind: 'text', width: 260 },
    { id: 'description', kind: 'text', width: 280 },
    { id: 'createdAt', kind: 'time', width: 165 },
    { id: 'id', kind: 'id', width: 200 },
  ],
  filters: [{ kind: 'keyword', id: 'keyword', param: 'search', match: 'like' }],
  groupBy: 'resource.name',
  paging: 'optional',
  secrets: [],
  related: [],
} as const satisfies Resource;
