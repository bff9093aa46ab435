import type { Resource } from './resource.ts';

/** What a member may do in an organization, by the roles there. */
export const organizationUserScopes = {
  id: 'organization-user-scopes',
  path: '/api/organizations/{id}/users/{userId}/scopes',
  parent: { resource: 'organization-users', segment: 'scopes' },
  rowsOf: 'organization-scopes',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', kind: 'text', width: 220 },
    { id: 'description', kind: 'text', width: 340 },
    { id: 'id', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'never',
  secrets: [],
  related: [],
} as const satisfies Resource;
