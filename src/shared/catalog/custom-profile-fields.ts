import type { Resource } from './resource.ts';

export const customProfileFields: Resource = {
  id: 'custom-profile-fields',
  title: 'Profile fields',
  singular: 'Profile field',
  path: '/api/custom-profile-fields',
  itemPath: '/api/custom-profile-fields/{name}',
  rowId: 'name',
  labels: ['label', 'name'],
  columns: [
    { id: 'name', title: 'Name', kind: 'text', width: 180 },
    { id: 'label', title: 'Label', kind: 'text', width: 200 },
    { id: 'type', title: 'Type', kind: 'text', width: 110 },
    { id: 'required', title: 'Required', kind: 'boolean', width: 90 },
    { id: 'sieOrder', title: 'Order', kind: 'number', width: 80 },
    { id: 'description', title: 'Description', kind: 'text', width: 280 },
    { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
    { id: 'id', title: 'Field ID', kind: 'id', width: 200, hidden: true },
    { id: 'config', title: 'Configuration', kind: 'json', width: 260, hidden: true },
  ],
  filters: [],
  paging: 'never',
  sometimes: true,
  secrets: [],
  related: [],
  place: { family: 'people', icon: 'fields' },
};
