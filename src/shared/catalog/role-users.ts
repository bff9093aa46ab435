import type { Resource } from './resource.ts';
import { userColumns, userFilters, userLabels } from './users.ts';

export const roleUsers: Resource = {
  id: 'role-users',
  title: 'Users',
  singular: 'User',
  path: '/api/roles/{id}/users',
  parent: { resource: 'roles', segment: 'users' },
  rowsOf: 'users',
  rowId: 'id',
  labels: userLabels,
  columns: userColumns,
  filters: userFilters,
  paging: 'always',
  secrets: [],
  related: [],
};
