import { rolesThere } from './organization-roles.ts';
import type { Resource } from './resource.ts';

export const organizationApplicationRoles = {
  ...rolesThere,
  id: 'organization-application-roles',
  path: '/api/organizations/{id}/applications/{applicationId}/roles',
  parent: { resource: 'organization-applications', segment: 'roles' },
} as const satisfies Resource;
