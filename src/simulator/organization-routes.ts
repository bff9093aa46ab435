import type { Json } from './json.ts';
import { listed, listOf } from './pagination.ts';
import type { Route } from './route.ts';
import { byId, featured, membersOf, one, withoutPassword } from './user-lists.ts';

const listOrganizations: Route = ({ tenant, asked }) => {
  const word = asked.query.get('q')?.toLowerCase();
  const rows = tenant.organizations.filter(
    (row) => !word || [row.id, row.name].some((text) => String(text).toLowerCase().includes(word)),
  );
  const members = (row: Json) => tenant.usersByOrganization.get(String(row.id)) ?? new Set<string>();
  const full = (row: Json) => ({
    ...row,
    usersCount: members(row).size,
    featuredUsers: featured(tenant, members(row)),
  });
  return listed(asked, 'always', listOf(rows, asked.query.get('showFeatured') === 'true' ? full : undefined));
};

/** Roles of an organization as its members and applications are listed with them: id and name. */
export const short = (roles: readonly Json[]) => roles.map(({ id, name }) => ({ id, name }));

/** Organizations, their members and applications. */
export const organizationReads: Readonly<Record<string, Route>> = {
  'GET /api/organizations': listOrganizations,
  'GET /api/organizations/:id': one((tenant) => tenant.organizations, 'organizations'),
  'GET /api/organizations/:id/users': ({ tenant, asked, id }) => {
    const wanted = asked.query.getAll('organizationRoleId');
    const members = membersOf(
      tenant,
      tenant.usersByOrganization.get(id) ?? new Set(),
      new URLSearchParams(),
      asked.query.get('q'),
    ).filter(
      (user) =>
        !wanted.length || wanted.some((role) => tenant.organizationParts.roleIdsOf(id, user.id).has(role)),
    );
    return listed(
      asked,
      'always',
      // In no order of their creation (FACTS, more).
      listOf(
        members.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        (user) => ({
          ...withoutPassword(user),
          organizationRoles: short(tenant.organizationParts.rolesOf(id, user.id)),
        }),
      ),
    );
  },
  'GET /api/organizations/:id/applications': ({ tenant, asked, id }) => {
    const held = tenant.organizationParts.applicationsOf(id);
    return listed(
      asked,
      'always',
      listOf(
        tenant.applications.filter((app) => held.has(String(app.id))),
        (app) => ({
          ...app,
          organizationRoles: short(tenant.organizationParts.applicationRoles(id, String(app.id))),
        }),
      ),
    );
  },
  'GET /api/applications/:id/organizations': ({ tenant, asked, id }) =>
    listed(
      asked,
      'optional',
      listOf(tenant.organizationParts.organizationsOf(id), (organization) => ({
        ...byId(tenant.organizations, organization),
        organizationRoles: short(tenant.organizationParts.applicationRoles(organization, id)),
      })),
    ),
};
