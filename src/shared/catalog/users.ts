import type { Column, Filter, Resource } from './resource.ts';

/** Columns of a user row, wherever users are listed (FACTS users). */
export const userColumns = [
  { id: 'name', kind: 'text', width: 190, sensitive: true },
  { id: 'username', kind: 'text', width: 150, sensitive: true },
  { id: 'primaryEmail', kind: 'text', width: 230, sensitive: true },
  { id: 'primaryPhone', kind: 'text', width: 135, sensitive: true, phone: true },
  { id: 'isSuspended', kind: 'boolean', width: 100 },
  { id: 'lastSignInAt', kind: 'time', width: 165 },
  { id: 'createdAt', kind: 'time', width: 165 },
  { id: 'id', kind: 'id', width: 130 },
  { id: 'updatedAt', kind: 'time', width: 165, hidden: true },
  { id: 'hasPassword', kind: 'boolean', width: 120, hidden: true },
  {
    id: 'applicationId',
    kind: 'id',
    width: 190,
    ref: 'applications',
    hidden: true,
  },
  { id: 'profile', kind: 'json', width: 220, hidden: true, sensitive: true },
  { id: 'identities', kind: 'json', width: 220, hidden: true, sensitive: true },
  { id: 'customData', kind: 'json', width: 220, hidden: true, sensitive: true },
  { id: 'avatar', kind: 'picture', width: 220, hidden: true, sensitive: true },
] as const satisfies readonly Column[];

/** Names of the roles that a user has: of the offline copy, no row has them. */
export const rolesColumn = {
  id: 'roles',
  kind: 'list',
  width: 200,
  hidden: true,
  joins: 'role-users',
} as const satisfies Column;

/** Names of the organizations that a user is a member of, likewise. */
export const organizationsColumn = {
  id: 'organizations',
  kind: 'list',
  width: 200,
  hidden: true,
  joins: 'organization-users',
} as const satisfies Column;

export const userLabels = ['name', 'username', 'primaryEmail', 'primaryPhone', 'id'] as const;

/** Columns that the server's search of users looks through (FACTS users). */
export const userSearchColumns = ['id', 'primaryEmail', 'primaryPhone', 'username', 'name'] as const;

export const userFilters = [
  {
    kind: 'keyword',
    id: 'keyword',
    param: 'search',
    match: 'like',
    columns: userSearchColumns,
  },
  { kind: 'search', id: 'search' },
] as const satisfies readonly Filter[];

export const users = {
  id: 'users',
  path: '/api/users',
  itemPath: '/api/users/{userId}',
  rowId: 'id',
  labels: userLabels,
  columns: [...userColumns, rolesColumn, organizationsColumn],
  filters: userFilters,
  paging: 'always',
  order: 'createdAt',
  byIds: { param: 'search.id', fixedQuery: { 'mode.id': 'exact', joint: 'or' } },
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
  sidebar: { family: 'people', icon: 'users' },
} as const satisfies Resource;
