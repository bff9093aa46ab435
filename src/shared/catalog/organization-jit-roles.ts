import { roleThereColumns } from './organization-roles.ts';
import type { Resource } from './resource.ts';

export const organizationJitRoles: Resource = {
  id: 'organization-jit-roles',
  title: 'Roles (just-in-time)',
  singular: 'Organization role',
  path: '/api/organizations/{id}/jit/roles',
  parent: { resource: 'organizations', segment: 'jit-roles' },
  rowsOf: 'organization-roles',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: roleThereColumns,
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
};
