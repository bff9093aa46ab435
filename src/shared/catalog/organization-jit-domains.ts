import type { Resource } from './resource.ts';

export const organizationJitDomains: Resource = {
  id: 'organization-jit-domains',
  title: 'Email domains (just-in-time)',
  singular: 'Email domain',
  path: '/api/organizations/{id}/jit/email-domains',
  parent: { resource: 'organizations', segment: 'jit-email-domains' },
  rowId: 'emailDomain',
  labels: ['emailDomain'],
  columns: [{ id: 'emailDomain', title: 'Domain', kind: 'text', width: 260 }],
  filters: [],
  paging: 'always',
  mayBeWhole: true,
  secrets: [],
  related: [],
};
