import { roleThereColumns } from './organization-roles.ts';
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
  columns: roleThereColumns,
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
};
