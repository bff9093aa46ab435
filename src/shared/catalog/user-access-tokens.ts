import type { Resource } from './resource.ts';

export const userAccessTokens: Resource = {
  id: 'user-access-tokens',
  title: 'Access tokens',
  singular: 'Personal access token',
  path: '/api/users/{userId}/personal-access-tokens',
  parent: { resource: 'users', segment: 'personal-access-tokens' },
  rowId: 'name',
  labels: ['name'],
  columns: [
    { id: 'name', title: 'Name', kind: 'text', width: 220 },
    { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
    { id: 'expiresAt', title: 'Expires', kind: 'time', width: 165 },
  ],
  filters: [],
  paging: 'never',
  sometimes: true,
  secrets: ['value'],
  related: [],
};
