import type { Resource } from './resource.ts';

export const applicationConsentScopes: Resource = {
  id: 'application-consent-scopes',
  title: 'Consent scopes',
  singular: 'Consent scopes',
  path: '/api/applications/{applicationId}/user-consent-scopes',
  parent: { resource: 'applications', segment: 'user-consent-scopes' },
  rowId: 'userScopes',
  labels: [],
  columns: [
    { id: 'userScopes', title: 'User scopes', kind: 'list', width: 240 },
    { id: 'resourceScopes', title: 'API permissions', kind: 'json', width: 300 },
    { id: 'organizationScopes', title: 'Organization permissions', kind: 'list', width: 260, part: 'name' },
    { id: 'organizationResourceScopes', title: 'Organization API permissions', kind: 'json', width: 300 },
  ],
  filters: [],
  paging: 'never',
  single: true,
  secrets: [],
  related: [],
};
