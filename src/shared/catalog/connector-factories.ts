import type { Resource } from './resource.ts';

export const connectorFactories = {
  id: 'connector-factories',
  path: '/api/connector-factories',
  itemPath: '/api/connector-factories/{id}',
  rowId: 'id',
  labels: ['name.en', 'id'],
  columns: [
    { id: 'name', kind: 'names', width: 220 },
    { id: 'type', kind: 'text', width: 90, words: 'connector' },
    { id: 'target', kind: 'text', width: 160 },
    { id: 'platform', kind: 'text', width: 110 },
    { id: 'isStandard', kind: 'boolean', width: 100 },
    { id: 'isDemo', kind: 'boolean', width: 80 },
    { id: 'id', kind: 'id', width: 240 },
    { id: 'description', kind: 'names', width: 320 },
  ],
  filters: [],
  paging: 'never',
  secrets: [],
  related: [],
  sidebar: { family: 'connections', icon: 'factories' },
} as const satisfies Resource;
