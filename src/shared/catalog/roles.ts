import type { Column, Resource } from './resource.ts';

/** Columns of a role row without the counts that only the list of roles carries. */
export const roleColumns: readonly Column[] = [
  { id: 'name', title: 'Name', kind: 'text', width: 220 },
  { id: 'type', title: 'Type', kind: 'text', width: 150 },
  { id: 'description', title: 'Description', kind: 'text', width: 320 },
  { id: 'isDefault', title: 'Default', kind: 'boolean', width: 90 },
  { id: 'id', title: 'Role ID', kind: 'id', width: 200 },
];

export const roles: Resource = {
  id: 'roles',
  title: 'Roles',
  singular: 'Role',
  path: '/api/roles',
  itemPath: '/api/roles/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: [
    ...roleColumns.slice(0, 3),
    { id: 'usersCount', title: 'Users', kind: 'number', width: 90 },
    { id: 'applicationsCount', title: 'Applications', kind: 'number', width: 115 },
    ...roleColumns.slice(3),
    { id: 'featuredUsers', title: 'Some users', kind: 'list', part: 'name', width: 240, hidden: true },
    {
      id: 'featuredApplications',
      title: 'Some applications',
      kind: 'list',
      part: 'name',
      width: 240,
      hidden: true,
    },
  ],
  filters: [
    { kind: 'keyword', id: 'keyword', title: 'Keyword', param: 'search', match: 'like', columns: ['name'] },
    {
      kind: 'choice',
      id: 'type',
      title: 'Type',
      param: 'type',
      column: 'type',
      options: ['User', 'MachineToMachine'],
    },
  ],
  paging: 'always',
  secrets: [],
  related: [{ resource: 'role-users' }, { resource: 'role-applications' }, { resource: 'role-scopes' }],
  place: { family: 'access', icon: 'roles' },
};
