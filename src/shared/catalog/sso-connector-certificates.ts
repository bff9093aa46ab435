import type { Column, Resource } from './resource.ts';

/** Certificates that answers are signed with, and when they expire: sign-in stops then. */
export const certificateColumns: readonly Column[] = [
  { id: 'id', title: 'Certificate ID', kind: 'id', width: 200 },
  { id: 'active', title: 'Active', kind: 'boolean', width: 90 },
  { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
  { id: 'expiresAt', title: 'Expires', kind: 'time', width: 165 },
  { id: 'fingerprints.sha256.formatted', title: 'SHA-256', kind: 'text', width: 320 },
  { id: 'certificate', title: 'Certificate', kind: 'text', width: 260, hidden: true },
];

export const ssoConnectorCertificates: Resource = {
  id: 'sso-connector-certificates',
  title: 'Signing certificates',
  singular: 'Certificate',
  path: '/api/sso-connectors/{id}/signing-keys',
  parent: { resource: 'sso-connectors', segment: 'certificates' },
  rowId: 'id',
  labels: ['id'],
  columns: certificateColumns,
  filters: [],
  paging: 'never',
  sometimes: true,
  secrets: ['privateKey'],
  related: [],
};
