import type { Resource } from './resource.ts';

export const userSsoIdentities: Resource = {
  id: 'user-sso-identities',
  title: 'SSO identities',
  singular: 'SSO identity',
  path: '/api/users/{userId}/all-identities',
  parent: { resource: 'users', segment: 'sso-identities' },
  rowId: 'ssoIdentity.id',
  labels: ['ssoIdentity.issuer', 'ssoIdentity.id'],
  columns: [
    { id: 'ssoIdentity.ssoConnectorId', title: 'Connector', kind: 'id', width: 200, ref: 'sso-connectors' },
    { id: 'ssoIdentity.issuer', title: 'Issuer', kind: 'text', width: 240 },
    { id: 'ssoIdentity.identityId', title: 'User there', kind: 'text', width: 200 },
    { id: 'ssoIdentity.createdAt', title: 'Created', kind: 'time', width: 165 },
    { id: 'ssoIdentity.detail', title: 'Details', kind: 'json', width: 300, hidden: true, sensitive: true },
    { id: 'ssoIdentity.id', title: 'Identity ID', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'never',
  rowsAt: 'ssoIdentities',
  sometimes: true,
  secrets: ['tokenSecret'],
  related: [],
};
