import type { Resource } from './resource.ts';

/** What a member may do in an organization, by the roles there. */
export const organizationUserScopes: Resource = {
  id: 'organization-user-scopes',
  title: 'Permissions there',
  singular: 'Organization permission',
  path: '/api/organizations/{id}/users/{userId}/scopes',
  parent: { resource: 'organization-users', segment: 'scopes' },
  rowsOf: 'organization-scopes',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', title: 'Permission', kind: 'text', width: 220 },
    { id: 'description', title: 'Description', kind: 'text', width: 340 },
    { id: 'id', title: 'Permission ID', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'never',
  secrets: [],
  related: [],
};
