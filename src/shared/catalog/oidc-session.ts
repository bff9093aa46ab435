import type { Resource } from './resource.ts';

export const oidcSession: Resource = {
  id: 'oidc-session',
  title: 'OIDC session',
  singular: 'OIDC session',
  path: '/api/configs/oidc/session',
  rowId: 'ttl',
  labels: ['ttl'],
  columns: [{ id: 'ttl', title: 'Session life (s)', kind: 'number', width: 160 }],
  filters: [],
  paging: 'never',
  single: true,
  sometimes: true,
  secrets: [{ path: '', shows: ['ttl'] }],
  related: [],
  place: { family: 'tenant', icon: 'session' },
};
