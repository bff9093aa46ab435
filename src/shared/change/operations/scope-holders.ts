import type { PlannedRequest, Target } from '../change.ts';
import type { Holders, Seen } from './operation.ts';
import { lookThrough, newIdAt, send } from './request.ts';
import { takenRows } from './taken.ts';
import { idsOf, objectOf, rowsIn, rowsOf, text, texts } from './values.ts';

type Row = Readonly<Record<string, unknown>>;

const lookAtRole = ({ id }: Row) => lookThrough('/api/roles/{id}/scopes', { id: text(id) });

const kept = ({ id, name }: Row, scopes: readonly Row[]) =>
  scopes.length === 0 ? null : { id, name, scopes: scopes.map((scope) => text(scope.name)) };

const holdersBy = (isMeant: (target: Target, scope: Row) => boolean): readonly [Holders, Holders] => [
  {
    isUse: true,
    list: () => lookThrough('/api/roles', {}),
    looks: (_, role) => [lookAtRole(role)],
    kept: (target, role, seen) =>
      kept(
        role,
        rowsOf(seen).filter((scope) => isMeant(target, scope)),
      ),
  },
  {
    isUse: true,
    list: () => lookThrough('/api/organization-roles', {}),
    kept: (target, role) =>
      kept(
        role,
        rowsIn(role.resourceScopes).filter((scope) => isMeant(target, scope)),
      ),
  },
];

/** Roles, and organization roles, that have a permission. */
export const holdersOfScope = holdersBy(({ id }, scope) => scope.id === id);

/** The same of any permission of an API resource. */
export const holdersOfResource = holdersBy(
  ({ id }, scope) => scope.resourceId === id || objectOf(scope.resource).id === id,
);

/** The same as a plan tells it; `at`: where the first of the two lists is in what is saved. */
export const takenFromRoles = (saved: readonly Seen[], at: number) => [
  takenRows('roles', rowsOf(saved, at)),
  takenRows('organization-roles', rowsOf(saved, at + 1)),
];

/** Roles by their ids, each with the names of permissions that it had. */
export type ScopeHolders = { roles: Readonly<Record<string, unknown>>; organizationRoles: Row };

/** The same as making anew takes it. */
export const scopeHoldersIn = (saved: readonly Seen[], at: number): ScopeHolders => {
  const named = (place: number) =>
    Object.fromEntries(rowsOf(saved, place).map(({ id, scopes }) => [text(id), texts(scopes)]));
  return { roles: named(at), organizationRoles: named(at + 1) };
};

/** The same for one permission: the ids of the roles alone. */
export const roleIdsIn = (saved: readonly Seen[], at: number) => ({
  roleIds: idsOf(rowsOf(saved, at)),
  organizationRoleIds: idsOf(rowsOf(saved, at + 1)),
});

/** Gives permissions that were made anew to the roles that had them; `places`: the request that makes each, by its name. */
export const scopesGivenAgain = (holders: unknown, places: ReadonlyMap<string, number>): PlannedRequest[] => {
  const { roles, organizationRoles } = objectOf(holders);
  const made = (names: unknown) =>
    texts(names).flatMap((name) => {
      const place = places.get(name);
      return place === undefined ? [] : [newIdAt(place)];
    });
  const each = (all: unknown, request: (id: string, scopeIds: string[]) => PlannedRequest) =>
    Object.entries(objectOf(all)).flatMap(([id, names]) => {
      const scopeIds = made(names);
      return scopeIds.length === 0 ? [] : [request(id, scopeIds)];
    });
  return [
    ...each(roles, (id, scopeIds) => send('post', '/api/roles/{id}/scopes', { id }, { scopeIds })),
    ...each(organizationRoles, (id, scopeIds) =>
      send('post', '/api/organization-roles/{id}/resource-scopes', { id }, { scopeIds }),
    ),
  ];
};
