import type { Resource } from './resource.ts';
import { ssoConnectorColumns, ssoConnectorSecrets } from './sso-connectors.ts';

export const organizationJitSsoConnectors = {
  id: 'organization-jit-sso-connectors',
  path: '/api/organizations/{id}/jit/sso-connectors',
  parent: { resource: 'organizations', segment: 'jit-sso-connectors' },
  rowsOf: 'sso-connectors',
  rowId: 'id',
  labels: ['connectorName', 'providerName', 'id'],
  columns: ssoConnectorColumns,
  filters: [],
  paging: 'always',
  secrets: ssoConnectorSecrets,
  related: [],
} as const satisfies Resource;
