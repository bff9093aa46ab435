import type { Resource } from './resource.ts';

export const applicationCustomDomains = {
  id: 'application-custom-domains',
  path: '/api/applications/{id}/protected-app-metadata/custom-domains',
  parent: { resource: 'applications', segment: 'custom-domains' },
  rowId: 'domain',
  labels: ['domain'],
  columns: [
    { id: 'domain', kind: 'text', width: 240 },
    { id: 'status', kind: 'text', width: 160, words: 'domain' },
    { id: 'errorMessage', kind: 'text', width: 240 },
    { id: 'dnsRecords', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'never',
  optional: true,
  secrets: [],
  related: [],
} as const satisfies Resource;
