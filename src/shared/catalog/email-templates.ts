import type { Resource } from './resource.ts';

export const emailTemplates = {
  id: 'email-templates',
  path: '/api/email-templates',
  itemPath: '/api/email-templates/{id}',
  rowId: 'id',
  labels: ['details.subject', 'templateType'],
  columns: [
    { id: 'templateType', kind: 'text', width: 200, words: 'template' },
    { id: 'languageTag', kind: 'text', width: 100 },
    { id: 'details.subject', kind: 'text', width: 300 },
    { id: 'details.contentType', kind: 'text', width: 100 },
    { id: 'createdAt', kind: 'time', width: 165 },
    { id: 'id', kind: 'id', width: 200 },
    { id: 'details', kind: 'json', width: 260, hidden: true },
  ],
  filters: [{ kind: 'exact', id: 'language', param: 'languageTag' }],
  paging: 'never',
  optional: true,
  secrets: [],
  related: [],
  sidebar: { family: 'tenant', icon: 'templates' },
} as const satisfies Resource;
