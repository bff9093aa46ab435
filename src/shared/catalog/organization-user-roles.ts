import { rolesThere } from './organization-roles.ts';
import type { Resource } from './resource.ts';

export const organizationUserRoles = {
  ...rolesThere,
  id: 'organization-user-roles',
  path: '/api/organizations/{id}/users/{userId}/roles',
  parent: { resource: 'organization-users', segment: 'roles' },
} as const satisfies Resource;
