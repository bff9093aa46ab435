import type { Resource } from './resource.ts';

/** Files that a custom domain serves to prove whose it is. The API does not tell their shape: they are shown as they are. */
export const domainVerificationFiles = {
  id: 'domain-verification-files',
  path: '/api/domains/{id}/verification-files',
  parent: { resource: 'domains', segment: 'verification-files' },
  rowId: 'verificationFiles',
  labels: [],
  columns: [{ id: 'verificationFiles', kind: 'json', width: 400 }],
  filters: [],
  paging: 'never',
  singleton: true,
  optional: true,
  secrets: [],
  related: [],
} as const satisfies Resource;
