import { rolesThere } from './organization-roles.ts';
import type { Resource } from './resource.ts';

export const organizationJitRoles = {
  ...rolesThere,
  id: 'organization-jit-roles',
  path: '/api/organizations/{id}/jit/roles',
  parent: { resource: 'organizations', segment: 'jit-roles' },
} as const satisfies Resource;
