import { expect, test } from 'vitest';
import { findOperation } from './index.ts';
import { newId } from './request.ts';

const bodies = (operation: string, after: object, accessRules: object) => {
  const target = { resource: operation.split('.')[0] ?? '', id: '', parent: '', label: '' };
  const change = { target, after: { name: 'Kim', ...after }, before: { accessRules } };
  return (findOperation(operation)?.requests(change) ?? []).filter(({ method }) => method === 'PUT');
};
const empty = { userIds: [], userRoleIds: [], organizationIds: [], organizationRoleRules: [] };

test('an organization role comes back into the rules that it was in, and into those of organizations that lost theirs', () => {
  const now = { ...empty, organizationRoleRules: [{ organizationId: 'o1', organizationRoleIds: ['r9'] }] };
  const named = { a1: { organizationIds: ['o1', 'o2'] } };
  expect(bodies('organization-roles.create', { accessRules: named }, { a1: now })).toMatchObject([
    {
      path: '/api/applications/a1/access-control',
      body: {
        organizationRoleRules: [
          { organizationId: 'o1', organizationRoleIds: ['r9', newId] },
          { organizationId: 'o2', organizationRoleIds: [newId] },
        ],
      },
    },
  ]);
});

test('an organization comes back with its roles; an application that is gone is not asked', () => {
  const named = { a1: { isListed: false, roleIds: ['r1'] }, a2: { isListed: true, roleIds: [] } };
  expect(bodies('organizations.create', { accessRules: named }, { a1: empty, a2: null })).toMatchObject([
    {
      path: '/api/applications/a1/access-control',
      body: {
        organizationIds: [],
        organizationRoleRules: [{ organizationId: newId, organizationRoleIds: ['r1'] }],
      },
    },
  ]);
});
