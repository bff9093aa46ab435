import { applicationColumns, applicationSecrets } from './applications.ts';
import type { Resource } from './resource.ts';

export const organizationApplications: Resource = {
  id: 'organization-applications',
  title: 'Applications',
  singular: 'Application',
  path: '/api/organizations/{id}/applications',
  parent: { resource: 'organizations', segment: 'applications' },
  rowsOf: 'applications',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    ...applicationColumns.slice(0, 1),
    { id: 'organizationRoles', title: 'Roles there', kind: 'list', part: 'name', width: 200 },
    ...applicationColumns.slice(1),
  ],
  filters: [{ kind: 'keyword', id: 'keyword', title: 'Keyword', param: 'q', match: 'plain' }],
  paging: 'always',
  secrets: applicationSecrets,
  related: [{ resource: 'organization-application-roles' }],
};
