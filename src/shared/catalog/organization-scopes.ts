import type { Resource } from './resource.ts';

export const organizationScopes = {
  id: 'organization-scopes',
  path: '/api/organization-scopes',
  itemPath: '/api/organization-scopes/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', kind: 'text', width: 220 },
    { id: 'description', kind: 'text', width: 340 },
    { id: 'id', kind: 'id', width: 200 },
  ],
  filters: [{ kind: 'keyword', id: 'keyword', param: 'q', match: 'plain' }],
  paging: 'always',
  secrets: [],
  related: [],
  sidebar: { family: 'organizations', icon: 'scopes' },
} as const satisfies Resource;
