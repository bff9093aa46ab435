import type { Resource } from './resource.ts';

export const organizationScopes: Resource = {
  id: 'organization-scopes',
  title: 'Organization permissions',
  singular: 'Organization permission',
  path: '/api/organization-scopes',
  itemPath: '/api/organization-scopes/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', title: 'Permission', kind: 'text', width: 220 },
    { id: 'description', title: 'Description', kind: 'text', width: 340 },
    { id: 'id', title: 'Permission ID', kind: 'id', width: 200 },
  ],
  filters: [{ kind: 'keyword', id: 'keyword', title: 'Keyword', param: 'q', match: 'plain' }],
  paging: 'always',
  secrets: [],
  related: [],
  place: { family: 'organizations', icon: 'scopes' },
};
