import type { Resource } from './resource.ts';

export const userAccessTokens = {
  id: 'user-access-tokens',
  path: '/api/users/{userId}/personal-access-tokens',
  parent: { resource: 'users', segment: 'personal-access-tokens' },
  rowId: 'name',
  labels: ['name'],
  columns: [
    { id: 'name', kind: 'text', width: 220 },
    { id: 'createdAt', kind: 'time', width: 165 },
    { id: 'expiresAt', kind: 'time', width: 165 },
  ],
  filters: [],
  paging: 'never',
  optional: true,
  secrets: ['value'],
  related: [],
} as const satisfies Resource;
