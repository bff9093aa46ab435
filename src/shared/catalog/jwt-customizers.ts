import type { Resource } from './resource.ts';

// Environment variables of a script are where its own keys stand.

export const jwtCustomizers = {
  id: 'jwt-customizers',
  path: '/api/configs/jwt-customizer',
  rowId: 'key',
  labels: ['key'],
  columns: [
    { id: 'key', kind: 'text', width: 240 },
    { id: 'value.script', kind: 'text', width: 400 },
    { id: 'value', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'never',
  optional: true,
  secrets: ['value.environmentVariables', 'value.contextSample', 'value.tokenSample'],
  related: [],
  sidebar: { family: 'tenant', icon: 'jwt' },
} as const satisfies Resource;
