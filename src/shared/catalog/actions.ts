import type { Resource } from './resource.ts';

/** Scripts that run on a tenant's events. Their own keys stand in the environment variables. */
export const actions: Resource = {
  id: 'actions',
  title: 'Actions',
  singular: 'Action',
  path: '/api/configs/actions',
  rowId: 'key',
  labels: ['key'],
  columns: [
    { id: 'key', title: 'Action', kind: 'text', width: 240 },
    { id: 'value.enabled', title: 'Enabled', kind: 'boolean', width: 100 },
    { id: 'value.onExecutionError', title: 'On error', kind: 'text', width: 140 },
    { id: 'value.script', title: 'Script', kind: 'text', width: 400 },
    { id: 'value', title: 'Value', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'never',
  sometimes: true,
  secrets: ['value.environmentVariables', 'value.contextSample'],
  related: [],
  place: { family: 'tenant', icon: 'actions' },
};
