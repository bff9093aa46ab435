import type { Resource } from './resource.ts';

export const userSocialIdentities = {
  id: 'user-social-identities',
  path: '/api/users/{userId}/all-identities',
  parent: { resource: 'users', segment: 'social-identities' },
  rowId: 'target',
  labels: ['target'],
  columns: [
    { id: 'target', kind: 'text', width: 140 },
    { id: 'identity.userId', kind: 'text', width: 200 },
    { id: 'identity.details', kind: 'json', width: 340, sensitive: true },
  ],
  filters: [],
  paging: 'never',
  rowsAt: 'socialIdentities',
  optional: true,
  secrets: ['tokenSecret'],
  related: [],
} as const satisfies Resource;
