import type { RowOf } from '../../catalog/row-of.ts';
import type { PlannedRequest, Target } from '../change.ts';
import { firstOnly, inUse } from './in-use.ts';
import type { EditField, Operation } from './operation.ts';
import { lookAt, lookThrough, newId, send } from './request.ts';
import { filledIn, rowCreate, rowDelete, rowUpdate, takenTwin } from './rows.ts';
import {
  holdersOfResource,
  holdersOfScope,
  roleIdsIn,
  scopeHoldersIn,
  scopesGivenAgain,
  takenFromRoles,
} from './scope-holders.ts';
import { takenRows } from './taken.ts';
import { objectOf, rowOf, rowsOf, text, texts } from './values.ts';

const look = ({ id }: Target) => lookAt('/api/resources/{id}', { id });
const name: EditField = { id: 'name', kind: 'text', longest: 256 };
const ttl: EditField = { id: 'accessTokenTtl', kind: 'number', least: 1, most: 31_536_000 };

const update = rowUpdate({
  id: 'resources.update',
  resource: 'resources',
  fields: [name, ttl],
  look,
  request: ({ id }, body) => send('patch', '/api/resources/{id}', { id }, body),
});

const plainDefault = rowUpdate({
  id: 'resources.setDefault',
  resource: 'resources',
  fields: [{ id: 'isDefault', kind: 'boolean', required: true }],
  look,
  request: ({ id }, body) => send('patch', '/api/resources/{id}/is-default', { id }, body),
});

/** There is one default at most: another one is it no more, and undoing makes it that again. `defaultId`: that other one. */
const setDefault: Operation = {
  ...plainDefault,
  looks: (change) => [...plainDefault.looks(change), lookThrough('/api/resources', {})],
  present(change, seen) {
    const present = plainDefault.present(change, seen);
    const other = rowsOf(seen, 1).find((row) => row.isDefault === true && row.id !== change.target.id);
    return present && { ...present, defaultId: other?.id ?? null };
  },
  inverse({ target, before }) {
    const former = text(before.defaultId);
    return former === ''
      ? { operation: plainDefault.id, target, after: { isDefault: before.isDefault ?? false } }
      : {
          operation: plainDefault.id,
          target: { ...target, id: former, label: '' },
          after: { isDefault: true },
        };
  },
  left: ({ target, before, after }) =>
    text(before.defaultId) === ''
      ? { isDefault: after.isDefault, defaultId: null }
      : { isDefault: false, defaultId: target.id },
};

const scopesThere: EditField = { id: 'scopes', kind: 'json', hidden: true };

const plainCreate = rowCreate({
  id: 'resources.create',
  resource: 'resources',
  fields: [
    { ...name, required: true },
    { id: 'indicator', kind: 'text', required: true, longest: 2_048 },
    ttl,
    scopesThere,
    {
      id: 'scopeHolders',
      kind: 'json',
      hidden: true,
      names: { parts: { roles: { keys: 'roles' }, organizationRoles: { keys: 'organization-roles' } } },
    },
    { id: 'isDefault', kind: 'boolean', hidden: true },
  ],
  twins: () => lookThrough('/api/resources', {}),
  isTwin: (row, { after }) => row.indicator === after.indicator,
  undoneBy: 'resources.delete',
  request: ({ after: { scopes: _, scopeHolders: __, isDefault: ___, ...row } }) =>
    send('post', '/api/resources', {}, filledIn(row)),
  guard: takenTwin('indicator'),
});

const create: Operation = {
  ...plainCreate,
  requests: (change) => {
    const { scopes, scopeHolders, isDefault } = change.after;
    const first = plainCreate.requests(change);
    const named = Object.entries(objectOf(scopes));
    return [
      ...first,
      ...named.map(
        ([scope, description]): PlannedRequest =>
          send(
            'post',
            '/api/resources/{resourceId}/scopes',
            { resourceId: newId },
            { name: scope, ...filledIn({ description }) },
          ),
      ),
      ...scopesGivenAgain(scopeHolders, new Map(named.map(([scope], at) => [scope, first.length + at]))),
      ...(isDefault === true
        ? [send('patch', '/api/resources/{id}/is-default', { id: newId }, { isDefault })]
        : []),
    ];
  },
};

