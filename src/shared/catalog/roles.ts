import type { Column, Resource } from './resource.ts';

/** Columns of a role row without the counts that only the list of roles carries. */
export const roleColumns = [
  { id: 'name', kind: 'text', width: 220 },
  { id: 'type', kind: 'text', width: 150, words: 'role' },
  { id: 'description', kind: 'text', width: 320 },
  { id: 'isDefault', kind: 'boolean', width: 90 },
  { id: 'id', kind: 'id', width: 200 },
] as const satisfies readonly Column[];

export const roles = {
  id: 'roles',
  path: '/api/roles',
  itemPath: '/api/roles/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    ...roleColumns.slice(0, 3),
    { id: 'usersCount', kind: 'number', width: 90 },
    { id: 'applicationsCount', kind: 'number', width: 115 },
    ...roleColumns.slice(3),
    { id: 'featuredUsers', kind: 'list', part: 'name', width: 240, hidden: true },
    {
      id: 'featuredApplications',
      kind: 'list',
      part: 'name',
      width: 240,
      hidden: true,
    },
  ],
  filters: [
    { kind: 'keyword', id: 'keyword', param: 'search', match: 'like', columns: ['name'] },
    {
      kind: 'choice',
      id: 'type',
      param: 'type',
      column: 'type',
      options: ['User', 'MachineToMachine'],
    },
  ],
  paging: 'always',
  secrets: [],
  related: [
    { resource: 'role-users', when: { column: 'type', is: ['User'] } },
    { resource: 'role-applications', when: { column: 'type', is: ['MachineToMachine'] } },
    { resource: 'role-scopes' },
  ],
  sidebar: { family: 'access', icon: 'roles' },
} as const satisfies Resource;
