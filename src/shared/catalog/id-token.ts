import type { Resource } from './resource.ts';

export const idToken: Resource = {
  id: 'id-token',
  title: 'ID token',
  singular: 'ID token',
  path: '/api/configs/id-token',
  rowId: 'enabledExtendedClaims',
  labels: [],
  columns: [{ id: 'enabledExtendedClaims', title: 'Extended claims', kind: 'list', width: 400 }],
  filters: [],
  paging: 'never',
  single: true,
  sometimes: true,
  secrets: [],
  related: [],
  place: { family: 'tenant', icon: 'idtoken' },
};
