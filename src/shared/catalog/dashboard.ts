import type { Column, Resource } from './resource.ts';

const counted = (id: string, title: string): Column[] => [
  { id: `${id}.count`, title, kind: 'number', width: 130 },
  { id: `${id}.delta`, title: `${title}, change`, kind: 'number', width: 150 },
];

const single = {
  labels: [],
  filters: [],
  paging: 'never',
  single: true,
  sometimes: true,
  secrets: [],
  related: [],
} as const satisfies Partial<Resource>;

/** How many users the tenant has, as its dashboard counts them. */
export const userTotal: Resource = {
  ...single,
  id: 'user-total',
  title: 'Total users',
  singular: 'Total users',
  path: '/api/dashboard/users/total',
  rowId: 'totalUserCount',
  columns: [{ id: 'totalUserCount', title: 'Total users', kind: 'number', width: 160 }],
  place: { family: 'people', icon: 'dashboard' },
};

/** Users who came today and in the last seven days, and how many more or fewer than in the time before. */
export const newUsers: Resource = {
  ...single,
  id: 'new-users',
  title: 'New users',
  singular: 'New users',
  path: '/api/dashboard/users/new',
  rowId: 'today.count',
  columns: [...counted('today', 'Today'), ...counted('last7Days', 'Last 7 days')],
  place: { family: 'people', icon: 'dashboard' },
};

/** Users who were active on a day, in a week and in a month, and by day. */
export const activeUsers: Resource = {
  ...single,
  id: 'active-users',
  title: 'Active users',
  singular: 'Active users',
  path: '/api/dashboard/users/active',
  rowId: 'dau.count',
  columns: [
    ...counted('dau', 'Daily'),
    ...counted('wau', 'Weekly'),
    ...counted('mau', 'Monthly'),
    { id: 'dauCurve', title: 'By day', kind: 'json', width: 260, hidden: true },
  ],
  place: { family: 'people', icon: 'dashboard' },
};
