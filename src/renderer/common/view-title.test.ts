import { beforeAll, expect, test } from 'vitest';
import { pageInNode } from '../page-in-node';
import type * as ViewTitle from './view-title';

let titles: typeof ViewTitle;

beforeAll(async () => {
  pageInNode(() => {
    throw new Error('no core is asked');
  });
  titles = await import('./view-title');
}, 60_000);

const names: Record<string, string> = {
  'organizations/o1': 'Acme',
  'users/u1': 'Kim',
  'applications/a1': 'Shop',
};
const title = (query: object) =>
  titles.titleOfView({ profile: 'one', resource: 'users', filters: {}, ...query }, ({ list, id }) => {
    return names[`${list}/${id}`] ?? null;
  });

test.each([
  ['Users', {}],
  ['Users: kim', { filters: { keyword: ['kim'] } }],
  ['Kim', { object: 'u1' }],
  ['User', { object: 'u2' }],
  ['Members of Acme', { resource: 'organization-users', parent: 'o1' }],
  ['Members of Acme: kim', { resource: 'organization-users', parent: 'o1', filters: { keyword: ['kim'] } }],
  ['Organization roles of Kim, Acme', { resource: 'organization-user-roles', parent: 'o1/u1' }],
  ['Audit logs: Kim', { resource: 'logs', filters: { user: ['u1'] } }],
  ['Users: Suspended is Yes', { where: [{ column: 'isSuspended', mode: 'is', value: 'true' }] }],
  [
    'Users: kim, Phone is empty',
    { filters: { keyword: ['kim'] }, where: [{ column: 'primaryPhone', mode: 'empty', value: '' }] },
  ],
  [
    'Users: Created is after 2026-11-20',
    { where: [{ column: 'createdAt', mode: 'more', value: '2026-11-20' }] },
  ],
  [
    'Users: Created is before 2026-11-18 00:26:40',
    { where: [{ column: 'createdAt', mode: 'less', value: '1794961600000' }] },
  ],
  [
    'Audit logs: User is Kim',
    { resource: 'logs', where: [{ column: 'payload.userId', mode: 'is', value: 'u1' }] },
  ],
  ['Audit logs: Shop, Last hour', { resource: 'logs', filters: { application: ['a1'], time: ['1h'] } }],
])('a view is called %s', (said, query) => {
  expect(title(query)).toBe(said);
});

test('an id is never part of a title: what has no name is said by its kind', () => {
  expect(title({ resource: 'organization-users', parent: 'o2' })).toBe('Members of Organization');
  expect(title({ resource: 'logs', filters: { user: ['u2'] } })).toBe('Audit logs: User');
  expect(title({ filters: { search: ['id:abc12345,def12345'] } })).toBe('Users: 2 by ID');
});

test('a time in moments is read as one', () => {
  const said = title({ resource: 'logs', filters: { time: ['1795000000000', ''] } });
  expect(said).toMatch(/^Audit logs: 2026-11-18 \d\d:\d\d:\d\d – $/);
});
