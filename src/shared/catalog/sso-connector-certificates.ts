import type { Column, Resource } from './resource.ts';

/** Certificates that answers are signed with, and when they expire: sign-in stops then. */
export const certificateColumns = [
  { id: 'id', kind: 'id', width: 200 },
  { id: 'active', kind: 'boolean', width: 90 },
  { id: 'createdAt', kind: 'time', width: 165 },
  { id: 'expiresAt', kind: 'time', width: 165 },
  { id: 'fingerprints.sha256.formatted', kind: 'text', width: 320 },
  { id: 'certificate', kind: 'text', width: 260, hidden: true },
] as const satisfies readonly Column[];

export const ssoConnectorCertificates = {
  id: 'sso-connector-certificates',
  path: '/api/sso-connectors/{id}/signing-keys',
  parent: { resource: 'sso-connectors', segment: 'certificates' },
  rowId: 'id',
  labels: ['id'],
  columns: certificateColumns,
  filters: [],
  paging: 'never',
  optional: true,
  secrets: ['privateKey'],
  related: [],
} as const satisfies Resource;
