import type { Resource } from './resource.ts';

export const organizationRoleScopes = {
  id: 'organization-role-scopes',
  path: '/api/organization-roles/{id}/scopes',
  parent: { resource: 'organization-roles', segment: 'scopes' },
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', kind: 'text', width: 220 },
    { id: 'description', kind: 'text', width: 340 },
    { id: 'id', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
} as const satisfies Resource;
