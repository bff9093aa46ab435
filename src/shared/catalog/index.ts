import { applicationRoles } from './application-roles.ts';
import { applications } from './applications.ts';
import { logs } from './logs.ts';
import { organizationUsers } from './organization-users.ts';
import { organizations } from './organizations.ts';
import type { Resource } from './resource.ts';
import { roleApplications } from './role-applications.ts';
import { roleScopes } from './role-scopes.ts';
import { roleUsers } from './role-users.ts';
import { roles } from './roles.ts';
import { userOrganizations } from './user-organizations.ts';
import { userRoles } from './user-roles.ts';
import { users } from './users.ts';

export type { Column, ColumnKind, Filter, Related, Resource } from './resource.ts';

/** Every list that Logto Desk knows. A new resource is one new file and one line here. */
export const catalog: readonly Resource[] = [
  users,
  roles,
  logs,
  applications,
  organizations,
  userRoles,
  userOrganizations,
  roleUsers,
  roleApplications,
  roleScopes,
  applicationRoles,
  organizationUsers,
];

const byId = new Map(catalog.map((resource) => [resource.id, resource]));

/** The resource with this id, or undefined. */
export const findResource = (id: string): Resource | undefined => byId.get(id);

/** The resource with this id. Throws for an id that is not in the catalogue: a mistake in the catalogue itself. */
export const resourceOf = (id: string): Resource => {
  const resource = byId.get(id);
  if (!resource) throw new Error(`No resource "${id}" in the catalogue`);
  return resource;
};

/** The resource whose page opens for a row of this list: its own, or the one whose rows it lists. */
export const pageResourceOf = (resource: Resource): Resource =>
  resource.rowsOf ? resourceOf(resource.rowsOf) : resource;

/** Lists with a place in the side bar, in its order. */
export const placedResources: readonly Resource[] = catalog
  .filter((resource) => resource.place)
  .sort((a, b) => (a.place?.order ?? 0) - (b.place?.order ?? 0));
