import type { Resource } from './resource.ts';

export const applicationSignInExperience: Resource = {
  id: 'application-sign-in-experience',
  title: 'Sign-in customisation',
  singular: 'Sign-in customisation',
  path: '/api/applications/{applicationId}/sign-in-experience',
  parent: { resource: 'applications', segment: 'sign-in-experience' },
  rowId: 'applicationId',
  labels: ['displayName', 'applicationId'],
  columns: [
    { id: 'displayName', title: 'Display name', kind: 'text', width: 200 },
    { id: 'color.primaryColor', title: 'Colour', kind: 'text', width: 100 },
    { id: 'branding.logoUrl', title: 'Logo', kind: 'picture', width: 240 },
    { id: 'termsOfUseUrl', title: 'Terms of use', kind: 'text', width: 220 },
    { id: 'privacyPolicyUrl', title: 'Privacy policy', kind: 'text', width: 220 },
    { id: 'customCss', title: 'CSS', kind: 'text', width: 240 },
    { id: 'applicationId', title: 'Application ID', kind: 'id', ref: 'applications', width: 200 },
  ],
  filters: [],
  paging: 'never',
  single: true,
  secrets: [],
  related: [],
};
