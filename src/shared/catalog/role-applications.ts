import { applicationColumns, applicationSecrets, applications } from './applications.ts';
import type { Resource } from './resource.ts';

export const roleApplications = {
  id: 'role-applications',
  path: '/api/roles/{id}/applications',
  parent: { resource: 'roles', segment: 'applications' },
  rowsOf: 'applications',
  rowId: 'id',
  labels: applications.labels,
  columns: applicationColumns,
  filters: [],
  paging: 'always',
  secrets: applicationSecrets,
  related: [],
} as const satisfies Resource;
