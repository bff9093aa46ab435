import type { Resource } from './resource.ts';
import { userColumns, userLabels } from './users.ts';

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
  filters: [{ kind: 'keyword', id: 'keyword', title: 'Keyword', param: 'search', match: 'like' }],
  paging: 'always',
  secrets: [],
  related: [],
};
