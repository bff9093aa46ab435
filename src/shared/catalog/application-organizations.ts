import { organizationColumns } from './organizations.ts';
import type { Resource } from './resource.ts';

export const applicationOrganizations = {
  id: 'application-organizations',
  path: '/api/applications/{id}/organizations',
  parent: { resource: 'applications', segment: 'organizations' },
  rowsOf: 'organizations',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    ...organizationColumns.slice(0, 1),
    { id: 'organizationRoles', kind: 'list', part: 'name', width: 200 },
    ...organizationColumns.slice(1),
  ],
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
} as const satisfies Resource;
