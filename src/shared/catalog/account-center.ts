import type { Resource } from './resource.ts';

export const accountCenter = {
  id: 'account-center',
  path: '/api/account-center',
  rowId: 'id',
  labels: ['id'],
  columns: [
    { id: 'id', kind: 'id', width: 120 },
    { id: 'enabled', kind: 'boolean', width: 90 },
    { id: 'fields', kind: 'json', width: 320 },
    { id: 'webauthnRelatedOrigins', kind: 'list', width: 240 },
    { id: 'deleteAccountUrl', kind: 'text', width: 240 },
  ],
  filters: [],
  paging: 'never',
  singleton: true,
  optional: true,
  secrets: [],
  words: ['fields'],
  related: [],
  sidebar: { family: 'tenant', icon: 'account' },
} as const satisfies Resource;
