import { keyColumns, keySecrets } from './oidc-private-keys.ts';
import type { Resource } from './resource.ts';

export const oidcCookieKeys = {
  id: 'oidc-cookie-keys',
  path: '/api/configs/oidc/{keyType}',
  rowId: 'id',
  labels: ['id'],
  columns: keyColumns,
  filters: [],
  paging: 'never',
  fixedPath: { keyType: 'cookie-keys' },
  optional: true,
  secrets: keySecrets,
  related: [],
  sidebar: { family: 'tenant', icon: 'keys' },
} as const satisfies Resource;
