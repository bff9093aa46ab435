import type { Resource } from './resource.ts';
import { certificateColumns } from './sso-connector-certificates.ts';

export const samlApplicationCertificates = {
  id: 'saml-application-certificates',
  path: '/api/saml-applications/{id}/secrets',
  parent: { resource: 'saml-applications', segment: 'certificates' },
  rowId: 'id',
  labels: ['id'],
  columns: certificateColumns,
  filters: [],
  paging: 'never',
  optional: true,
  secrets: ['privateKey'],
  related: [],
} as const satisfies Resource;
