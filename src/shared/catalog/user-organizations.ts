import { organizationColumns, organizations } from './organizations.ts';
import type { Resource } from './resource.ts';

export const userOrganizations = {
  id: 'user-organizations',
  path: '/api/users/{userId}/organizations',
  parent: { resource: 'users', segment: 'organizations' },
  rowsOf: 'organizations',
  inverse: 'organization-users',
  rowId: 'id',
  labels: organizations.labels,
  columns: [
    ...organizationColumns.slice(0, 1),
    { id: 'organizationRoles', kind: 'list', part: 'name', width: 200 },
    ...organizationColumns.slice(1),
  ],
  filters: [],
  paging: 'never',
  secrets: [],
  related: [],
} as const satisfies Resource;
