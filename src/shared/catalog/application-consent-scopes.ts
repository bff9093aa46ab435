import type { Resource } from './resource.ts';

export const applicationConsentScopes = {
  id: 'application-consent-scopes',
  path: '/api/applications/{applicationId}/user-consent-scopes',
  parent: { resource: 'applications', segment: 'user-consent-scopes' },
  rowId: 'userScopes',
  labels: [],
  columns: [
    { id: 'userScopes', kind: 'list', width: 240 },
    { id: 'resourceScopes', kind: 'json', width: 300 },
    { id: 'organizationScopes', kind: 'list', width: 260, part: 'name' },
    { id: 'organizationResourceScopes', kind: 'json', width: 300 },
  ],
  filters: [],
  paging: 'never',
  singleton: true,
  secrets: [],
  related: [],
} as const satisfies Resource;
