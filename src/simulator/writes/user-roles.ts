import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Route } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { breakDown, refuse, refuseConstraint, refuseMissing, refuseMissingId } from './refusal.ts';
import { userAt } from './users.ts';
import { act, texts, write } from './write.ts';

const roleIds = z.object({ roleIds: texts });

const isMachines = (tenant: Tenant, role: string) =>
  tenant.roles.some(({ id, type }) => id === role && type === 'MachineToMachine');

const known = (tenant: Tenant, ids: readonly string[]) => {
  const missing = ids.find((id) => !tenant.roles.some((role) => role.id === id));
  if (missing !== undefined) refuseMissingId('roles', missing);
};

const isTwice = (ids: readonly string[]) => new Set(ids).size < ids.length;

const give = (tenant: Tenant, ids: readonly string[], user: string) => {
  for (const id of ids) tenant.usersByRole.get(id)?.add(user);
  tenant.version += 1;
};

/** Roles of users: no hook hears of them, and no row shows that they changed. */
export const userRoleRoutes: Readonly<Record<string, Route>> = {
  'POST /api/users/:userId/roles': write(roleIds, (context) => {
    const { tenant, body } = context;
    const user = userAt(context);
    known(tenant, body.roleIds);
    if (body.roleIds.some((id) => isMachines(tenant, id))) refuse(422, 'user.invalid_role_type');
    const addedRoleIds = body.roleIds.filter((id) => !tenant.usersByRole.get(id)?.has(user.id));
    if (isTwice(addedRoleIds)) breakDown();
    give(tenant, addedRoleIds, user.id);
    return json({ roleIds: body.roleIds, addedRoleIds }, 201);
  }),
  // Not atomic: what is to go is gone before what is to come is refused (WRITES, the dangerous ones 1).
  'PUT /api/users/:userId/roles': write(roleIds, (context) => {
    const { tenant, body } = context;
    const user = userAt(context);
    known(tenant, body.roleIds);
    const added = body.roleIds.filter((id) => !tenant.usersByRole.get(id)?.has(user.id));
    for (const [id, users] of tenant.usersByRole) if (!body.roleIds.includes(id)) users.delete(user.id);
    tenant.version += 1;
    if (isTwice(added)) breakDown();
    if (added.some((id) => isMachines(tenant, id))) refuseConstraint();
    give(tenant, added, user.id);
    return json({ roleIds: body.roleIds });
  }),
  'DELETE /api/users/:userId/roles/:roleId': act(({ tenant, id, other }) => {
    if (!tenant.usersByRole.get(other)?.delete(id)) refuseMissing();
    tenant.version += 1;
    return noContent;
  }),
};
