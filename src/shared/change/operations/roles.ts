import type { PlannedRequest, Target, Values } from '../change.ts';
import { ruleHolders, rulesIn, withAccessRules } from './access-rules.ts';
import { firstOnly, inUse } from './in-use.ts';
import type { EditField, Operation, Stated } from './operation.ts';
import { lookAt, lookThrough, newId, send } from './request.ts';
import { filledIn, rowCreate, rowDelete, rowUpdate, takenTwin } from './rows.ts';
import { setOperations } from './sets.ts';
import { takenRows } from './taken.ts';
import { idsOf, rowOf, rowsOf, text, texts } from './values.ts';

const look = ({ id }: Target) => lookAt('/api/roles/{id}', { id });

const name: EditField = { id: 'name', kind: 'text', longest: 128 };
const description: EditField = { id: 'description', kind: 'text', longest: 128 };
const isDefault: EditField = { id: 'isDefault', kind: 'boolean' };

/** Users that one request gives a role: more hold up the whole server (WRITES, bulk). */
const usersAtOnce = 200;

const belongings: readonly EditField[] = [
  { id: 'scopeIds', kind: 'ids', shape: 'permissions' },
  { id: 'userIds', kind: 'ids', ref: 'users', hidden: true },
  { id: 'applicationIds', kind: 'ids', ref: 'applications', hidden: true },
];
const belongingIds = belongings.map(({ id }) => id);

/** Given after it is made: a role is made, too, where its permissions are refused (WRITES, dangerous 1). */
const madeWith = ({ after }: Pick<Stated, 'after'>): PlannedRequest[] => {
  const id = newId;
  const users = texts(after.userIds);
  const [scopeIds, applicationIds] = [texts(after.scopeIds), texts(after.applicationIds)];
  return [
    ...(scopeIds.length > 0 ? [send('post', '/api/roles/{id}/scopes', { id }, { scopeIds })] : []),
    ...Array.from({ length: Math.ceil(users.length / usersAtOnce) }, (_, at) =>
      send(
        'post',
        '/api/roles/{id}/users',
        { id },
        {
          userIds: users.slice(at * usersAtOnce, (at + 1) * usersAtOnce),
        },
      ),
    ),
    ...(applicationIds.length > 0
      ? [send('post', '/api/roles/{id}/applications', { id }, { applicationIds })]
      : []),
  ];
};

const ofRow = (after: Values): Values =>
  Object.fromEntries(Object.entries(filledIn(after)).filter(([id]) => !belongingIds.includes(id)));

const plainCreate = rowCreate({
  id: 'roles.create',
  resource: 'roles',
  fields: [
    { ...name, required: true },
    { ...description, required: true },
    { id: 'type', kind: 'choice', options: ['User', 'MachineToMachine'], words: 'role' },
    isDefault,
    ...belongings,
  ],
  losses: ({ after }) => (after.isDefault === true ? ['heldMeanwhile'] : []),
  twins: ({ after }) => lookThrough('/api/roles', {}, { params: [['search', text(after.name)]] }),
  guard: takenTwin('name'),
  isTwin: (row, { after }) => row.name === after.name,
  undoneBy: 'roles.delete',
  request: ({ after }) => send('post', '/api/roles', {}, ofRow(after)),
});

const create: Operation = withAccessRules(
  { ...plainCreate, requests: (change) => [...plainCreate.requests(change), ...madeWith(change)] },
  'roles',
);

const update = rowUpdate({
  id: 'roles.update',
  resource: 'roles',
  fields: [name, description, isDefault],
  losses: ({ after }) => (after.isDefault === true ? ['heldMeanwhile'] : []),
  look,
  request: ({ id }, body) => send('patch', '/api/roles/{id}', { id }, body),
});

