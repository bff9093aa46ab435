import { expect, test } from 'vitest';
import { findOperation } from './index.ts';
import { namedIn, namingOf, withoutGone } from './naming.ts';

const namingIn = (operation: string, field: string) => {
  const found = findOperation(operation)?.fields.find(({ id }) => id === field);
  return (found && namingOf(found)) ?? expect.fail(`${operation} ${field} names nothing`);
};
const gone =
  (...ids: string[]) =>
  ({ id }: { id: string }) =>
    ids.includes(id);

test('what undoing gives back is found by the lists it is of, and left out where it is gone', () => {
  const organizations = namingIn('users.create', 'organizations');
  const value = { o1: ['r1', 'r2'], o2: [] };
  expect(namedIn(organizations, value)).toEqual([
    { list: 'organizations', id: 'o1' },
    { list: 'organization-roles', id: 'r1' },
    { list: 'organization-roles', id: 'r2' },
    { list: 'organizations', id: 'o2' },
  ]);
  expect(withoutGone(organizations, value, gone('r1', 'o2'))).toEqual({ o1: ['r2'] });

  const holders = namingIn('organization-roles.create', 'holders');
  const held = { o1: { userIds: ['u1', 'u2'], applicationIds: ['a1'], isJit: true } };
  expect(withoutGone(holders, held, gone('u2', 'a1'))).toEqual({
    o1: { userIds: ['u1'], applicationIds: [], isJit: true },
  });

  const roles = namingIn('resources.create', 'scopeHolders');
  const of = { roles: { r1: ['read'], r2: ['read'] }, organizationRoles: { r3: ['read'] } };
  expect(withoutGone(roles, of, gone('r1', 'r3'))).toEqual({
    roles: { r2: ['read'] },
    organizationRoles: {},
  });

  const rules = namingIn('applications.create', 'accessControl');
  const access = {
    userIds: ['u1'],
    organizationRoleRules: [
      { organizationId: 'o1', organizationRoleIds: ['r1', 'r2'] },
      { organizationId: 'o2', organizationRoleIds: ['r1'] },
    ],
  };
  expect(withoutGone(rules, access, gone('r1', 'u1'))).toEqual({
    userIds: [],
    organizationRoleRules: [{ organizationId: 'o1', organizationRoleIds: ['r2'] }],
  });
  expect(namedIn(namingIn('roles.addScopes', 'scopeIds'), ['s1'])).toEqual([
    { list: 'permissions', id: 's1' },
  ]);
});
