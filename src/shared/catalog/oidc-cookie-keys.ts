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
  fixed: { keyType: 'cookie-keys' },
  sometimes: true,
  secrets: keySecrets,
  related: [],
  place: { family: 'tenant', icon: 'keys' },
} as const satisfies Resource;
