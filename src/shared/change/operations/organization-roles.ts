import type { RowOf } from '../../catalog/row-of.ts';
import type { Target } from '../change.ts';
import { ruleHolders, rulesIn, withAccessRules } from './access-rules.ts';
import type { EditField, Holders, Operation } from './operation.ts';
import { lookAt, lookThrough, newId, send } from './request.ts';
import { givenAgain, holdersIn, roleHolders, roleInvitations, takenWithRole } from './role-holders.ts';
import { filledIn, rowCreate, rowDelete, rowUpdate, takenTwin } from './rows.ts';
import { setOperations } from './sets.ts';
import { takenRows } from './taken.ts';
import { idsOf, rowOf, rowsOf, text, texts } from './values.ts';

const description: EditField = { id: 'description', kind: 'text', nullable: true, longest: 256 };
const type: EditField = { id: 'type', kind: 'choice', options: ['User', 'MachineToMachine'], words: 'role' };
const name = (required: boolean): EditField => ({ id: 'name', kind: 'text', required, longest: 128 });

const lookAtRole = ({ id }: Target) => lookAt('/api/organization-roles/{id}', { id });
const isNamesake: NonNullable<Parameters<typeof rowCreate>[0]['isTwin']> = (row, { after }) =>
  row.name === after.name;

const scopesOf = (value: unknown): string[] => idsOf(Array.isArray(value) ? value : []);

const plainCreate = rowCreate({
  id: 'organization-roles.create',
  resource: 'organization-roles',
  fields: [
    name(true),
    description,
    type,
    { id: 'organizationScopeIds', kind: 'ids', ref: 'organization-scopes' },
    { id: 'resourceScopeIds', kind: 'ids', shape: 'permissions' },
    /** Who had it, by organization. */
    {
      id: 'holders',
      kind: 'json',
      hidden: true,
      names: {
        keys: 'organizations',
        each: { parts: { userIds: { ids: 'users' }, applicationIds: { ids: 'applications' } } },
      },
    },
  ],
  twins: ({ after }) => lookThrough('/api/organization-roles', {}, { params: [['q', text(after.name)]] }),
  isTwin: isNamesake,
  guard: takenTwin('name'),
  undoneBy: 'organization-roles.delete',
  request: ({ after: { holders: _, ...after } }) =>
    send(
      'post',
      '/api/organization-roles',
      {},
      {
        organizationScopeIds: [],
        resourceScopeIds: [],
        ...filledIn(after),
      },
    ),
});

const create: Operation = withAccessRules(
  {
    ...plainCreate,
    requests: (change) => [...plainCreate.requests(change), ...givenAgain(change.after.holders)],
  },
  'organization-roles',
);

