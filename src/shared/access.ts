import type { RowOf } from './catalog/row-of.ts';
import type { ErrorValue } from './errors.ts';

type Named = { id: string; name: string };

/** A role that somebody has, everywhere or in one organization, and the permissions that it carries. */
export type Holding = {
  role: Named;
  /** Null: the role holds in the whole tenant. */
  organization: Named | null;
  /** Permissions of API resources; of tenant roles with their resource, of organization roles with its id. */
  resourceScopes: readonly RowOf<'role-scopes'>[];
  /** Permissions of the organization template. */
  organizationScopes: readonly RowOf<'organization-role-scopes'>[];
};

/** By what somebody has a permission. */
export type Way = { role: Named; organization: Named | null };

export type Permission = Named & { ways: Way[] };

/** Permissions of one API resource; of the organization template where `resource` is null. */
export type AccessGroup = {
  resource: (Named & { indicator: string | null }) | null;
  permissions: Permission[];
};

/** A list that could not be read, so that there may be more access than what is said; `of`: below which row. */
export type Unread = { list: string; of: string | null; error: ErrorValue };

/** What somebody may do, and why. `asOf`: unix ms of the oldest copy that it was read from; null of a server. */
export type Access = { groups: AccessGroup[]; unread: Unread[]; roles: number; asOf: number | null };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const byName = (one: Named, other: Named) =>
  one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1);

const isSameWay = (one: Way, other: Way) =>
  one.role.id === other.role.id && one.organization?.id === other.organization?.id;

/** Tenant roles first, then by organization. */
const byPlace = (one: Way, other: Way) =>
  Number(one.organization !== null) - Number(other.organization !== null) ||
  (one.organization && other.organization ? byName(one.organization, other.organization) : 0) ||
  byName(one.role, other.role);

/**
 * The permissions that roles add up to, by API resource, each with every way by which it is held. `resourceName` says what a
 * resource is called of which a permission has only the id.
 */
export const accessGroups = (
  holdings: readonly Holding[],
  resourceName: (id: string) => string | null,
): AccessGroup[] => {
  const groups = new Map<
    string,
    { resource: AccessGroup['resource']; permissions: Map<string, Permission> }
  >();
  const add = (
    resource: AccessGroup['resource'],
    scope: RowOf<'role-scopes' | 'organization-role-scopes'>,
    way: Way,
  ) => {
    const key = resource?.id ?? '';
    const group = groups.get(key) ?? { resource, permissions: new Map<string, Permission>() };
    // Of two that tell of the same resource, the one that has its indicator tells more.
    if (resource?.indicator && !group.resource?.indicator) group.resource = resource;
    groups.set(key, group);
    const id = text(scope.id);
    const known = group.permissions.get(id) ?? { id, name: text(scope.name) || id, ways: [] };
    group.permissions.set(id, known);
    if (!known.ways.some((other) => isSameWay(other, way))) known.ways.push(way);
  };
  for (const { role, organization, resourceScopes, organizationScopes } of holdings) {
    const way = { role, organization };
    for (const scope of organizationScopes) add(null, scope, way);
    for (const scope of resourceScopes) {
      const id = text(scope.resourceId) || text(scope.resource?.id);
      const name = text(scope.resource?.name) || resourceName(id) || id;
      add({ id, name, indicator: text(scope.resource?.indicator) || null }, scope, way);
    }
  }
  return [...groups.values()]
    .map(({ resource, permissions }) => ({
      resource,
      permissions: [...permissions.values()]
        .map((one) => ({ ...one, ways: one.ways.toSorted(byPlace) }))
        .toSorted(byName),
    }))
    .toSorted((one, other) => {
      if (!one.resource || !other.resource)
        return Number(one.resource === null) - Number(other.resource === null);
      return byName(one.resource, other.resource);
    });
};
