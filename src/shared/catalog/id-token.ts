import type { Resource } from './resource.ts';

export const idToken = {
  id: 'id-token',
  path: '/api/configs/id-token',
  rowId: 'enabledExtendedClaims',
  labels: [],
  columns: [{ id: 'enabledExtendedClaims', kind: 'list', width: 400 }],
  filters: [],
  paging: 'never',
  singleton: true,
  optional: true,
  secrets: [],
  related: [],
  sidebar: { family: 'tenant', icon: 'idtoken' },
} as const satisfies Resource;
