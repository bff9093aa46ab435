import type { Resource } from './resource.ts';

export const applicationSecrets = {
  id: 'application-secrets',
  path: '/api/applications/{id}/secrets',
  parent: { resource: 'applications', segment: 'secrets' },
  rowId: 'name',
  labels: ['name'],
  columns: [
    { id: 'name', kind: 'text', width: 200 },
    { id: 'createdAt', kind: 'time', width: 165 },
    { id: 'expiresAt', kind: 'time', width: 165 },
  ],
  filters: [],
  paging: 'never',
  secrets: ['value'],
  related: [],
} as const satisfies Resource;
