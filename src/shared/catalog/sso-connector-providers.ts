import type { Resource } from './resource.ts';

export const ssoConnectorProviders: Resource = {
  id: 'sso-connector-providers',
  title: 'SSO providers',
  singular: 'SSO provider',
  path: '/api/sso-connector-providers',
  rowId: 'providerName',
  labels: ['name', 'providerName'],
  columns: [
    { id: 'name', title: 'Name', kind: 'text', width: 200 },
    { id: 'providerType', title: 'Protocol', kind: 'text', width: 100 },
    { id: 'description', title: 'Description', kind: 'text', width: 400 },
    { id: 'providerName', title: 'Provider', kind: 'id', width: 180 },
  ],
  filters: [],
  paging: 'never',
  sometimes: true,
  secrets: [],
  related: [],
  place: { family: 'connections', icon: 'factories' },
};
