import type { Resource } from './resource.ts';
import { roleColumns, roles } from './roles.ts';

export const applicationRoles = {
  id: 'application-roles',
  path: '/api/applications/{applicationId}/roles',
  parent: { resource: 'applications', segment: 'roles' },
  rowsOf: 'roles',
  rowId: 'id',
  labels: roles.labels,
  columns: roleColumns,
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
} as const satisfies Resource;
