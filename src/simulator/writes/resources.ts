import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { keep } from './organizations.ts';
import { refuse, refuseMissing, refuseMissingId } from './refusal.ts';
import { act, someOf, write } from './write.ts';

const managementApi = 'management-api';

const resourceAt = ({ resources }: Tenant, id: string): Json =>
  resources.find((row) => row.id === id) ?? refuseMissingId('resources', id);

const notManagement = (id: string) => {
  if (id === managementApi) refuse(400, 'resource.cannot_modify_management_api');
};

const freeName = (tenant: Tenant, resource: unknown, name: string | undefined, own?: Json) => {
  if (name === undefined) return;
  if (/\s/.test(name)) refuse(400, 'scope.name_with_space');
  const isTaken = (row: Json) => row !== own && row.resourceId === resource && row.name === name;
  if (tenant.scopes.some(isTaken)) refuse(422, 'scope.name_exists', { fill: { name } });
};

/** A permission is gone, and with it from every role that held it. */
const removeScopes = (tenant: Tenant, isGone: (scope: Json) => boolean) => {
  const gone = new Set(tenant.scopes.filter(isGone).map(({ id }) => String(id)));
  keep(tenant.scopes, ({ id }) => !gone.has(String(id)));
  for (const [role, scopes] of tenant.scopesByRole)
    tenant.scopesByRole.set(
      role,
      scopes.filter((id) => !gone.has(id)),
    );
  for (const role of tenant.lists.organizationRoles)
    role.resourceScopes = ((role.resourceScopes as Json[] | undefined) ?? []).filter(
      ({ id }) => !gone.has(String(id)),
    );
};

const scope = {
  name: z.string().min(1).max(256),
  description: z.string().nullable().optional(),
};

/** API resources and their permissions. Only the Management API itself refuses changes, but for being the default. */
export const resourceRoutes: Readonly<Record<string, Route>> = {
  'POST /api/resources': write(
    z.object({
      name: z.string().min(1),
      indicator: z.string().min(1),
      accessTokenTtl: z.number().optional(),
    }),
    ({ tenant, body }) => {
      if (tenant.resources.some(({ indicator }) => indicator === body.indicator))
        refuse(422, 'resource.resource_identifier_in_use', { fill: { indicator: body.indicator } });
      const row: Json = {
        tenantId: 'default',
        id: tenant.newId(21),
        isDefault: false,
        accessTokenTtl: 3600,
        ...body,
      };
      tenant.resources.push(row);
      return json({ ...row, scopes: [] }, 201);
    },
  ),
  // The indicator is not a known field here: it never changes.
  'PATCH /api/resources/:id': write(
    z.object({ name: z.string().min(1), accessTokenTtl: z.number() }).partial(),
    ({ tenant, id, body }) => {
      const row = resourceAt(tenant, id);
      notManagement(id);
      return json(Object.assign(row, someOf(body)));
    },
  ),
  'PATCH /api/resources/:id/is-default': write(
    z.object({ isDefault: z.boolean() }),
    ({ tenant, id, body: { isDefault } }) => {
      const row = resourceAt(tenant, id);
      // There is one default at most.
      if (isDefault) for (const other of tenant.resources) other.isDefault = false;
      row.isDefault = isDefault;
      return json(row);
    },
  ),
  'DELETE /api/resources/:id': act(({ tenant, id }) => {
    resourceAt(tenant, id);
    if (id === managementApi) refuse(400, 'resource.cannot_delete_management_api');
    keep(tenant.resources, (row) => row.id !== id);
    removeScopes(tenant, ({ resourceId }) => resourceId === id);
    return noContent;
  }),
  'POST /api/resources/:resourceId/scopes': write(z.object(scope), ({ tenant, id, now, body }) => {
    resourceAt(tenant, id);
    notManagement(id);
    freeName(tenant, id, body.name);
    const row: Json = {
      tenantId: 'default',
      id: tenant.newId(21),
      resourceId: id,
      description: null,
      ...body,
      createdAt: now,
    };
    tenant.scopes.push(row);
    return { ...json(row, 201), fires: [{ event: 'Scope.Created', data: row }] };
  }),
  // The resource of the path is not checked to be the permission's.
  'PATCH /api/resources/:resourceId/scopes/:scopeId': write(
    z.object(scope).partial(),
    ({ tenant, id, other, body }) => {
      notManagement(id);
      const row = tenant.scopes.find((one) => one.id === other) ?? refuseMissingId('scopes', other);
      freeName(tenant, row.resourceId, body.name, row);
      Object.assign(row, someOf(body));
      return { ...json(row), fires: [{ event: 'Scope.Data.Updated', data: row }] };
    },
  ),
  'DELETE /api/resources/:resourceId/scopes/:scopeId': act(({ tenant, id, other }) => {
    notManagement(id);
    if (!tenant.scopes.some((row) => row.id === other)) refuseMissing();
    removeScopes(tenant, (row) => row.id === other);
    return { ...noContent, fires: [{ event: 'Scope.Deleted', data: null }] };
  }),
};
