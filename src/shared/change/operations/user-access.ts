import type { Target } from '../change.ts';
import type { Concerned, Operation, TakenFrom } from './operation.ts';
import { lookThrough, send } from './request.ts';
import { setOperations } from './sets.ts';
import { among, idsOf, rowsOf, text, texts, without } from './values.ts';

const roles = setOperations({
  resource: 'users',
  list: 'user-roles',
  field: { id: 'roleIds', kind: 'ids', ref: 'roles' },
  look: ({ id }) => lookThrough('/api/users/{userId}/roles', { userId: id }),
  add: {
    id: 'users.addRoles',
    request: ({ id }, roleIds) => send('post', '/api/users/{userId}/roles', { userId: id }, { roleIds }),
  },
  // One by one: the PUT of all of them removes first and may then fail (WRITES, dangerous 1).
  remove: {
    id: 'users.removeRoles',
    request: ({ id }, roleId) => send('delete', '/api/users/{userId}/roles/{roleId}', { userId: id, roleId }),
  },
});

const organizationField = { id: 'organizationId', kind: 'id', ref: 'organizations', required: true } as const;
const rolesField = { id: 'organizationRoleIds', kind: 'ids', ref: 'organization-roles' } as const;

const look = ({ target }: Concerned) => [
  lookThrough('/api/users/{userId}/organizations', { userId: target.id }, { paged: false }),
];

/** From the user's side, too, an organization is left by its last member. */
const fromMembers = ({ id }: Target, organizationId: string): TakenFrom => ({
  list: 'organization-users',
  look: lookThrough('/api/organizations/{id}/users', { id: organizationId }),
  ids: [id],
});

/** The roles that the user has in the organization; null where it is not a member. */
const rolesThere = ({ after }: Concerned, seen: Parameters<Operation['present']>[1]): string[] | null => {
  const membership = rowsOf(seen).find(({ id }) => id === after.organizationId);
  if (!membership) return null;
  return idsOf(Array.isArray(membership.organizationRoles) ? membership.organizationRoles : []);
};

const ids = (target: Target, after: Concerned['after']) => ({
  id: text(after.organizationId),
  userId: target.id,
});

const join: Operation = {
  id: 'users.addToOrganization',
  resource: 'users',
  kind: 'add',
  bulk: true,
  fields: [organizationField, rolesField],
  losses: () => [],
  undoable: 'exactly',
  looks: look,
  present(change, seen) {
    if (seen[0] === null) return null;
    const { organizationId } = change.after;
    const held = rolesThere(change, seen);
    return held === null
      ? {}
      : { organizationId, organizationRoleIds: among(texts(change.after.organizationRoleIds), held) };
  },
  isDone: ({ after }, now) =>
    now?.organizationId === after.organizationId &&
    texts(now?.organizationRoleIds).length === texts(after.organizationRoleIds).length,
  requests({ target, before, after }) {
    const lacking = without(texts(after.organizationRoleIds), texts(before.organizationRoleIds));
    const path = ids(target, after);
    return [
      ...(before.organizationId === undefined
        ? [send('post', '/api/organizations/{id}/users', { id: path.id }, { userIds: [target.id] })]
        : []),
      ...(lacking.length > 0
        ? [
            send('post', '/api/organizations/{id}/users/{userId}/roles', path, {
              organizationRoleIds: lacking,
            }),
          ]
        : []),
    ];
  },
  inverse({ target, before, after }) {
    if (before.organizationId === undefined)
      return {
        operation: 'users.removeFromOrganization',
        target,
        after: { organizationId: after.organizationId },
      };
    const given = without(texts(after.organizationRoleIds), texts(before.organizationRoleIds));
    return given.length === 0
      ? null
      : {
          operation: 'organization-users.removeRoles',
          target: { ...target, resource: 'organization-users', parent: text(after.organizationId) },
          after: { organizationRoleIds: given },
        };
  },
};

const leave: Operation = {
  id: 'users.removeFromOrganization',
  resource: 'users',
  kind: 'remove',
  bulk: true,
  fields: [organizationField],
  losses: () => [],
  undoable: 'exactly',
  looks: look,
  // All roles there, which adding again does not bring back (WRITES): undoing gives them.
  present(change, seen) {
    if (seen[0] === null) return null;
    const held = rolesThere(change, seen);
    return held === null
      ? {}
      : { organizationId: change.after.organizationId, organizationRoleIds: held.toSorted() };
  },
  isDone: (_, now) => now === null || now.organizationId === undefined,
  takesFrom: ({ target, after }) => [fromMembers(target, text(after.organizationId))],
  requests: ({ target, after }) => [
    send('delete', '/api/organizations/{id}/users/{userId}', ids(target, after)),
  ],
  inverse: ({ target, before, after }) => ({
    operation: 'users.addToOrganization',
    target,
    after: {
      organizationId: after.organizationId,
      organizationRoleIds: texts(before.organizationRoleIds),
    },
  }),
};

const rolesInOrganization = setOperations({
  resource: 'organization-users',
  list: 'organization-user-roles',
  field: rolesField,
  look: ({ id, parent }) =>
    lookThrough('/api/organizations/{id}/users/{userId}/roles', { id: parent, userId: id }),
  add: {
    id: 'organization-users.addRoles',
    request: ({ id, parent }, organizationRoleIds) =>
      send(
        'post',
        '/api/organizations/{id}/users/{userId}/roles',
        { id: parent, userId: id },
        { organizationRoleIds },
      ),
  },
  remove: {
    id: 'organization-users.removeRoles',
    request: ({ id, parent }, organizationRoleId) =>
      send('delete', '/api/organizations/{id}/users/{userId}/roles/{organizationRoleId}', {
        id: parent,
        userId: id,
        organizationRoleId,
      }),
  },
});

/** The same from the organization's side: the row is the member. */
const leaveThere: Operation = {
  ...leave,
  id: 'organization-users.remove',
  resource: 'organization-users',
  fields: [],
  looks: ({ target }) => look({ target, after: {} }),
  present: ({ target }, seen) => leave.present({ target, after: { organizationId: target.parent } }, seen),
  takesFrom: ({ target }) => [fromMembers(target, target.parent)],
  requests: ({ target, before }) =>
    leave.requests({ target, before, after: { organizationId: target.parent } }),
  inverse: ({ target, ...made }) =>
    leave.inverse({
      ...made,
      target: { ...target, resource: 'users', parent: '' },
      after: { organizationId: target.parent },
    }),
};

/** What a user has and where it belongs: roles, organizations, roles there. */
export const userAccessOperations: readonly Operation[] = [
  ...roles,
  join,
  leave,
  leaveThere,
  ...rolesInOrganization,
];