const roles: readonly Operation[] = [
  rowUpdate({
    id: 'organization-roles.update',
    resource: 'organization-roles',
    fields: [name(false), description, type],
    look: lookAtRole,
    request: ({ id }, body) => send('patch', '/api/organization-roles/{id}', { id }, body),
  }),
  create,
  rowDelete({
    id: 'organization-roles.delete',
    resource: 'organization-roles',
    losses: () => ['accessRules'],
    shown: ['name', 'description', 'type'],
    look: lookAtRole,
    request: ({ id }) => send('delete', '/api/organization-roles/{id}', { id }),
    saves: ({ id }) => [
      lookAt('/api/organization-roles/{id}', { id }),
      lookThrough('/api/organization-roles/{id}/scopes', { id }),
      lookThrough('/api/organization-roles/{id}/resource-scopes', { id }),
    ],
    holders: [roleHolders, roleInvitations, ruleHolders('organization-roles')],
    takes: (_, saved) => {
      const { users, applications, rules } = takenWithRole(saved[3]);
      return [
        takenRows('organization-users', users),
        takenRows('organization-applications', applications),
        takenRows('organization-jit-roles', rules),
        takenRows('organization-invitations', rowsOf(saved, 4), false),
        takenRows('application-access-control', rowsOf(saved, 5)),
      ];
    },
    recreate: (target, saved) => {
      const row: RowOf<'organization-roles'> | null = rowOf(saved);
      return (
        row && {
          operation: 'organization-roles.create',
          target: { ...target, id: '' },
          after: {
            ...filledIn({ name: row.name, description: row.description, type: row.type }),
            organizationScopeIds: scopesOf(saved[1]),
            resourceScopeIds: scopesOf(saved[2]),
            holders: holdersIn(saved[3]),
            ...rulesIn(saved, 5),
          },
        }
      );
    },
  }),
  ...setOperations({
    resource: 'organization-roles',
    list: 'organization-role-scopes',
    field: { id: 'organizationScopeIds', kind: 'ids', ref: 'organization-scopes' },
    look: ({ id }) => lookThrough('/api/organization-roles/{id}/scopes', { id }),
    add: {
      id: 'organization-roles.addScopes',
      request: ({ id }, organizationScopeIds) =>
        send('post', '/api/organization-roles/{id}/scopes', { id }, { organizationScopeIds }),
    },
    remove: {
      id: 'organization-roles.removeScopes',
      request: ({ id }, organizationScopeId) =>
        send('delete', '/api/organization-roles/{id}/scopes/{organizationScopeId}', {
          id,
          organizationScopeId,
        }),
    },
  }),
  ...setOperations({
    resource: 'organization-roles',
    list: 'organization-role-resource-scopes',
    field: { id: 'scopeIds', kind: 'ids', ref: 'organization-role-resource-scopes', shape: 'permissions' },
    look: ({ id }) => lookThrough('/api/organization-roles/{id}/resource-scopes', { id }),
    add: {
      id: 'organization-roles.addResourceScopes',
      request: ({ id }, scopeIds) =>
        send('post', '/api/organization-roles/{id}/resource-scopes', { id }, { scopeIds }),
    },
    remove: {
      id: 'organization-roles.removeResourceScopes',
      request: ({ id }, scopeId) =>
        send('delete', '/api/organization-roles/{id}/resource-scopes/{scopeId}', { id, scopeId }),
    },
  }),
];

const lookAtScope = ({ id }: Target) => lookAt('/api/organization-scopes/{id}', { id });

const plainScope = rowCreate({
  id: 'organization-scopes.create',
  resource: 'organization-scopes',
  fields: [
    name(true),
    description,
    /** Roles that had it. */
    { id: 'organizationRoleIds', kind: 'ids', ref: 'organization-roles', hidden: true },
  ],
  twins: ({ after }) => lookThrough('/api/organization-scopes', {}, { params: [['q', text(after.name)]] }),
  isTwin: isNamesake,
  guard: takenTwin('name'),
  undoneBy: 'organization-scopes.delete',
  request: ({ after: { organizationRoleIds: _, ...after } }) =>
    send('post', '/api/organization-scopes', {}, filledIn(after)),
});

const createScope: Operation = {
  ...plainScope,
  requests: (change) => [
    ...plainScope.requests(change),
    ...texts(change.after.organizationRoleIds).map((id) =>
      send('post', '/api/organization-roles/{id}/scopes', { id }, { organizationScopeIds: [newId] }),
    ),
  ],
};

/** Organization roles that have an organization permission. */
const rolesWith: Holders = {
  isUse: true,
  list: () => lookThrough('/api/organization-roles', {}),
  kept: ({ id }, row) => (scopesOf(row.scopes).includes(id) ? { id: row.id, name: row.name } : null),
};

const scopes: readonly Operation[] = [
  rowUpdate({
    id: 'organization-scopes.update',
    resource: 'organization-scopes',
    fields: [name(false), description],
    look: lookAtScope,
    request: ({ id }, body) => send('patch', '/api/organization-scopes/{id}', { id }, body),
  }),
  createScope,
  rowDelete({
    id: 'organization-scopes.delete',
    resource: 'organization-scopes',
    shown: ['name', 'description'],
    look: lookAtScope,
    holders: [rolesWith],
    takes: (_, saved) => [takenRows('organization-roles', rowsOf(saved, 1))],
    request: ({ id }) => send('delete', '/api/organization-scopes/{id}', { id }),
    saves: ({ id }) => [lookAt('/api/organization-scopes/{id}', { id })],
    recreate: (target, saved) => {
      const row = rowOf(saved);
      return (
        row && {
          operation: 'organization-scopes.create',
          target: { ...target, id: '' },
          after: {
            ...filledIn({ name: row.name, description: row.description }),
            organizationRoleIds: idsOf(rowsOf(saved, 1)),
          },
        }
      );
    },
  }),
];

/** What members of organizations can be: organization roles and permissions. */
export const organizationRoleOperations: readonly Operation[] = [...roles, ...scopes];
