import type { Resource } from './resource.ts';

export const userMfa: Resource = {
  id: 'user-mfa',
  title: 'MFA factors',
  singular: 'MFA factor',
  path: '/api/users/{userId}/mfa-verifications',
  parent: { resource: 'users', segment: 'mfa-verifications' },
  rowId: 'id',
  labels: ['name', 'type', 'id'],
  columns: [
    { id: 'type', title: 'Type', kind: 'text', width: 150 },
    { id: 'name', title: 'Name', kind: 'text', width: 160 },
    { id: 'agent', title: 'Device', kind: 'text', width: 240 },
    { id: 'remainCodes', title: 'Codes left', kind: 'number', width: 110 },
    { id: 'lastUsedAt', title: 'Last used', kind: 'text', width: 190 },
    { id: 'createdAt', title: 'Created', kind: 'text', width: 190 },
    { id: 'id', title: 'Factor ID', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'never',
  secrets: [],
  related: [],
};
