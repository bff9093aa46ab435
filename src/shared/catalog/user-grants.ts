import type { Resource } from './resource.ts';

export const userGrants: Resource = {
  id: 'user-grants',
  title: 'Grants',
  singular: 'Grant',
  path: '/api/users/{userId}/grants',
  parent: { resource: 'users', segment: 'grants' },
  rowId: 'id',
  labels: ['payload.clientId', 'id'],
  columns: [
    { id: 'payload.clientId', title: 'Application', kind: 'id', width: 200, ref: 'applications' },
    { id: 'payload.iat', title: 'Given', kind: 'seconds', width: 130 },
    { id: 'expiresAt', title: 'Expires', kind: 'time', width: 165 },
    { id: 'id', title: 'Grant ID', kind: 'id', width: 260 },
    { id: 'payload', title: 'Payload', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'never',
  rowsAt: 'grants',
  sometimes: true,
  secrets: [],
  related: [],
};
