import type { Column, Resource } from './resource.ts';

/** An organization role where it is given to somebody: without its permissions. */
const roleThereColumns: readonly Column[] = [
  { id: 'name', title: 'Name', kind: 'text', width: 200 },
  { id: 'type', title: 'Type', kind: 'text', width: 150 },
  { id: 'description', title: 'Description', kind: 'text', width: 300 },
  { id: 'id', title: 'Role ID', kind: 'id', width: 200 },
];

/** What lists of the roles that somebody has in an organization share. */
export const rolesThere = {
  singular: 'Organization role',
  rowsOf: 'organization-roles',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: roleThereColumns,
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
} as const satisfies Partial<Resource>;

export const organizationRoles: Resource = {
  id: 'organization-roles',
  title: 'Organization roles',
  singular: 'Organization role',
  path: '/api/organization-roles',
  itemPath: '/api/organization-roles/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', title: 'Name', kind: 'text', width: 200 },
    { id: 'type', title: 'Type', kind: 'text', width: 150 },
    { id: 'description', title: 'Description', kind: 'text', width: 300 },
    { id: 'scopes', title: 'Organization permissions', kind: 'list', width: 260, part: 'name' },
    { id: 'resourceScopes', title: 'API permissions', kind: 'list', width: 260, part: 'name' },
    { id: 'id', title: 'Role ID', kind: 'id', width: 200 },
  ],
  filters: [{ kind: 'keyword', id: 'keyword', title: 'Keyword', param: 'q', match: 'plain' }],
  paging: 'always',
  secrets: [],
  related: [{ resource: 'organization-role-scopes' }, { resource: 'organization-role-resource-scopes' }],
  place: { family: 'organizations', icon: 'roles' },
};
