import { rolesThere } from './organization-roles.ts';
import type { Resource } from './resource.ts';

export const organizationApplicationRoles: Resource = {
  ...rolesThere,
  id: 'organization-application-roles',
  title: 'Roles there',
  path: '/api/organizations/{id}/applications/{applicationId}/roles',
  parent: { resource: 'organization-applications', segment: 'roles' },
};