const remove = rowDelete({
  id: 'resources.delete',
  resource: 'resources',
  losses: () => ['createdAt'],
  shown: ['name', 'indicator'],
  look,
  besides: ({ id }) => [
    lookThrough(
      '/api/resources/{resourceId}/scopes',
      { resourceId: id },
      { paged: false, params: firstOnly },
    ),
  ],
  guard: inUse('resource-scopes'),
  request: ({ id }) => send('delete', '/api/resources/{id}', { id }),
  saves: ({ id }) => [
    lookAt('/api/resources/{id}', { id }),
    lookThrough('/api/resources/{resourceId}/scopes', { resourceId: id }),
  ],
  holders: holdersOfResource,
  takes: (_, saved) => [takenRows('resource-scopes', rowsOf(saved, 1)), ...takenFromRoles(saved, 2)],
  recreate: (target, saved) => {
    const row: RowOf<'resources'> | null = rowOf(saved);
    return (
      row && {
        operation: 'resources.create',
        target: { ...target, id: '' },
        after: {
          ...filledIn({ name: row.name, indicator: row.indicator, accessTokenTtl: row.accessTokenTtl }),
          scopes: Object.fromEntries(
            rowsOf(saved, 1).map((scope) => [text(scope.name), text(scope.description)]),
          ),
          scopeHolders: scopeHoldersIn(saved, 2),
          ...(row.isDefault === true ? { isDefault: true } : {}),
        },
      }
    );
  },
});

const lookAtScopes = ({ parent }: Target) =>
  lookThrough('/api/resources/{resourceId}/scopes', { resourceId: parent });
const scopeIn: NonNullable<Parameters<typeof rowUpdate>[0]['rowIn']> = (seen, { id }) =>
  rowsOf(seen).find((row) => row.id === id) ?? null;
/** A space ends a scope where several are named. */
const scopeName: EditField = { id: 'name', kind: 'text', longest: 256 };
const scopeDescription: EditField = { id: 'description', kind: 'text', nullable: true, longest: 256 };
const hasSpace: NonNullable<Operation['guard']> = ({ after }) =>
  /\s/.test(text(after.name)) ? { guard: 'invalid-value', about: 'name' } : null;

const plainScope = rowCreate({
  id: 'resource-scopes.create',
  resource: 'resource-scopes',
  fields: [
    { ...scopeName, required: true },
    scopeDescription,
    /** Roles that had it. */
    { id: 'roleIds', kind: 'ids', ref: 'roles', hidden: true },
    { id: 'organizationRoleIds', kind: 'ids', ref: 'organization-roles', hidden: true },
  ],
  twins: ({ target }) => lookAtScopes(target),
  isTwin: (row, { after }) => row.name === after.name,
  guard: (change, seen) => hasSpace(change, seen) ?? takenTwin('name')(change, seen),
  undoneBy: 'resource-scopes.delete',
  request: ({ target, after: { roleIds: _, organizationRoleIds: __, ...after } }) =>
    send('post', '/api/resources/{resourceId}/scopes', { resourceId: target.parent }, filledIn(after)),
});

const createScope: Operation = {
  ...plainScope,
  requests: (change) => [
    ...plainScope.requests(change),
    ...texts(change.after.roleIds).map((id) =>
      send('post', '/api/roles/{id}/scopes', { id }, { scopeIds: [newId] }),
    ),
    ...texts(change.after.organizationRoleIds).map((id) =>
      send('post', '/api/organization-roles/{id}/resource-scopes', { id }, { scopeIds: [newId] }),
    ),
  ],
};

const scopes: readonly Operation[] = [
  rowUpdate({
    id: 'resource-scopes.update',
    resource: 'resource-scopes',
    fields: [scopeName, scopeDescription],
    look: lookAtScopes,
    rowIn: scopeIn,
    guard: hasSpace,
    isSilent: true,
    request: ({ id, parent }, body) =>
      send(
        'patch',
        '/api/resources/{resourceId}/scopes/{scopeId}',
        { resourceId: parent, scopeId: id },
        body,
      ),
  }),
  createScope,
  rowDelete({
    id: 'resource-scopes.delete',
    resource: 'resource-scopes',
    losses: () => ['createdAt'],
    shown: ['name', 'description'],
    look: lookAtScopes,
    rowIn: scopeIn,
    request: ({ id, parent }) =>
      send('delete', '/api/resources/{resourceId}/scopes/{scopeId}', { resourceId: parent, scopeId: id }),
    saves: (target) => [lookAtScopes(target)],
    holders: holdersOfScope,
    takes: (_, saved) => takenFromRoles(saved, 1),
    recreate: (target, saved) => {
      const row = scopeIn(saved, target);
      return (
        row && {
          operation: 'resource-scopes.create',
          target: { ...target, id: '' },
          after: {
            ...filledIn({ name: row.name, description: row.description }),
            ...roleIdsIn(saved, 1),
          },
        }
      );
    },
  }),
];

/** API resources and their permissions. */
export const resourceOperations: readonly Operation[] = [update, setDefault, create, remove, ...scopes];
