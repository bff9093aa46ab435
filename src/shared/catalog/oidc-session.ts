import type { Resource } from './resource.ts';

export const oidcSession = {
  id: 'oidc-session',
  path: '/api/configs/oidc/session',
  rowId: 'ttl',
  labels: ['ttl'],
  columns: [{ id: 'ttl', kind: 'number', width: 160 }],
  filters: [],
  paging: 'never',
  single: true,
  sometimes: true,
  secrets: [{ path: '', shows: ['ttl'] }],
  related: [],
  place: { family: 'tenant', icon: 'session' },
} as const satisfies Resource;
