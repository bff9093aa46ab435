import type { Resource } from './resource.ts';

export const userGrants = {
  id: 'user-grants',
  path: '/api/users/{userId}/grants',
  parent: { resource: 'users', segment: 'grants' },
  rowId: 'id',
  labels: ['payload.clientId', 'id'],
  columns: [
    { id: 'payload.clientId', kind: 'id', width: 200, ref: 'applications' },
    { id: 'payload.iat', kind: 'seconds', width: 130 },
    { id: 'expiresAt', kind: 'time', width: 165 },
    { id: 'id', kind: 'id', width: 260 },
    { id: 'payload', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'never',
  rowsAt: 'grants',
  optional: true,
  secrets: [],
  related: [],
} as const satisfies Resource;
