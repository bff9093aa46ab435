import type { Column, Resource, Secret } from './resource.ts';

export const ssoConnectorColumns = [
  { id: 'connectorName', kind: 'text', width: 200 },
  { id: 'providerName', kind: 'text', width: 150 },
  { id: 'domains', kind: 'list', width: 240 },
  { id: 'syncProfile', kind: 'boolean', width: 120 },
  { id: 'enableTokenStorage', kind: 'boolean', width: 120 },
  { id: 'createdAt', kind: 'time', width: 165 },
  { id: 'id', kind: 'id', width: 200 },
  { id: 'config', kind: 'json', width: 260, hidden: true },
  { id: 'branding.displayName', kind: 'text', width: 180, hidden: true },
] as const satisfies readonly Column[];

/** The parts of a configuration that are not secret; the client's secret is among them in plain text (FACTS). */
export const ssoConnectorSecrets = [
  {
    path: 'config',
    shows: [
      'clientId',
      'issuer',
      'scope',
      'metadataUrl',
      'entityId',
      'signInEndpoint',
      'trustUnverifiedEmail',
    ],
    // What is public in them: the identity provider's certificate tells when it ends.
    certificates: ['x509Certificate'],
    metadata: ['metadata'],
  },
  {
    path: 'providerConfig',
    shows: ['issuer', 'authorizationEndpoint', 'tokenEndpoint', 'userinfoEndpoint', 'jwksUri'],
  },
] as const satisfies readonly Secret[];

export const ssoConnectors = {
  id: 'sso-connectors',
  path: '/api/sso-connectors',
  itemPath: '/api/sso-connectors/{id}',
  rowId: 'id',
  labels: ['connectorName', 'providerName', 'id'],
  columns: ssoConnectorColumns,
  filters: [],
  paging: 'always',
  secrets: ssoConnectorSecrets,
  related: [{ resource: 'sso-connector-certificates' }],
  sidebar: { family: 'connections', icon: 'sso' },
} as const satisfies Resource;
