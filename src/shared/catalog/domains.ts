import type { Resource } from './resource.ts';

export const domains = {
  id: 'domains',
  path: '/api/domains',
  itemPath: '/api/domains/{id}',
  rowId: 'id',
  labels: ['domain', 'id'],
  columns: [
    { id: 'domain', kind: 'text', width: 240 },
    { id: 'status', kind: 'text', width: 160, words: 'domain' },
    { id: 'errorMessage', kind: 'text', width: 240 },
    { id: 'createdAt', kind: 'time', width: 165 },
    { id: 'id', kind: 'id', width: 200 },
    { id: 'dnsRecords', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'never',
  optional: true,
  secrets: [],
  related: [{ resource: 'domain-verification-files' }],
  sidebar: { family: 'tenant', icon: 'domains' },
} as const satisfies Resource;
