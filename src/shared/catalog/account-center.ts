import type { Resource } from './resource.ts';

export const accountCenter: Resource = {
  id: 'account-center',
  title: 'Account center',
  singular: 'Account center',
  path: '/api/account-center',
  rowId: 'id',
  labels: ['id'],
  columns: [
    { id: 'id', title: 'ID', kind: 'id', width: 120 },
    { id: 'enabled', title: 'Enabled', kind: 'boolean', width: 90 },
    { id: 'fields', title: 'Fields', kind: 'json', width: 320 },
    { id: 'webauthnRelatedOrigins', title: 'WebAuthn origins', kind: 'list', width: 240 },
    { id: 'deleteAccountUrl', title: 'Delete account at', kind: 'text', width: 240 },
  ],
  filters: [],
  paging: 'never',
  single: true,
  sometimes: true,
  secrets: [],
  words: ['fields'],
  related: [],
  place: { family: 'tenant', icon: 'account' },
};
