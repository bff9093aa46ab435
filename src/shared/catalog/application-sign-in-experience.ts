import type { Resource } from './resource.ts';

export const applicationSignInExperience = {
  id: 'application-sign-in-experience',
  path: '/api/applications/{applicationId}/sign-in-experience',
  parent: { resource: 'applications', segment: 'sign-in-experience' },
  rowId: 'applicationId',
  labels: ['displayName', 'applicationId'],
  columns: [
    { id: 'displayName', kind: 'text', width: 200 },
    { id: 'color.primaryColor', kind: 'text', width: 100 },
    { id: 'branding.logoUrl', kind: 'picture', width: 240 },
    { id: 'termsOfUseUrl', kind: 'text', width: 220 },
    { id: 'privacyPolicyUrl', kind: 'text', width: 220 },
    { id: 'customCss', kind: 'text', width: 240 },
    { id: 'applicationId', kind: 'id', ref: 'applications', width: 200 },
  ],
  filters: [],
  paging: 'never',
  singleton: true,
  secrets: [],
  related: [],
} as const satisfies Resource;
