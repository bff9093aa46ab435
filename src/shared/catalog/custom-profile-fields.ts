import type { Resource } from './resource.ts';

export const customProfileFields = {
  id: 'custom-profile-fields',
  path: '/api/custom-profile-fields',
  itemPath: '/api/custom-profile-fields/{name}',
  rowId: 'name',
  labels: ['label', 'name'],
  columns: [
    { id: 'name', kind: 'text', width: 180 },
    { id: 'label', kind: 'text', width: 200 },
    { id: 'type', kind: 'text', width: 110, words: 'profileField' },
    { id: 'required', kind: 'boolean', width: 90 },
    { id: 'sieOrder', kind: 'number', width: 80 },
    { id: 'description', kind: 'text', width: 280 },
    { id: 'createdAt', kind: 'time', width: 165 },
    { id: 'id', kind: 'id', width: 200, hidden: true },
    { id: 'config', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'never',
  optional: true,
  secrets: [],
  related: [],
  sidebar: { family: 'people', icon: 'fields' },
} as const satisfies Resource;
