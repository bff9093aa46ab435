import type { Resource } from './resource.ts';

/** Scripts that run on a tenant's events. Their own keys stand in the environment variables. */
export const actions = {
  id: 'actions',
  path: '/api/configs/actions',
  rowId: 'key',
  labels: ['key'],
  columns: [
    { id: 'key', kind: 'text', width: 240 },
    { id: 'value.enabled', kind: 'boolean', width: 100 },
    { id: 'value.onExecutionError', kind: 'text', width: 140 },
    { id: 'value.script', kind: 'text', width: 400 },
    { id: 'value', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'never',
  optional: true,
  secrets: ['value.environmentVariables', 'value.contextSample'],
  related: [],
  sidebar: { family: 'tenant', icon: 'actions' },
} as const satisfies Resource;
