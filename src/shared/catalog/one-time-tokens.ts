import type { Resource } from './resource.ts';

export const oneTimeTokens = {
  id: 'one-time-tokens',
  path: '/api/one-time-tokens',
  itemPath: '/api/one-time-tokens/{id}',
  rowId: 'id',
  labels: ['email', 'id'],
  columns: [
    { id: 'email', kind: 'text', width: 230, sensitive: true },
    { id: 'status', kind: 'text', width: 110, words: 'oneTimeToken' },
    { id: 'expiresAt', kind: 'time', width: 165 },
    { id: 'createdAt', kind: 'time', width: 165 },
    { id: 'id', kind: 'id', width: 200 },
    { id: 'context', kind: 'json', width: 240, hidden: true },
  ],
  filters: [
    { kind: 'exact', id: 'email', param: 'email' },
    {
      kind: 'choice',
      id: 'status',
      param: 'status',
      options: ['active', 'consumed', 'revoked', 'expired'],
    },
  ],
  paging: 'always',
  optional: true,
  secrets: ['token'],
  related: [],
  sidebar: { family: 'people', icon: 'tokens' },
} as const satisfies Resource;
