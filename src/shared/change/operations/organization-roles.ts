import type { Target } from '../change.ts';
import type { EditField, Operation } from './operation.ts';
import { lookAt, lookThrough, send } from './request.ts';
import { filledIn, rowCreate, rowDelete, rowUpdate, takenTwin } from './rows.ts';
import { setOperations } from './sets.ts';
import { idsOf, rowOf, text } from './values.ts';

const description: EditField = { id: 'description', kind: 'text', nullable: true, longest: 256 };
const type: EditField = { id: 'type', kind: 'choice', options: ['User', 'MachineToMachine'] };
const name = (required: boolean): EditField => ({ id: 'name', kind: 'text', required, longest: 128 });

const lookAtRole = ({ id }: Target) => lookAt('/api/organization-roles/{id}', { id });
const isNamesake: NonNullable<Parameters<typeof rowCreate>[0]['isTwin']> = (row, { after }) =>
  row.name === after.name;

const scopesOf = (value: unknown): string[] => idsOf(Array.isArray(value) ? value : []);

const roles: readonly Operation[] = [
  rowUpdate({
    id: 'organization-roles.update',
    resource: 'organization-roles',
    fields: [name(false), description, type],
    fires: ['OrganizationRole.Data.Updated'],
    look: lookAtRole,
    request: ({ id }, body) => send('patch', '/api/organization-roles/{id}', { id }, body),
  }),
  rowCreate({
    id: 'organization-roles.create',
    resource: 'organization-roles',
    fields: [
      name(true),
      description,
      type,
      { id: 'organizationScopeIds', kind: 'ids', ref: 'organization-scopes' },
      { id: 'resourceScopeIds', kind: 'ids', hidden: true },
    ],
    fires: ['OrganizationRole.Created'],
    twins: ({ after }) => lookThrough('/api/organization-roles', {}, { params: [['q', text(after.name)]] }),
    isTwin: isNamesake,
    guard: takenTwin('name'),
    undoneBy: 'organization-roles.delete',
    request: ({ after }) =>
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
  }),
  rowDelete({
    id: 'organization-roles.delete',
    resource: 'organization-roles',
    fires: ['OrganizationRole.Deleted'],
    losses: () => ['memberRoles'],
    shown: ['name', 'description', 'type'],
    look: lookAtRole,
    request: ({ id }) => send('delete', '/api/organization-roles/{id}', { id }),
    saves: ({ id }) => [
      lookAt('/api/organization-roles/{id}', { id }),
      lookThrough('/api/organization-roles/{id}/scopes', { id }),
      lookThrough('/api/organization-roles/{id}/resource-scopes', { id }),
    ],
    recreate: (target, saved) => {
      const row = rowOf(saved);
      return (
        row && {
          operation: 'organization-roles.create',
          target: { ...target, id: '' },
          after: {
            ...filledIn({ name: row.name, description: row.description, type: row.type }),
            organizationScopeIds: scopesOf(saved[1]),
            resourceScopeIds: scopesOf(saved[2]),
          },
        }
      );
    },
  }),
  ...setOperations({
    resource: 'organization-roles',
    field: { id: 'organizationScopeIds', kind: 'ids', ref: 'organization-scopes' },
    look: ({ id }) => lookThrough('/api/organization-roles/{id}/scopes', { id }),
    fires: ['OrganizationRole.Scopes.Updated'],
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
    field: { id: 'scopeIds', kind: 'ids' },
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

const scopes: readonly Operation[] = [
  rowUpdate({
    id: 'organization-scopes.update',
    resource: 'organization-scopes',
    fields: [name(false), description],
    fires: ['OrganizationScope.Data.Updated'],
    look: lookAtScope,
    request: ({ id }, body) => send('patch', '/api/organization-scopes/{id}', { id }, body),
  }),
  rowCreate({
    id: 'organization-scopes.create',
    resource: 'organization-scopes',
    fields: [name(true), description],
    fires: ['OrganizationScope.Created'],
    twins: ({ after }) => lookThrough('/api/organization-scopes', {}, { params: [['q', text(after.name)]] }),
    isTwin: isNamesake,
    guard: takenTwin('name'),
    undoneBy: 'organization-scopes.delete',
    request: ({ after }) => send('post', '/api/organization-scopes', {}, filledIn(after)),
  }),
  rowDelete({
    id: 'organization-scopes.delete',
    resource: 'organization-scopes',
    fires: ['OrganizationScope.Deleted'],
    shown: ['name', 'description'],
    look: lookAtScope,
    besides: () => [lookThrough('/api/organization-roles', {})],
    guard: ({ target }, seen) => {
      const [, all] = seen;
      const holder = Array.isArray(all)
        ? all.find((role) => scopesOf(role.scopes).includes(target.id))
        : null;
      return holder ? { guard: 'in-use', about: text(holder.name) } : null;
    },
    request: ({ id }) => send('delete', '/api/organization-scopes/{id}', { id }),
    saves: ({ id }) => [lookAt('/api/organization-scopes/{id}', { id })],
    recreate: (target, saved) => {
      const row = rowOf(saved);
      return (
        row && {
          operation: 'organization-scopes.create',
          target: { ...target, id: '' },
          after: filledIn({ name: row.name, description: row.description }),
        }
      );
    },
  }),
];

/** What members of organizations can be: organization roles and permissions. */
export const organizationRoleOperations: readonly Operation[] = [...roles, ...scopes];
