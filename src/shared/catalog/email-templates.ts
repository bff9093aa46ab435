import type { Resource } from './resource.ts';

export const emailTemplates: Resource = {
  id: 'email-templates',
  title: 'Email templates',
  singular: 'Email template',
  path: '/api/email-templates',
  itemPath: '/api/email-templates/{id}',
  rowId: 'id',
  labels: ['details.subject', 'templateType'],
  columns: [
    { id: 'templateType', title: 'Type', kind: 'text', width: 200 },
    { id: 'languageTag', title: 'Language', kind: 'text', width: 100 },
    { id: 'details.subject', title: 'Subject', kind: 'text', width: 300 },
    { id: 'details.contentType', title: 'Content', kind: 'text', width: 100 },
    { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
    { id: 'id', title: 'Template ID', kind: 'id', width: 200 },
    { id: 'details', title: 'Details', kind: 'json', width: 260, hidden: true },
  ],
  filters: [{ kind: 'exact', id: 'language', title: 'Language', param: 'languageTag' }],
  paging: 'never',
  sometimes: true,
  secrets: [],
  related: [],
  place: { family: 'tenant', icon: 'templates' },
};
