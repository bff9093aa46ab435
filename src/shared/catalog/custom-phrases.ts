import type { Resource } from './resource.ts';

export const customPhrases = {
  id: 'custom-phrases',
  path: '/api/custom-phrases',
  itemPath: '/api/custom-phrases/{languageTag}',
  rowId: 'languageTag',
  labels: ['languageTag'],
  columns: [
    { id: 'languageTag', kind: 'text', width: 120 },
    { id: 'translation', kind: 'json', width: 400 },
    { id: 'id', kind: 'id', width: 200, hidden: true },
  ],
  filters: [],
  paging: 'never',
  optional: true,
  secrets: [],
  words: ['translation'],
  related: [],
  sidebar: { family: 'tenant', icon: 'phrases' },
} as const satisfies Resource;
