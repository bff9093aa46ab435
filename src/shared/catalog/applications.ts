import type { Column, Resource } from './resource.ts';

export const applicationColumns: readonly Column[] = [
  { id: 'name', title: 'Name', kind: 'text', width: 220 },
  { id: 'type', title: 'Type', kind: 'text', width: 150 },
  { id: 'description', title: 'Description', kind: 'text', width: 260 },
  { id: 'isThirdParty', title: 'Third-party', kind: 'boolean', width: 110 },
  { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
  { id: 'id', title: 'Application ID', kind: 'id', width: 200 },
  { id: 'oidcClientMetadata.redirectUris', title: 'Redirect URIs', kind: 'list', width: 260, hidden: true },
  {
    id: 'oidcClientMetadata.postLogoutRedirectUris',
    title: 'Post sign-out URIs',
    kind: 'list',
    width: 260,
    hidden: true,
  },
  { id: 'customData', title: 'Custom data', kind: 'json', width: 220, hidden: true },
];

/** Every application row carries its client secret in clear text (FACTS roles, logs and the rest). */
export const applicationSecrets = ['secret'] as const;

export const applications: Resource = {
  id: 'applications',
  title: 'Applications',
  singular: 'Application',
  path: '/api/applications',
  itemPath: '/api/applications/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: applicationColumns,
  filters: [
    {
      kind: 'keyword',
      id: 'keyword',
      title: 'Keyword',
      param: 'search',
      match: 'like',
      columns: ['name', 'id'],
    },
    {
      kind: 'choice',
      id: 'type',
      title: 'Type',
      param: 'types',
      column: 'type',
      options: ['Native', 'SPA', 'Traditional', 'MachineToMachine', 'Protected', 'SAML'],
      several: true,
    },
    {
      kind: 'choice',
      id: 'third-party',
      title: 'Third-party',
      param: 'isThirdParty',
      column: 'isThirdParty',
      options: ['true', 'false'],
    },
  ],
  paging: 'optional',
  order: 'createdAt',
  secrets: applicationSecrets,
  related: [
    { resource: 'application-roles' },
    { resource: 'application-organizations' },
    { resource: 'application-secrets' },
    { resource: 'application-consent-scopes' },
    { resource: 'application-sign-in-experience' },
    { resource: 'application-access-control' },
    { resource: 'application-custom-domains' },
    { resource: 'logs', filter: 'application' },
  ],
  place: { family: 'applications', icon: 'applications' },
};
