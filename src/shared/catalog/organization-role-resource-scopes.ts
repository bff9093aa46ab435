import type { Resource } from './resource.ts';

export const organizationRoleResourceScopes: Resource = {
  id: 'organization-role-resource-scopes',
  title: 'API permissions',
  singular: 'Permission',
  path: '/api/organization-roles/{id}/resource-scopes',
  parent: { resource: 'organization-roles', segment: 'resource-scopes' },
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', title: 'Permission', kind: 'text', width: 220 },
    { id: 'resourceId', title: 'API resource', kind: 'id', width: 200, ref: 'resources' },
    { id: 'description', title: 'Description', kind: 'text', width: 340 },
    { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
    { id: 'id', title: 'Permission ID', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
};
