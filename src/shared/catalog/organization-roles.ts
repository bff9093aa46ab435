import type { Column, Resource } from './resource.ts';

/** An organization role where it is given to somebody: without its permissions. */
const roleThereColumns = [
  { id: 'name', kind: 'text', width: 200 },
  { id: 'type', kind: 'text', width: 150, words: 'role' },
  { id: 'description', kind: 'text', width: 300 },
  { id: 'id', kind: 'id', width: 200 },
] as const satisfies readonly Column[];

/** What lists of the roles that somebody has in an organization share. */
export const rolesThere = {
  rowsOf: 'organization-roles',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: roleThereColumns,
  filters: [],
  paging: 'always',
  secrets: [],
  related: [],
} as const satisfies Partial<Resource>;

export const organizationRoles = {
  id: 'organization-roles',
  path: '/api/organization-roles',
  itemPath: '/api/organization-roles/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    { id: 'name', kind: 'text', width: 200 },
    { id: 'type', kind: 'text', width: 150, words: 'role' },
    { id: 'description', kind: 'text', width: 300 },
    { id: 'scopes', kind: 'list', width: 260, part: 'name' },
    { id: 'resourceScopes', kind: 'list', width: 260, part: 'name' },
    { id: 'id', kind: 'id', width: 200 },
  ],
  filters: [{ kind: 'keyword', id: 'keyword', param: 'q', match: 'plain' }],
  paging: 'always',
  secrets: [],
  related: [{ resource: 'organization-role-scopes' }, { resource: 'organization-role-resource-scopes' }],
  sidebar: { family: 'organizations', icon: 'roles' },
} as const satisfies Resource;
