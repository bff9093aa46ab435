import type { Column, Resource, Secret } from './resource.ts';

/** Ids and dates only: the keys themselves never leave the server. */
export const keyColumns = [
  { id: 'id', kind: 'id', width: 240 },
  { id: 'signingKeyAlgorithm', kind: 'text', width: 120 },
  { id: 'status', kind: 'text', width: 110, words: 'signingKey' },
  { id: 'createdAt', kind: 'seconds', width: 165 },
  { id: 'effectiveAt', kind: 'seconds', width: 165 },
] as const satisfies readonly Column[];

/** Only what is known to be no key. */
export const keySecrets: readonly Secret[] = [{ path: '', shows: keyColumns.map(({ id }) => id) }];

export const oidcPrivateKeys = {
  id: 'oidc-private-keys',
  path: '/api/configs/oidc/{keyType}',
  rowId: 'id',
  labels: ['id'],
  columns: keyColumns,
  filters: [],
  paging: 'never',
  fixedPath: { keyType: 'private-keys' },
  optional: true,
  secrets: keySecrets,
  related: [],
  sidebar: { family: 'tenant', icon: 'keys' },
} as const satisfies Resource;
