import type { Resource } from './resource.ts';

export const resources: Resource = {
  id: 'resources',
  title: 'API resources',
  singular: 'API resource',
  path: '/api/resources',
  itemPath: '/api/resources/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', title: 'Name', kind: 'text', width: 240 },
    { id: 'indicator', title: 'Indicator', kind: 'text', width: 340 },
    { id: 'isDefault', title: 'Default', kind: 'boolean', width: 90 },
    { id: 'accessTokenTtl', title: 'Token life (s)', kind: 'number', width: 130 },
    { id: 'id', title: 'Resource ID', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'optional',
  secrets: [],
  related: [{ resource: 'resource-scopes' }],
  place: { family: 'access', icon: 'resources' },
};
