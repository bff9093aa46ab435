import { applicationColumns, applicationSecrets } from './applications.ts';
import type { Resource } from './resource.ts';

export const samlApplications = {
  id: 'saml-applications',
  path: '/api/applications',
  itemPath: '/api/saml-applications/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: applicationColumns,
  filters: [{ kind: 'keyword', id: 'keyword', param: 'search', match: 'like' }],
  paging: 'optional',
  optional: true,
  fixedQuery: { types: 'SAML' },
  secrets: applicationSecrets,
  related: [{ resource: 'saml-application-certificates' }],
  sidebar: { family: 'applications', icon: 'saml' },
} as const satisfies Resource;
