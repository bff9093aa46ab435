import type { Resource } from './resource.ts';
import { roleColumns, roles } from './roles.ts';

export const userRoles = {
  id: 'user-roles',
  path: '/api/users/{userId}/roles',
  parent: { resource: 'users', segment: 'roles' },
  rowsOf: 'roles',
  inverse: 'role-users',
  rowId: 'id',
  labels: roles.labels,
  columns: roleColumns,
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
} as const satisfies Resource;
