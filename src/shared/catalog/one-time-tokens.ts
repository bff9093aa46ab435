import type { Resource } from './resource.ts';

export const oneTimeTokens: Resource = {
  id: 'one-time-tokens',
  title: 'One-time tokens',
  singular: 'One-time token',
  path: '/api/one-time-tokens',
  itemPath: '/api/one-time-tokens/{id}',
  rowId: 'id',
  labels: ['email', 'id'],
  columns: [
    { id: 'email', title: 'Email', kind: 'text', width: 230, sensitive: true },
    { id: 'status', title: 'Status', kind: 'text', width: 110 },
    { id: 'expiresAt', title: 'Expires', kind: 'time', width: 165 },
    { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
    { id: 'id', title: 'Token ID', kind: 'id', width: 200 },
    { id: 'context', title: 'Context', kind: 'json', width: 240, hidden: true },
  ],
  filters: [
    { kind: 'exact', id: 'email', title: 'Email', param: 'email' },
    {
      kind: 'choice',
      id: 'status',
      title: 'Status',
      param: 'status',
      options: ['active', 'consumed', 'revoked', 'expired'],
    },
  ],
  paging: 'always',
  sometimes: true,
  secrets: ['token'],
  related: [],
  place: { family: 'people', icon: 'tokens' },
};
