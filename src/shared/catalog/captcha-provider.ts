import type { Resource } from './resource.ts';

export const captchaProvider = {
  id: 'captcha-provider',
  path: '/api/captcha-provider',
  rowId: 'id',
  labels: ['id'],
  columns: [
    { id: 'id', kind: 'id', width: 160 },
    { id: 'config.type', kind: 'text', width: 160, words: 'captcha' },
    { id: 'config.siteKey', kind: 'text', width: 260 },
    { id: 'createdAt', kind: 'time', width: 165 },
    { id: 'updatedAt', kind: 'time', width: 165 },
  ],
  filters: [],
  paging: 'never',
  singleton: true,
  optional: true,
  secrets: [{ path: 'config', shows: ['type', 'siteKey', 'domain', 'mode', 'projectId'] }],
  related: [],
  sidebar: { family: 'tenant', icon: 'captcha' },
} as const satisfies Resource;
