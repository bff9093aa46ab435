import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route, RouteContext } from '../route.ts';
import { managementScope, type Tenant } from '../tenant.ts';
import { keep } from './organizations.ts';
import { breakDown, refuse, refuseConstraint, refuseMissing, refuseMissingId } from './refusal.ts';
import { act, created, someOf, someTexts, texts, write } from './write.ts';

const fields = {
  name: z.string().min(1).max(128),
  description: z.string().min(1).max(128),
  isDefault: z.boolean(),
};

/** From so many rows on the database refuses a statement, after a long while (WRITES, bulk). */
const mostRows = 15_000;

const roleAt = ({ tenant, id }: RouteContext): Json =>
  tenant.roles.find((role) => role.id === id) ?? refuseMissingId('roles', id);

const freeName = (tenant: Tenant, name: string | undefined, own?: Json) => {
  if (name !== undefined && tenant.roles.some((role) => role !== own && role.name === name))
    refuse(422, 'role.name_in_use', { fill: { name } });
};

const distinct = (ids: readonly string[]) => {
  if (new Set(ids).size < ids.length) breakDown();
};

const addScopes = (tenant: Tenant, role: Json, ids: readonly string[]) => {
  const unknown = ids.find((id) => !tenant.scopes.some((scope) => scope.id === id));
  if (unknown !== undefined) refuseMissingId('scopes', unknown);
  if (role.type === 'User' && ids.includes(managementScope))
    refuse(400, 'role.management_api_scopes_not_assignable_to_user_role');
  distinct(ids);
  tenant.scopesByRole.set(String(role.id), [...(tenant.scopesByRole.get(String(role.id)) ?? []), ...ids]);
};

const scopesOf = (tenant: Tenant, role: Json) =>
  (tenant.scopesByRole.get(String(role.id)) ?? []).flatMap(
    (id) => tenant.scopes.find((scope) => scope.id === id) ?? [],
  );

const scopesUpdated = (tenant: Tenant, role: Json) => ({
  event: 'Role.Scopes.Updated',
  data: scopesOf(tenant, role),
});

/** Roles, the two built-in ones no less than any other: nothing protects an operator from locking everybody out. */
export const roleRoutes: Readonly<Record<string, Route>> = {
  'POST /api/roles': write(
    z.object({
      ...fields,
      isDefault: fields.isDefault.optional(),
      type: z.enum(['User', 'MachineToMachine']).optional(),
      scopeIds: texts.optional(),
    }),
    ({ tenant, body: { scopeIds = [], ...body } }) => {
      freeName(tenant, body.name);
      const row: Json = {
        tenantId: 'default',
        id: tenant.newId(21),
        type: 'User',
        isDefault: false,
        ...body,
      };
      const id = String(row.id);
      tenant.roles.push(row);
      tenant.usersByRole.set(id, new Set());
      tenant.appsByRole.set(id, new Set());
      // The role is there before its permissions are looked at, and stays when they are refused.
      addScopes(tenant, row, scopeIds);
      return {
        ...json(row),
        fires: [
          { event: 'Role.Created', data: row },
          ...(scopeIds.length ? [scopesUpdated(tenant, row)] : []),
        ],
      };
    },
  ),
  'PATCH /api/roles/:id': write(z.object(fields).partial(), (context) => {
    const { tenant, body } = context;
    const row = roleAt(context);
    freeName(tenant, body.name, row);
    Object.assign(row, someOf(body));
    return { ...json(row), fires: [{ event: 'Role.Data.Updated', data: row }] };
  }),
  'DELETE /api/roles/:id': act(({ tenant, id }) => {
    if (!tenant.roles.some((role) => role.id === id)) refuseMissing();
    keep(tenant.roles, (role) => role.id !== id);
    for (const map of [tenant.usersByRole, tenant.appsByRole, tenant.scopesByRole]) map.delete(id);
    tenant.parts.forgetRule('userRoleIds', id);
    tenant.version += 1;
    return { ...noContent, fires: [{ event: 'Role.Deleted', data: null }] };
  }),
  // All or nothing, and not to be repeated: whoever has the role already makes it fail.
  'POST /api/roles/:id/users': write(z.object({ userIds: someTexts }), (context) => {
    const { tenant, id, body } = context;
    const role = roleAt(context);
    const held = tenant.usersByRole.get(id) ?? new Set<string>();
    const again = body.userIds.find((user) => held.has(user));
    if (again !== undefined) refuse(422, 'role.user_exists', { fill: { userId: again } });
    const users = new Set(tenant.users.map((user) => user.id));
    if (!body.userIds.every((user) => users.has(user))) refuseMissing();
    if (body.userIds.length >= mostRows)
      return { status: 500, body: { message: 'Internal server error.' }, bulk: body.userIds.length };
    distinct(body.userIds);
    if (role.type !== 'User') refuseConstraint();
    for (const user of body.userIds) held.add(user);
    tenant.version += 1;
    return { ...created, bulk: body.userIds.length };
  }),
  'DELETE /api/roles/:id/users/:userId': act(({ tenant, id, other }) => {
    if (!tenant.usersByRole.get(id)?.delete(other)) refuseMissing();
    tenant.version += 1;
    return noContent;
  }),
  'POST /api/roles/:id/applications': write(z.object({ applicationIds: someTexts }), (context) => {
    const { tenant, id, body } = context;
    const role = roleAt(context);
    const held = tenant.appsByRole.get(id) ?? new Set<string>();
    // Its message names nobody: the place for the id stays empty.
    if (body.applicationIds.some((app) => held.has(app))) refuse(422, 'role.application_exists');
    for (const app of body.applicationIds)
      if (!tenant.applications.some((row) => row.id === app)) refuseMissingId('applications', app);
    distinct(body.applicationIds);
    if (role.type === 'User') refuseConstraint();
    for (const app of body.applicationIds) held.add(app);
    return created;
  }),
  'DELETE /api/roles/:id/applications/:applicationId': act(({ tenant, id, other }) =>
    tenant.appsByRole.get(id)?.delete(other) ? noContent : refuseMissing(),
  ),
  'POST /api/roles/:id/scopes': write(z.object({ scopeIds: someTexts }), (context) => {
    const { tenant, id, body } = context;
    const role = roleAt(context);
    const again = body.scopeIds.find((scope) => tenant.scopesByRole.get(id)?.includes(scope));
    if (again !== undefined) refuse(422, 'role.scope_exists', { fill: { scopeId: again } });
    addScopes(tenant, role, body.scopeIds);
    return { ...json(scopesOf(tenant, role), 201), fires: [scopesUpdated(tenant, role)] };
  }),
  'DELETE /api/roles/:id/scopes/:scopeId': act((context) => {
    const { tenant, id, other } = context;
    const role = roleAt(context);
    const held = tenant.scopesByRole.get(id) ?? [];
    if (!held.includes(other)) refuseMissing();
    tenant.scopesByRole.set(
      id,
      held.filter((scope) => scope !== other),
    );
    return { ...noContent, fires: [scopesUpdated(tenant, role)] };
  }),
};
