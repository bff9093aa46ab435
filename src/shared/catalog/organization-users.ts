import type { Resource } from './resource.ts';
import { rolesColumn, userColumns, userLabels, userSearchColumns } from './users.ts';

type UserColumn = (typeof userColumns)[number];

/** The API does not tell of a member whether there is a password. */
const isOfMembers = (column: UserColumn): column is Exclude<UserColumn, { id: 'hasPassword' }> =>
  column.id !== 'hasPassword';

export const organizationUsers = {
  id: 'organization-users',
  path: '/api/organizations/{id}/users',
  parent: { resource: 'organizations', segment: 'users' },
  rowsOf: 'users',
  rowId: 'id',
  labels: userLabels,
  columns: [
    userColumns[0],
    { id: 'organizationRoles', kind: 'list', part: 'name', width: 200 },
    ...userColumns.slice(1).filter(isOfMembers),
    // Those of the tenant; the ones in the organization are in the row.
    rolesColumn,
  ],
  filters: [
    {
      kind: 'keyword',
      id: 'keyword',
      param: 'q',
      match: 'plain',
      columns: userSearchColumns,
    },
  ],
  paging: 'always',
  secrets: [],
  related: [{ resource: 'organization-user-roles' }, { resource: 'organization-user-scopes' }],
} as const satisfies Resource;
