import { rolesThere } from './organization-roles.ts';
import type { Resource } from './resource.ts';

export const organizationJitRoles: Resource = {
  ...rolesThere,
  id: 'organization-jit-roles',
  title: 'Roles (just-in-time)',
  path: '/api/organizations/{id}/jit/roles',
  parent: { resource: 'organizations', segment: 'jit-roles' },
};
