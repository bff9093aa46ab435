import type { Resource } from './resource.ts';

export const userMfa = {
  id: 'user-mfa',
  path: '/api/users/{userId}/mfa-verifications',
  parent: { resource: 'users', segment: 'mfa-verifications' },
  rowId: 'id',
  labels: ['name', 'type', 'id'],
  columns: [
    { id: 'type', kind: 'text', width: 150, words: 'factor' },
    { id: 'name', kind: 'text', width: 160 },
    { id: 'agent', kind: 'text', width: 240 },
    { id: 'remainCodes', kind: 'number', width: 110 },
    { id: 'lastUsedAt', kind: 'text', width: 190 },
    { id: 'createdAt', kind: 'text', width: 190 },
    { id: 'id', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'never',
  secrets: [],
  related: [],
} as const satisfies Resource;
