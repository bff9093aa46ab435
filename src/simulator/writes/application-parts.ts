import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route, RouteContext } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { applicationAt, needsRule } from './applications.ts';
import {
  breakDown,
  refuse,
  refuseConstraint,
  refuseEmpty,
  refuseMissing,
  refuseMissingId,
  refuseRelation,
} from './refusal.ts';
import { act, anyObject, created, texts, write } from './write.ts';

const roleIds = z.object({ roleIds: texts });

const machineAt = (context: RouteContext): Json => {
  const app = applicationAt(context);
  if (app.type !== 'MachineToMachine') refuse(422, 'application.invalid_type');
  return app;
};

const isUsers = (tenant: Tenant, id: string) =>
  tenant.roles.some((role) => role.id === id && role.type === 'User');

const known = (tenant: Tenant, ids: readonly string[]) => {
  const missing = ids.find((id) => !tenant.roles.some((role) => role.id === id));
  if (missing !== undefined) refuseMissingId('roles', missing);
};

const notHeld = ({ tenant, id }: RouteContext, ids: readonly string[]) =>
  ids.filter((role) => !tenant.appsByRole.get(role)?.has(id));

const knownRows = (rows: readonly { id?: unknown }[], ids: readonly string[]) => {
  if (!ids.every((id) => rows.some((row) => row.id === id))) refuseRelation(404);
};

const consent = z
  .object({
    userScopes: texts,
    organizationScopes: texts,
    resourceScopes: texts,
    organizationResourceScopes: texts,
  })
  .partial();

/** Roles of an application, who may sign in to it, and what a third party's asks for. */
export const applicationPartRoutes: Readonly<Record<string, Route>> = {
  'POST /api/applications/:id/roles': write(roleIds, (context) => {
    const { tenant, id, body } = context;
    machineAt(context);
    known(tenant, body.roleIds);
    if (body.roleIds.some((role) => isUsers(tenant, role))) refuse(422, 'application.invalid_role_type');
    const addedRoleIds = notHeld(context, body.roleIds);
    if (new Set(addedRoleIds).size < addedRoleIds.length) breakDown();
    for (const role of addedRoleIds) tenant.appsByRole.get(role)?.add(id);
    return json({ roleIds: body.roleIds, addedRoleIds }, 201);
  }),
  // What is to go is gone before it fails; with nothing to add it always fails (WRITES, the dangerous ones 1).
  'PUT /api/applications/:id/roles': write(roleIds, (context) => {
    const { tenant, id, body } = context;
    machineAt(context);
    known(tenant, body.roleIds);
    const added = notHeld(context, body.roleIds);
    for (const [role, apps] of tenant.appsByRole) if (!body.roleIds.includes(role)) apps.delete(id);
    if (!added.length) refuseEmpty();
    if (new Set(added).size < added.length) breakDown();
    if (added.some((role) => isUsers(tenant, role))) refuseConstraint();
    for (const role of added) tenant.appsByRole.get(role)?.add(id);
    return { status: 200, text: 'OK' };
  }),
  'DELETE /api/applications/:id/roles/:roleId': act(({ tenant, id, other }) =>
    tenant.appsByRole.get(other)?.delete(id) ? noContent : refuseMissing(),
  ),
  'PUT /api/applications/:id/access-control': write(
    z.object({
      userIds: texts,
      userRoleIds: texts,
      organizationIds: texts,
      organizationRoleRules: z.array(anyObject),
    }),
    (context) => {
      const { tenant, id, body } = context;
      const app = applicationAt(context);
      const isEmpty = Object.values(body).every((list) => list.length === 0);
      if (isEmpty && app.appLevelAccessControlEnabled === true) needsRule();
      knownRows(tenant.users, body.userIds);
      knownRows(tenant.roles, body.userRoleIds);
      knownRows(tenant.organizations, body.organizationIds);
      tenant.parts.rules.set(id, body);
      return json(body);
    },
  ),
  'POST /api/applications/:id/user-consent-scopes': write(consent, (context) => {
    const { tenant, id, body } = context;
    applicationAt(context);
    const held: Record<string, string[]> = { ...tenant.parts.consents.get(id) };
    for (const [kind, ids = []] of Object.entries(body))
      held[kind] = [...new Set([...(held[kind] ?? []), ...ids])];
    tenant.parts.consents.set(id, held);
    return created;
  }),
  'DELETE /api/applications/:id/user-consent-scopes/:scopeType/:scopeId': act((context) => {
    const { tenant, id, other, third } = context;
    applicationAt(context);
    const held = tenant.parts.consents.get(id) ?? {};
    const kind = `${other.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}s`;
    if (!held[kind]?.includes(third)) refuseMissing();
    tenant.parts.consents.set(id, { ...held, [kind]: (held[kind] ?? []).filter((one) => one !== third) });
    return noContent;
  }),
  'PUT /api/applications/:id/sign-in-experience': write(
    z
      .object({
        color: anyObject,
        branding: anyObject,
        customCss: z.string().nullable(),
        termsOfUseUrl: z.string().url().nullable(),
        privacyPolicyUrl: z.string().url().nullable(),
        displayName: z.string().nullable(),
      })
      .partial(),
    (context) => {
      const { tenant, id, body } = context;
      applicationAt(context);
      const held = tenant.parts.experiences.get(id);
      const row = {
        tenantId: 'default',
        applicationId: id,
        color: {},
        branding: {},
        customCss: null,
        termsOfUseUrl: null,
        privacyPolicyUrl: null,
        displayName: null,
        ...held,
        ...body,
      };
      tenant.parts.experiences.set(id, row);
      return json(row, held ? 200 : 201);
    },
  ),
};
