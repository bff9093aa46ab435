import { roleThereColumns } from './organization-roles.ts';
import type { Resource } from './resource.ts';

export const organizationApplicationRoles: Resource = {
  id: 'organization-application-roles',
  title: 'Roles there',
  singular: 'Organization role',
  path: '/api/organizations/{id}/applications/{applicationId}/roles',
  parent: { resource: 'organization-applications', segment: 'roles' },
  rowsOf: 'organization-roles',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: roleThereColumns,
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
};
