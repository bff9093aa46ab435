import type { Resource } from './resource.ts';

/** Who may sign in to an application, where that is held to some. */
export const applicationAccessControl = {
  id: 'application-access-control',
  path: '/api/applications/{applicationId}/access-control',
  parent: { resource: 'applications', segment: 'access-control' },
  rowId: 'userIds',
  labels: [],
  columns: [
    { id: 'userIds', kind: 'list', width: 260 },
    { id: 'userRoleIds', kind: 'list', width: 260 },
    { id: 'organizationIds', kind: 'list', width: 260 },
    { id: 'organizationRoleRules', kind: 'json', width: 260 },
  ],
  filters: [],
  paging: 'never',
  singleton: true,
  optional: true,
  secrets: [],
  related: [],
} as const satisfies Resource;
