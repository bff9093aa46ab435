import type { Resource } from './resource.ts';

/** Who may sign in to an application, where that is held to some. */
export const applicationAccessControl: Resource = {
  id: 'application-access-control',
  title: 'Access control',
  singular: 'Access control',
  path: '/api/applications/{applicationId}/access-control',
  parent: { resource: 'applications', segment: 'access-control' },
  rowId: 'userIds',
  labels: [],
  columns: [
    { id: 'userIds', title: 'Users', kind: 'list', width: 260 },
    { id: 'userRoleIds', title: 'User roles', kind: 'list', width: 260 },
    { id: 'organizationIds', title: 'Organizations', kind: 'list', width: 260 },
    { id: 'organizationRoleRules', title: 'Organization roles', kind: 'json', width: 260 },
  ],
  filters: [],
  paging: 'never',
  single: true,
  sometimes: true,
  secrets: [],
  related: [],
};
