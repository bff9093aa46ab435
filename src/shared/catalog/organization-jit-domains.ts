import type { Resource } from './resource.ts';

export const organizationJitDomains = {
  id: 'organization-jit-domains',
  path: '/api/organizations/{id}/jit/email-domains',
  parent: { resource: 'organizations', segment: 'jit-email-domains' },
  rowId: 'emailDomain',
  labels: ['emailDomain'],
  columns: [{ id: 'emailDomain', kind: 'text', width: 260 }],
  filters: [],
  paging: 'always',
  mayBeWhole: true,
  secrets: [],
  related: [],
} as const satisfies Resource;
