import type { Resource } from './resource.ts';

export const userConfigs: Resource = {
  id: 'user-configs',
  title: 'Logto configs',
  singular: 'Logto configs',
  path: '/api/users/{userId}/logto-configs',
  parent: { resource: 'users', segment: 'logto-configs' },
  rowId: 'mfa.enabled',
  labels: [],
  columns: [
    { id: 'mfa.enabled', title: 'MFA enabled', kind: 'boolean', width: 130 },
    { id: 'mfa.skipped', title: 'MFA skipped', kind: 'boolean', width: 130 },
    { id: 'mfa.skipMfaOnSignIn', title: 'Skips MFA at sign-in', kind: 'boolean', width: 170 },
    { id: 'passkeySignIn.skipped', title: 'Passkey skipped', kind: 'boolean', width: 140 },
  ],
  filters: [],
  paging: 'never',
  single: true,
  sometimes: true,
  secrets: [],
  related: [],
};
