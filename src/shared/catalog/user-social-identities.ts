import type { Resource } from './resource.ts';

export const userSocialIdentities: Resource = {
  id: 'user-social-identities',
  title: 'Social identities',
  singular: 'Social identity',
  path: '/api/users/{userId}/all-identities',
  parent: { resource: 'users', segment: 'social-identities' },
  rowId: 'target',
  labels: ['target'],
  columns: [
    { id: 'target', title: 'Target', kind: 'text', width: 140 },
    { id: 'identity.userId', title: 'User there', kind: 'text', width: 200 },
    { id: 'identity.details', title: 'Details', kind: 'json', width: 340, sensitive: true },
  ],
  filters: [],
  paging: 'never',
  rowsAt: 'socialIdentities',
  sometimes: true,
  secrets: ['tokenSecret'],
  related: [],
};
