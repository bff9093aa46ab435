import type { Resource } from './resource.ts';

export const organizationRoleResourceScopes = {
  id: 'organization-role-resource-scopes',
  path: '/api/organization-roles/{id}/resource-scopes',
  parent: { resource: 'organization-roles', segment: 'resource-scopes' },
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', kind: 'text', width: 220 },
    { id: 'resourceId', kind: 'id', width: 200, ref: 'resources' },
    { id: 'description', kind: 'text', width: 340 },
    { id: 'createdAt', kind: 'time', width: 165 },
    { id: 'id', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
} as const satisfies Resource;
