import type { Column, Resource } from './resource.ts';

export const applicationColumns = [
  { id: 'name', kind: 'text', width: 220 },
  { id: 'type', kind: 'text', width: 150, words: 'application' },
  { id: 'description', kind: 'text', width: 260 },
  { id: 'isThirdParty', kind: 'boolean', width: 110 },
  { id: 'createdAt', kind: 'time', width: 165 },
  { id: 'id', kind: 'id', width: 200 },
  { id: 'oidcClientMetadata.redirectUris', kind: 'list', width: 260, hidden: true },
  {
    id: 'oidcClientMetadata.postLogoutRedirectUris',
    kind: 'list',
    width: 260,
    hidden: true,
  },
  { id: 'customData', kind: 'json', width: 220, hidden: true },
] as const satisfies readonly Column[];

/** Every application row carries its client secret in clear text (FACTS roles, logs and the rest). */
export const applicationSecrets = ['secret'] as const;

/** Only these have roles, and are in organizations. */
const machines = { column: 'type', is: ['MachineToMachine'] } as const;
/** What runs in a browser or on a phone can keep no secret. */
const confidential = {
  column: 'type',
  is: ['Traditional', 'MachineToMachine', 'Protected', 'SAML'],
} as const;

export const applications = {
  id: 'applications',
  path: '/api/applications',
  itemPath: '/api/applications/{id}',
  rowId: 'id',
  labels: ['name', 'id'],
  columns: applicationColumns,
  filters: [
    {
      kind: 'keyword',
      id: 'keyword',
      param: 'search',
      match: 'like',
      columns: ['name', 'id'],
    },
    {
      kind: 'choice',
      id: 'type',
      param: 'types',
      column: 'type',
      options: ['Native', 'SPA', 'Traditional', 'MachineToMachine', 'Protected', 'SAML'],
      several: true,
    },
    {
      kind: 'choice',
      id: 'third-party',
      param: 'isThirdParty',
      column: 'isThirdParty',
      options: ['true', 'false'],
    },
  ],
  paging: 'optional',
  order: 'createdAt',
  secrets: applicationSecrets,
  related: [
    { resource: 'application-roles', when: machines },
    { resource: 'application-organizations', when: machines },
    { resource: 'application-secrets', when: confidential },
    { resource: 'application-consent-scopes', when: { column: 'isThirdParty', is: [true] } },
    { resource: 'application-sign-in-experience' },
    { resource: 'application-access-control' },
    { resource: 'application-custom-domains', when: { column: 'type', is: ['Protected'] } },
    { resource: 'logs', filter: 'application' },
  ],
  sidebar: { family: 'applications', icon: 'applications' },
} as const satisfies Resource;
