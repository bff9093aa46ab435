import { expect, test } from 'vitest';
import type { Faults } from './faults.ts';
import type { Resource } from './resource.ts';

const bare = {
  rowId: 'id',
  labels: [],
  columns: [],
  filters: [],
  secrets: [],
  paging: 'always',
  related: [],
} as const;

/** Lists that do not agree with each other, in every way that the compiler tells. */
const lists = [
  {
    ...bare,
    id: 'users',
    path: '/api/users',
    columns: [{ id: 'role', kind: 'id', ref: 'nobody' }],
    filters: [{ id: 'role', kind: 'exact', param: 'role', column: 'role', ref: 'roles' }],
    related: [{ resource: 'roles', filter: 'name' }],
    adjacent: [
      { column: 'role', filter: 'role' },
      { column: 'id', filter: 'id' },
    ],
  },
  { ...bare, id: 'roles', path: '/api/roles', rowsOf: 'members', inverse: 'users' },
  {
    ...bare,
    id: 'user-roles',
    path: '/api/users/{userId}/roles',
    parent: { resource: 'users', segment: 'roles' },
  },
  { ...bare, id: 'domains', path: '/api/domains', parent: { resource: 'tenants', segment: 'domains' } },
  {
    ...bare,
    id: 'logs',
    path: '/api/logs',
    related: [{ resource: 'hook-logs' }],
  },
  { ...bare, id: 'hook-logs', path: '/api/hooks', parent: { resource: 'logs', segment: 'hooks' } },
] as const satisfies readonly Resource[];

/** What the compiler says of them: one more, or one less, is an error of types here. */
const told: Readonly<Record<Faults<(typeof lists)[number]>, true>> = {
  'users refers to nobody, which is not a list': true,
  'users asks roles for name, which is not one of its filters': true,
  'users asks for neighbours by id, which is not one of its filters': true,
  'roles refers to members, which is not a list': true,
  'user-roles is missing among the related lists of users': true,
  'domains: its parent tenants is not a list': true,
  'hook-logs: its path is not below a row of logs': true,
};

test('lists that do not agree with each other are told, each fault by name', () => {
  expect(Object.keys(told)).toHaveLength(7);
});
