import type { Resource } from './resource.ts';

export const domains: Resource = {
  id: 'domains',
  title: 'Domains',
  singular: 'Domain',
  path: '/api/domains',
  itemPath: '/api/domains/{id}',
  rowId: 'id',
  labels: ['domain', 'id'],
  columns: [
    { id: 'domain', title: 'Domain', kind: 'text', width: 240 },
    { id: 'status', title: 'Status', kind: 'text', width: 160 },
    { id: 'errorMessage', title: 'Error', kind: 'text', width: 240 },
    { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
    { id: 'id', title: 'Domain ID', kind: 'id', width: 200 },
    { id: 'dnsRecords', title: 'DNS records', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'never',
  sometimes: true,
  secrets: [],
  related: [{ resource: 'domain-verification-files' }],
  place: { family: 'tenant', icon: 'domains' },
};
