import { expect, test } from 'vitest';
import type { Query } from '../../shared/query';
import { syncedBy } from './synced';

const synced = (view: Partial<Query>) => syncedBy({ profile: 'p', resource: 'users', filters: {}, ...view });

test('a view is synced by its list, and by those that say who belongs to what it asks for', () => {
  expect(synced({})).toEqual({ resources: ['users'], nested: [] });
  expect(synced({ where: [{ column: 'isSuspended', mode: 'is', value: 'true' }] })).toEqual(synced({}));
  expect(synced({ where: [{ column: 'organizations', mode: 'empty', value: '' }] })).toEqual({
    resources: ['users', 'organizations'],
    nested: ['organization-users'],
  });
  expect(synced({ sort: { column: 'roles', descending: false } })).toEqual({
    resources: ['users', 'roles'],
    nested: ['role-users'],
  });
});

test('a view of who is in something is synced by its members', () => {
  const ofRole = { resources: ['roles'], nested: ['role-users'] };
  expect(synced({ filters: { search: ['in-role:"admin"'] } })).toEqual(ofRole);
  expect(synced({ resource: 'role-users', parent: 'r' })).toEqual(ofRole);
  expect(synced({ filters: { search: ['in-organization:"acme"'] } })).toEqual({
    resources: ['organizations'],
    nested: ['organization-users'],
  });
});

test('what is below a row that is itself below another is synced with all of the tenant alone', () => {
  expect(synced({ resource: 'organization-user-roles', parent: 'o/u' })).toBeNull();
});
