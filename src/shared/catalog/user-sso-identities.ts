import type { Resource } from './resource.ts';

export const userSsoIdentities = {
  id: 'user-sso-identities',
  path: '/api/users/{userId}/all-identities',
  parent: { resource: 'users', segment: 'sso-identities' },
  rowId: 'ssoIdentity.id',
  labels: ['ssoIdentity.issuer', 'ssoIdentity.id'],
  columns: [
    { id: 'ssoIdentity.ssoConnectorId', kind: 'id', width: 200, ref: 'sso-connectors' },
    { id: 'ssoIdentity.issuer', kind: 'text', width: 240 },
    { id: 'ssoIdentity.identityId', kind: 'text', width: 200 },
    { id: 'ssoIdentity.createdAt', kind: 'time', width: 165 },
    { id: 'ssoIdentity.detail', kind: 'json', width: 300, hidden: true, sensitive: true },
    { id: 'ssoIdentity.id', kind: 'id', width: 200 },
  ],
  filters: [],
  paging: 'never',
  rowsAt: 'ssoIdentities',
  optional: true,
  secrets: ['tokenSecret'],
  related: [],
} as const satisfies Resource;
