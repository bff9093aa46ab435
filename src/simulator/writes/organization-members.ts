import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Route } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { membershipUpdated } from './organizations.ts';
import { refuse, refuseConstraint, refuseMissing, refuseRelation } from './refusal.ts';
import { act, created, someTexts, texts, write } from './write.ts';

/** Members and organizations that are not there are the same refusal here. */
const knownUsers = (tenant: Tenant, ids: readonly string[]) => {
  const users = new Set(tenant.users.map(({ id }) => id));
  if (!ids.every((id) => users.has(id))) refuseRelation();
};

const membersOf = (tenant: Tenant, organization: string): Set<string> =>
  tenant.usersByOrganization.get(organization) ?? refuseRelation();

const add = (tenant: Tenant, organization: string, members: Set<string>, ids: readonly string[]) => {
  const added = [...new Set(ids)].filter((id) => !members.has(id));
  for (const id of added) {
    members.add(id);
    // Whoever was in before does not get the roles back.
    tenant.organizationParts.setRoles(organization, id, []);
  }
  tenant.version += 1;
  return added;
};

const remove = (tenant: Tenant, organization: string, members: Set<string>, ids: readonly string[]) => {
  for (const id of ids) {
    members.delete(id);
    tenant.organizationParts.forgetMember(organization, id);
  }
  tenant.version += 1;
};

const roles = z.object({
  organizationRoleIds: texts.optional(),
  organizationRoleNames: texts.optional(),
});

/** The roles that a body names, by id or name; all of them or a refusal. `type`: who holds them. */
export const namedRoles = (
  { lists }: Tenant,
  { organizationRoleIds = [], organizationRoleNames = [] }: z.output<typeof roles>,
  type: 'User' | 'MachineToMachine',
): string[] => {
  const rowOf = (field: 'id' | 'name', value: string) =>
    lists.organizationRoles.find((role) => role[field] === value);
  const unknown = organizationRoleNames.filter((name) => !rowOf('name', name));
  if (unknown.length)
    refuse(422, 'organization.role_names_not_found', { fill: { names: unknown.join(', ') } });
  const ids = [
    ...organizationRoleIds,
    ...organizationRoleNames.map((name) => String(rowOf('name', name)?.id)),
  ];
  if (!ids.every((id) => rowOf('id', id))) refuseRelation();
  if (ids.some((id) => rowOf('id', id)?.type !== type)) refuseConstraint();
  return ids;
};
export const namedRolesBody = roles;

const requireMember = (tenant: Tenant, organization: string, user: string) => {
  if (!tenant.usersByOrganization.get(organization)?.has(user))
    refuse(422, 'organization.require_membership');
};

/** Members of organizations and their roles there. Each of these is all or nothing. */
export const organizationMemberRoutes: Readonly<Record<string, Route>> = {
  'POST /api/organizations/:id/users': write(
    z.object({ userIds: someTexts }),
    ({ tenant, id, body: { userIds } }) => {
      const members = membersOf(tenant, id);
      knownUsers(tenant, userIds);
      const added = add(tenant, id, members, userIds);
      return {
        ...json({ userIds }, 201),
        fires: membershipUpdated(id, { added }),
        bulk: userIds.length,
      };
    },
  ),
  'PUT /api/organizations/:id/users': write(
    z.object({ userIds: texts }),
    ({ tenant, id, body: { userIds } }) => {
      // An empty set is taken for an organization that is not there, too.
      if (!userIds.length && !tenant.usersByOrganization.has(id)) return noContent;
      const members = membersOf(tenant, id);
      knownUsers(tenant, userIds);
      const wanted = new Set(userIds);
      const removed = [...members].filter((user) => !wanted.has(user));
      remove(tenant, id, members, removed);
      const added = add(tenant, id, members, userIds);
      return { ...noContent, fires: membershipUpdated(id, { added, removed }), bulk: userIds.length };
    },
  ),
  'DELETE /api/organizations/:id/users/:userId': act(({ tenant, id, other }) => {
    const members = tenant.usersByOrganization.get(id);
    if (!members?.has(other)) return refuseMissing();
    remove(tenant, id, members, [other]);
    return { ...noContent, fires: membershipUpdated(id, { removed: [other] }) };
  }),
  'POST /api/organizations/:id/users/roles': write(
    z.object({ userIds: someTexts, organizationRoleIds: someTexts }),
    ({ tenant, id, body }) => {
      const members = membersOf(tenant, id);
      if (!body.userIds.every((user) => members.has(user))) refuseRelation();
      const added = namedRoles(tenant, { organizationRoleIds: body.organizationRoleIds }, 'User');
      for (const user of body.userIds)
        tenant.organizationParts.setRoles(id, user, [
          ...tenant.organizationParts.roleIdsOf(id, user),
          ...added,
        ]);
      return { ...created, bulk: body.userIds.length };
    },
  ),
  'POST /api/organizations/:id/users/:userId/roles': write(roles, ({ tenant, id, other, body }) => {
    requireMember(tenant, id, other);
    const organizationRoleIds = namedRoles(tenant, body, 'User');
    tenant.organizationParts.setRoles(id, other, [
      ...tenant.organizationParts.roleIdsOf(id, other),
      ...organizationRoleIds,
    ]);
    return json({ organizationRoleIds }, 201);
  }),
  'PUT /api/organizations/:id/users/:userId/roles': write(roles, ({ tenant, id, other, body }) => {
    requireMember(tenant, id, other);
    tenant.organizationParts.setRoles(id, other, namedRoles(tenant, body, 'User'));
    return noContent;
  }),
  'DELETE /api/organizations/:id/users/:userId/roles/:organizationRoleId': act(
    ({ tenant, id, other, third }) => {
      const held = tenant.usersByOrganization.get(id)?.has(other)
        ? tenant.organizationParts.roleIdsOf(id, other)
        : new Set<string>();
      if (!held.has(third)) refuseMissing();
      tenant.organizationParts.setRoles(
        id,
        other,
        [...held].filter((role) => role !== third),
      );
      return noContent;
    },
  ),
};
