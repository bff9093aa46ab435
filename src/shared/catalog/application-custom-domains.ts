import type { Resource } from './resource.ts';

export const applicationCustomDomains: Resource = {
  id: 'application-custom-domains',
  title: 'Custom domains',
  singular: 'Custom domain',
  path: '/api/applications/{id}/protected-app-metadata/custom-domains',
  parent: { resource: 'applications', segment: 'custom-domains' },
  rowId: 'domain',
  labels: ['domain'],
  columns: [
    { id: 'domain', title: 'Domain', kind: 'text', width: 240 },
    { id: 'status', title: 'Status', kind: 'text', width: 160 },
    { id: 'errorMessage', title: 'Error', kind: 'text', width: 240 },
    { id: 'dnsRecords', title: 'DNS records', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'never',
  sometimes: true,
  secrets: [],
  related: [],
};
