import type { Resource } from './resource.ts';
import { organizationsColumn, userColumns, userFilters, userLabels } from './users.ts';

export const roleUsers = {
  id: 'role-users',
  path: '/api/roles/{id}/users',
  parent: { resource: 'roles', segment: 'users' },
  rowsOf: 'users',
  rowId: 'id',
  labels: userLabels,
  columns: [...userColumns, organizationsColumn],
  filters: userFilters,
  paging: 'always',
  secrets: [],
  related: [],
} as const satisfies Resource;