const remove = rowDelete({
  id: 'roles.delete',
  resource: 'roles',
  shown: ['name', 'description', 'type'],
  look,
  besides: ({ id }) => [
    lookThrough('/api/roles/{id}/users', { id }, { paged: false, params: firstOnly }),
    lookThrough('/api/roles/{id}/applications', { id }, { paged: false, params: firstOnly }),
  ],
  guard: inUse('role-users', 'role-applications'),
  request: ({ id }) => send('delete', '/api/roles/{id}', { id }),
  saves: ({ id }) => [
    lookAt('/api/roles/{id}', { id }),
    lookThrough('/api/roles/{id}/scopes', { id }),
    lookThrough('/api/roles/{id}/users', { id }),
    lookThrough('/api/roles/{id}/applications', { id }),
  ],
  losses: () => ['accessRules'],
  holders: [ruleHolders('roles')],
  takes: (_, saved) => [
    takenRows('role-users', rowsOf(saved, 2)),
    takenRows('role-applications', rowsOf(saved, 3)),
    takenRows('role-scopes', rowsOf(saved, 1)),
    takenRows('application-access-control', rowsOf(saved, 4)),
  ],
  recreate: (target, saved) => {
    const row = rowOf(saved);
    return (
      row && {
        operation: 'roles.create',
        target: { ...target, id: '' },
        after: {
          ...filledIn({
            name: row.name,
            description: row.description,
            type: row.type,
            isDefault: row.isDefault,
          }),
          scopeIds: idsOf(rowsOf(saved, 1)),
          userIds: idsOf(rowsOf(saved, 2)),
          applicationIds: idsOf(rowsOf(saved, 3)),
          ...rulesIn(saved, 4),
        },
      }
    );
  },
});

const scopes = setOperations({
  resource: 'roles',
  list: 'role-scopes',
  field: { id: 'scopeIds', kind: 'ids', ref: 'role-scopes', shape: 'permissions' },
  look: ({ id }) => lookThrough('/api/roles/{id}/scopes', { id }),
  add: {
    id: 'roles.addScopes',
    request: ({ id }, scopeIds) => send('post', '/api/roles/{id}/scopes', { id }, { scopeIds }),
  },
  remove: {
    id: 'roles.removeScopes',
    request: ({ id }, scopeId) => send('delete', '/api/roles/{id}/scopes/{scopeId}', { id, scopeId }),
  },
});

/** Who of these users has the role: asked by their ids, however many have it. */
const holders = ({ id }: Target, userIds: readonly string[]) =>
  lookThrough(
    '/api/roles/{id}/users',
    { id },
    {
      params: [
        ...userIds.map((userId) => ['search.id', userId] as const),
        ['mode.id', 'exact'],
        ['joint', 'or'],
      ],
    },
  );

const users = setOperations({
  resource: 'roles',
  list: 'role-users',
  field: { id: 'userIds', kind: 'ids', ref: 'users' },
  look: holders,
  lookAtAll: ({ id }) => lookThrough('/api/roles/{id}/users', { id }),
  add: {
    id: 'roles.addUsers',
    bulk: false,
    chunk: { field: 'userIds', size: usersAtOnce },
    request: ({ id }, userIds) => send('post', '/api/roles/{id}/users', { id }, { userIds }),
  },
  remove: {
    id: 'roles.removeUsers',
    bulk: false,
    chunk: { field: 'userIds', size: usersAtOnce },
    request: ({ id }, userId) => send('delete', '/api/roles/{id}/users/{userId}', { id, userId }),
  },
});

const applications = setOperations({
  resource: 'roles',
  list: 'role-applications',
  field: { id: 'applicationIds', kind: 'ids', ref: 'applications' },
  look: ({ id }) => lookThrough('/api/roles/{id}/applications', { id }),
  add: {
    id: 'roles.addApplications',
    bulk: false,
    request: ({ id }, applicationIds) =>
      send('post', '/api/roles/{id}/applications', { id }, { applicationIds }),
  },
  remove: {
    id: 'roles.removeApplications',
    bulk: false,
    request: ({ id }, applicationId) =>
      send('delete', '/api/roles/{id}/applications/{applicationId}', { id, applicationId }),
  },
});

/** Roles, with their permissions, users and applications. */
export const roleOperations: readonly Operation[] = [
  update,
  create,
  remove,
  ...scopes,
  ...users,
  ...applications,
];
