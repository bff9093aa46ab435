import type { Resource } from './resource.ts';

export const organizationUserRoles: Resource = {
  id: 'organization-user-roles',
  title: 'Roles there',
  singular: 'Organization role',
  path: '/api/organizations/{id}/users/{userId}/roles',
  parent: { resource: 'organization-users', segment: 'roles' },
  rowsOf: 'organization-roles',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', title: 'Name', kind: 'text', width: 200 },
    { id: 'type', title: 'Type', kind: 'text', width: 150 },
    { id: 'description', title: 'Description', kind: 'text', width: 300 },
    { id: 'id', title: 'Role ID', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
};
