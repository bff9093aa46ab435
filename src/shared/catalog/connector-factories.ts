import type { Resource } from './resource.ts';

export const connectorFactories: Resource = {
  id: 'connector-factories',
  title: 'Connector factories',
  singular: 'Connector factory',
  path: '/api/connector-factories',
  itemPath: '/api/connector-factories/{id}',
  rowId: 'id',
  labels: ['name.en', 'id'],
  columns: [
    { id: 'name', title: 'Name', kind: 'names', width: 220 },
    { id: 'type', title: 'Type', kind: 'text', width: 90 },
    { id: 'target', title: 'Target', kind: 'text', width: 160 },
    { id: 'platform', title: 'Platform', kind: 'text', width: 110 },
    { id: 'isStandard', title: 'Standard', kind: 'boolean', width: 100 },
    { id: 'isDemo', title: 'Demo', kind: 'boolean', width: 80 },
    { id: 'id', title: 'Factory ID', kind: 'id', width: 240 },
    { id: 'description', title: 'Description', kind: 'names', width: 320 },
  ],
  filters: [],
  paging: 'never',
  secrets: [],
  related: [],
  place: { family: 'connections', icon: 'factories' },
};
