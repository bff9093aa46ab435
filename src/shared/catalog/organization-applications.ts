import { applicationColumns, applicationSecrets } from './applications.ts';
import type { Resource } from './resource.ts';

export const organizationApplications = {
  id: 'organization-applications',
  path: '/api/organizations/{id}/applications',
  parent: { resource: 'organizations', segment: 'applications' },
  rowsOf: 'applications',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    ...applicationColumns.slice(0, 1),
    { id: 'organizationRoles', kind: 'list', part: 'name', width: 200 },
    ...applicationColumns.slice(1),
  ],
  filters: [{ kind: 'keyword', id: 'keyword', param: 'q', match: 'plain' }],
  paging: 'always',
  secrets: applicationSecrets,
  related: [{ resource: 'organization-application-roles' }],
} as const satisfies Resource;
