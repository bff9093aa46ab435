import type { Resource } from './resource.ts';

export const oidcSession = {
  id: 'oidc-session',
  path: '/api/configs/oidc/session',
  rowId: 'ttl',
  labels: ['ttl'],
  columns: [{ id: 'ttl', kind: 'number', width: 160 }],
  filters: [],
  paging: 'never',
  singleton: true,
  optional: true,
  secrets: [{ path: '', shows: ['ttl'] }],
  related: [],
  sidebar: { family: 'tenant', icon: 'session' },
} as const satisfies Resource;
