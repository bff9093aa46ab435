import { rolesThere } from './organization-roles.ts';
import type { Resource } from './resource.ts';

export const organizationUserRoles: Resource = {
  ...rolesThere,
  id: 'organization-user-roles',
  title: 'Roles there',
  path: '/api/organizations/{id}/users/{userId}/roles',
  parent: { resource: 'organization-users', segment: 'roles' },
};
