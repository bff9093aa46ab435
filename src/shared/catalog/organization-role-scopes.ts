import type { Resource } from './resource.ts';

export const organizationRoleScopes: Resource = {
  id: 'organization-role-scopes',
  title: 'Organization permissions',
  singular: 'Permission',
  path: '/api/organization-roles/{id}/scopes',
  parent: { resource: 'organization-roles', segment: 'scopes' },
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', title: 'Permission', kind: 'text', width: 220 },
    { id: 'description', title: 'Description', kind: 'text', width: 340 },
    { id: 'id', title: 'Permission ID', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
};
