import type { Resource } from './resource.ts';

export const applicationSecrets: Resource = {
  id: 'application-secrets',
  title: 'Secrets',
  singular: 'Secret',
  path: '/api/applications/{id}/secrets',
  parent: { resource: 'applications', segment: 'secrets' },
  rowId: 'name',
  labels: ['name'],
  columns: [
    { id: 'name', title: 'Name', kind: 'text', width: 200 },
    { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
    { id: 'expiresAt', title: 'Expires', kind: 'time', width: 165 },
  ],
  filters: [],
  paging: 'never',
  secrets: ['value'],
  related: [],
};
