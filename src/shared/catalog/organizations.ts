import type { Column, Resource } from './resource.ts';

export const organizationColumns = [
  { id: 'name', kind: 'text', width: 240 },
  { id: 'description', kind: 'text', width: 320 },
  { id: 'isMfaRequired', kind: 'boolean', width: 120 },
  { id: 'createdAt', kind: 'time', width: 165 },
  { id: 'id', kind: 'id', width: 160 },
  { id: 'customData', kind: 'json', width: 220, hidden: true },
] as const satisfies readonly Column[];

export const organizations = {
  id: 'organizations',
  path: '/api/organizations',
  itemPath: '/api/organizations/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    ...organizationColumns.slice(0, 1),
    { id: 'usersCount', kind: 'number', width: 100 },
    ...organizationColumns.slice(1),
  ],
  filters: [{ kind: 'keyword', id: 'keyword', param: 'q', match: 'plain' }],
  paging: 'always',
  fixedQuery: { showFeatured: 'true' },
  secrets: [],
  related: [
    { resource: 'organization-users' },
    { resource: 'organization-applications' },
    { resource: 'organization-jit-domains' },
    { resource: 'organization-jit-roles' },
    { resource: 'organization-jit-sso-connectors' },
    { resource: 'organization-invitations', filter: 'organization' },
  ],
  sidebar: { family: 'organizations', icon: 'organizations' },
} as const satisfies Resource;
