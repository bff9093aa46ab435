import type { Column, Filter, Resource } from './resource.ts';

/** Columns of a user row, wherever users are listed (FACTS users). */
export const userColumns: readonly Column[] = [
  { id: 'name', title: 'Name', kind: 'text', width: 170, sensitive: true },
  { id: 'username', title: 'Username', kind: 'text', width: 150, sensitive: true },
  { id: 'primaryEmail', title: 'Email', kind: 'text', width: 230, sensitive: true },
  { id: 'primaryPhone', title: 'Phone', kind: 'text', width: 135, sensitive: true, phone: true },
  { id: 'isSuspended', title: 'Suspended', kind: 'boolean', width: 100 },
  { id: 'lastSignInAt', title: 'Last sign-in', kind: 'time', width: 165 },
  { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
  { id: 'id', title: 'User ID', kind: 'id', width: 130 },
  { id: 'updatedAt', title: 'Updated', kind: 'time', width: 165, hidden: true },
  { id: 'hasPassword', title: 'Has password', kind: 'boolean', width: 120, hidden: true },
  {
    id: 'applicationId',
    title: 'Registered with',
    kind: 'id',
    width: 190,
    ref: 'applications',
    hidden: true,
  },
  { id: 'profile', title: 'Profile', kind: 'json', width: 220, hidden: true, sensitive: true },
  { id: 'identities', title: 'Social identities', kind: 'json', width: 220, hidden: true, sensitive: true },
  { id: 'customData', title: 'Custom data', kind: 'json', width: 220, hidden: true, sensitive: true },
  { id: 'avatar', title: 'Avatar', kind: 'picture', width: 220, hidden: true, sensitive: true },
];

export const userLabels = ['name', 'username', 'primaryEmail', 'primaryPhone', 'id'] as const;

/** Columns that the server's search of users looks through (FACTS users). */
export const userSearchColumns = ['id', 'primaryEmail', 'primaryPhone', 'username', 'name'] as const;

export const userFilters: readonly Filter[] = [
  {
    kind: 'keyword',
    id: 'keyword',
    title: 'Keyword',
    param: 'search',
    match: 'like',
    columns: userSearchColumns,
  },
  { kind: 'search', id: 'search', title: 'Advanced search' },
];

export const users: Resource = {
  id: 'users',
  title: 'Users',
  singular: 'User',
  path: '/api/users',
  itemPath: '/api/users/{userId}',
  rowId: 'id',
  labels: userLabels,
  columns: [
    ...userColumns,
    { id: 'roles', title: 'Roles (mirrored)', kind: 'list', width: 200, hidden: true, joins: 'role-users' },
    {
      id: 'organizations',
      title: 'Organizations (mirrored)',
      kind: 'list',
      width: 200,
      hidden: true,
      joins: 'organization-users',
    },
  ],
  filters: userFilters,
  paging: 'always',
  order: 'createdAt',
  byIds: { param: 'search.id', always: { 'mode.id': 'exact', joint: 'or' } },
  secrets: [],
  related: [
    { resource: 'user-roles' },
    { resource: 'user-organizations' },
    { resource: 'user-social-identities' },
    { resource: 'user-sso-identities' },
    { resource: 'user-mfa' },
    { resource: 'user-sessions' },
    { resource: 'user-grants' },
    { resource: 'user-access-tokens' },
    { resource: 'user-configs' },
    { resource: 'logs', filter: 'user' },
  ],
  place: { family: 'people', icon: 'users' },
};
