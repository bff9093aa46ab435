import type { Resource } from './resource.ts';

export const captchaProvider: Resource = {
  id: 'captcha-provider',
  title: 'Captcha',
  singular: 'Captcha',
  path: '/api/captcha-provider',
  rowId: 'id',
  labels: ['id'],
  columns: [
    { id: 'id', title: 'ID', kind: 'id', width: 160 },
    { id: 'config.type', title: 'Type', kind: 'text', width: 160 },
    { id: 'config.siteKey', title: 'Site key', kind: 'text', width: 260 },
    { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
    { id: 'updatedAt', title: 'Updated', kind: 'time', width: 165 },
  ],
  filters: [],
  paging: 'never',
  single: true,
  sometimes: true,
  secrets: [{ path: 'config', shows: ['type', 'siteKey', 'domain', 'mode', 'projectId'] }],
  related: [],
  place: { family: 'tenant', icon: 'captcha' },
};
