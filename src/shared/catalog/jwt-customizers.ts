import type { Resource } from './resource.ts';

// Environment variables of a script are where its own keys stand.

export const jwtCustomizers: Resource = {
  id: 'jwt-customizers',
  title: 'JWT customizers',
  singular: 'JWT customizer',
  path: '/api/configs/jwt-customizer',
  rowId: 'key',
  labels: ['key'],
  columns: [
    { id: 'key', title: 'Token', kind: 'text', width: 240 },
    { id: 'value.script', title: 'Script', kind: 'text', width: 400 },
    { id: 'value', title: 'Value', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'never',
  sometimes: true,
  secrets: ['value.environmentVariables', 'value.contextSample', 'value.tokenSample'],
  related: [],
  place: { family: 'tenant', icon: 'jwt' },
};
