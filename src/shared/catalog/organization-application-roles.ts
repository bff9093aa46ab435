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
  columns: [
    { id: 'name', title: 'Name', kind: 'text', width: 200 },
    { id: 'type', title: 'Type', kind: 'text', width: 150 },
    { id: 'description', title: 'Description', kind: 'text', width: 300 },
    { id: 'id', title: 'Role ID', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
};
