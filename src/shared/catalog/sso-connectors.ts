import type { Column, Resource, Secret } from './resource.ts';

export const ssoConnectorColumns: readonly Column[] = [
  { id: 'connectorName', title: 'Name', kind: 'text', width: 200 },
  { id: 'providerName', title: 'Provider', kind: 'text', width: 150 },
  { id: 'domains', title: 'Domains', kind: 'list', width: 240 },
  { id: 'syncProfile', title: 'Syncs profile', kind: 'boolean', width: 120 },
  { id: 'enableTokenStorage', title: 'Stores tokens', kind: 'boolean', width: 120 },
  { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
  { id: 'id', title: 'Connector ID', kind: 'id', width: 200 },
  { id: 'config', title: 'Configuration', kind: 'json', width: 260, hidden: true },
  { id: 'branding.displayName', title: 'Display name', kind: 'text', width: 180, hidden: true },
];

/** What of a configuration is no secret; the client's secret stands among it in clear text (FACTS). */
export const ssoConnectorSecrets: readonly Secret[] = [
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
  },
  {
    path: 'providerConfig',
    shows: ['issuer', 'authorizationEndpoint', 'tokenEndpoint', 'userinfoEndpoint', 'jwksUri'],
  },
];

export const ssoConnectors: Resource = {
  id: 'sso-connectors',
  title: 'SSO connectors',
  singular: 'SSO connector',
  path: '/api/sso-connectors',
  itemPath: '/api/sso-connectors/{id}',
  rowId: 'id',
  labels: ['connectorName', 'providerName', 'id'],
  columns: ssoConnectorColumns,
  filters: [],
  paging: 'always',
  secrets: ssoConnectorSecrets,
  related: [{ resource: 'sso-connector-certificates' }],
  place: { family: 'connections', icon: 'sso' },
};
