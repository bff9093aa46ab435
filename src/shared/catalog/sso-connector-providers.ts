import type { Resource } from './resource.ts';

export const ssoConnectorProviders = {
  id: 'sso-connector-providers',
  path: '/api/sso-connector-providers',
  rowId: 'providerName',
  labels: ['name', 'providerName'],
  columns: [
    { id: 'name', kind: 'text', width: 200 },
    { id: 'providerType', kind: 'text', width: 100, words: 'protocol' },
    { id: 'description', kind: 'text', width: 400 },
    { id: 'providerName', kind: 'id', width: 180 },
  ],
  filters: [],
  paging: 'never',
  optional: true,
  secrets: [],
  related: [],
  sidebar: { family: 'connections', icon: 'factories' },
} as const satisfies Resource;
