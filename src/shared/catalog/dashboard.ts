import type { Column, Resource } from './resource.ts';

const counted = <Name extends string>(name: Name) =>
  [
    { id: `${name}.count`, kind: 'number', width: 130 },
    { id: `${name}.delta`, kind: 'number', width: 150 },
  ] as const satisfies readonly Column[];

const single = {
  labels: [],
  filters: [],
  paging: 'never',
  singleton: true,
  optional: true,
  secrets: [],
  related: [],
} as const satisfies Partial<Resource>;

/** How many users the tenant has, as its dashboard counts them. */
export const userTotal = {
  ...single,
  id: 'user-total',
  path: '/api/dashboard/users/total',
  rowId: 'totalUserCount',
  columns: [{ id: 'totalUserCount', kind: 'number', width: 160 }],
  sidebar: { family: 'people', icon: 'dashboard' },
} as const satisfies Resource;

/** Users who came today and in the last seven days, and how many more or fewer than in the time before. */
export const newUsers = {
  ...single,
  id: 'new-users',
  path: '/api/dashboard/users/new',
  rowId: 'today.count',
  columns: [...counted('today'), ...counted('last7Days')],
  sidebar: { family: 'people', icon: 'dashboard' },
} as const satisfies Resource;

/** Users who were active on a day, in a week and in a month, and by day. */
export const activeUsers = {
  ...single,
  id: 'active-users',
  path: '/api/dashboard/users/active',
  rowId: 'dau.count',
  columns: [
    ...counted('dau'),
    ...counted('wau'),
    ...counted('mau'),
    { id: 'dauCurve', kind: 'json', width: 260, hidden: true },
  ],
  sidebar: { family: 'people', icon: 'dashboard' },
} as const satisfies Resource;
