import type { Column, Resource, Secret } from './resource.ts';

/** Ids and dates only: the keys themselves never leave the server. */
export const keyColumns: readonly Column[] = [
  { id: 'id', title: 'Key ID', kind: 'id', width: 240 },
  { id: 'signingKeyAlgorithm', title: 'Algorithm', kind: 'text', width: 120 },
  { id: 'status', title: 'Status', kind: 'text', width: 110 },
  { id: 'createdAt', title: 'Created', kind: 'seconds', width: 165 },
  { id: 'effectiveAt', title: 'Effective', kind: 'seconds', width: 165 },
];

/** Only what is known to be no key. */
export const keySecrets: readonly Secret[] = [{ path: '', shows: keyColumns.map(({ id }) => id) }];

export const oidcPrivateKeys: Resource = {
  id: 'oidc-private-keys',
  title: 'Signing keys',
  singular: 'Key',
  path: '/api/configs/oidc/{keyType}',
  rowId: 'id',
  labels: ['id'],
  columns: keyColumns,
  filters: [],
  paging: 'never',
  fixed: { keyType: 'private-keys' },
  sometimes: true,
  secrets: keySecrets,
  related: [],
  place: { family: 'tenant', icon: 'keys' },
};
