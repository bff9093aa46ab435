import type { Resource } from './resource.ts';

export const userConfigs = {
  id: 'user-configs',
  path: '/api/users/{userId}/logto-configs',
  parent: { resource: 'users', segment: 'logto-configs' },
  rowId: 'mfa.enabled',
  labels: [],
  columns: [
    { id: 'mfa.enabled', kind: 'boolean', width: 130 },
    { id: 'mfa.skipped', kind: 'boolean', width: 130 },
    { id: 'mfa.skipMfaOnSignIn', kind: 'boolean', width: 170 },
    { id: 'passkeySignIn.skipped', kind: 'boolean', width: 140 },
  ],
  filters: [],
  paging: 'never',
  singleton: true,
  optional: true,
  secrets: [],
  related: [],
} as const satisfies Resource;
