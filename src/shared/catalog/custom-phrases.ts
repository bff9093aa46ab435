import type { Resource } from './resource.ts';

export const customPhrases: Resource = {
  id: 'custom-phrases',
  title: 'Custom phrases',
  singular: 'Language',
  path: '/api/custom-phrases',
  itemPath: '/api/custom-phrases/{languageTag}',
  rowId: 'languageTag',
  labels: ['languageTag'],
  columns: [
    { id: 'languageTag', title: 'Language', kind: 'text', width: 120 },
    { id: 'translation', title: 'Phrases', kind: 'json', width: 400 },
    { id: 'id', title: 'ID', kind: 'id', width: 200, hidden: true },
  ],
  filters: [],
  paging: 'never',
  sometimes: true,
  secrets: [],
  words: ['translation'],
  related: [],
  place: { family: 'tenant', icon: 'phrases' },
};
