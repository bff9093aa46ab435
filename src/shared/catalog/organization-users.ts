import type { Resource } from './resource.ts';
import { userColumns, userLabels, userSearchColumns } from './users.ts';

export const organizationUsers: Resource = {
  id: 'organization-users',
  title: 'Members',
  singular: 'Member',
  path: '/api/organizations/{id}/users',
  parent: { resource: 'organizations', segment: 'users' },
  rowsOf: 'users',
  rowId: 'id',
  labels: userLabels,
  columns: [
    ...userColumns.slice(0, 1),
    { id: 'organizationRoles', title: 'Roles there', kind: 'list', part: 'name', width: 200 },
    // The API does not tell here whether a member has a password.
    ...userColumns.slice(1).filter(({ id }) => id !== 'hasPassword'),
  ],
  filters: [
    {
      kind: 'keyword',
      id: 'keyword',
      title: 'Keyword',
      param: 'q',
      match: 'plain',
      columns: userSearchColumns,
    },
  ],
  paging: 'always',
  secrets: [],
  related: [{ resource: 'organization-user-roles' }, { resource: 'organization-user-scopes' }],
};
