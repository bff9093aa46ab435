import type { Column, Resource } from './resource.ts';

export const organizationColumns: readonly Column[] = [
  { id: 'name', title: 'Name', kind: 'text', width: 240 },
  { id: 'description', title: 'Description', kind: 'text', width: 320 },
  { id: 'isMfaRequired', title: 'MFA required', kind: 'boolean', width: 120 },
  { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
  { id: 'id', title: 'Organization ID', kind: 'id', width: 160 },
  { id: 'customData', title: 'Custom data', kind: 'json', width: 220, hidden: true },
];

export const organizations: Resource = {
  id: 'organizations',
  title: 'Organizations',
  singular: 'Organization',
  path: '/api/organizations',
  itemPath: '/api/organizations/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    ...organizationColumns.slice(0, 1),
    { id: 'usersCount', title: 'Members', kind: 'number', width: 100 },
    ...organizationColumns.slice(1),
  ],
  filters: [{ kind: 'keyword', id: 'keyword', title: 'Keyword', param: 'q', match: 'plain' }],
  paging: 'always',
  always: { showFeatured: 'true' },
  secrets: [],
  related: [
    { resource: 'organization-users' },
    { resource: 'organization-applications' },
    { resource: 'organization-jit-domains' },
    { resource: 'organization-jit-roles' },
    { resource: 'organization-jit-sso-connectors' },
    { resource: 'organization-invitations', filter: 'organization' },
  ],
  place: { family: 'organizations', icon: 'organizations' },
};
