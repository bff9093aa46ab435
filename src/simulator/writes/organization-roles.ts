import { z } from 'zod/v3';
import { type Answer, json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { keep } from './organizations.ts';
import { refuse, refuseMissing, refuseRelation, refuseTaken } from './refusal.ts';
import { act, created, someOf, someTexts, texts, write } from './write.ts';

const type = z.enum(['User', 'MachineToMachine']);
const name = z.string().min(1).max(128);
const description = z.string().max(256).nullable();

/** A row without what only lists show with it. */
const plain = ({ scopes: _, resourceScopes: __, ...row }: Json): Json => row;

const unique = (rows: readonly Json[], given: string | undefined, own?: Json) => {
  if (rows.some((row) => row !== own && row.name === given)) refuseTaken();
};

const named = (rows: readonly Json[], ids: readonly string[]) =>
  [...new Set(ids)].map((id) => rows.find((row) => row.id === id) ?? refuseRelation());

const ownScopes = ({ lists }: Tenant, ids: readonly string[]) =>
  named(lists.organizationScopes, ids).map(({ id, name }) => ({ id, name }));
// The permission of the Management API among them: nothing refuses it.
const resourceScopes = ({ scopes }: Tenant, ids: readonly string[]) =>
  named(scopes, ids).map(({ id, name, resourceId }) => ({ id, name, resource: { id: resourceId } }));

const roleAt = (tenant: Tenant, id: string): Json =>
  tenant.lists.organizationRoles.find((role) => role.id === id) ?? refuseRelation();

const held = (role: Json, list: 'scopes' | 'resourceScopes') => (role[list] as Json[] | undefined) ?? [];

const joined = (rows: readonly Json[], more: readonly Json[]) => [
  ...rows,
  ...more.filter(({ id }) => !rows.some((row) => row.id === id)),
];

const scopesUpdated = (role: Json) => [
  { event: 'OrganizationRole.Scopes.Updated', data: held(role, 'scopes') },
];

const missing = (table: string) => refuse(404, 'entity.not_exists', { fill: { name: table } });

/** The template that all organizations share. */
export const organizationRoleRoutes: Readonly<Record<string, Route>> = {
  'POST /api/organization-roles': write(
    z.object({
      name,
      description: description.optional(),
      type: type.optional(),
      organizationScopeIds: texts.optional(),
      resourceScopeIds: texts.optional(),
    }),
    ({ tenant, body }) => {
      const { organizationScopeIds = [], resourceScopeIds = [], ...fields } = body;
      unique(tenant.lists.organizationRoles, body.name);
      const row: Json = {
        tenantId: 'default',
        id: tenant.newId(21),
        description: null,
        type: 'User',
        ...fields,
        scopes: ownScopes(tenant, organizationScopeIds),
        resourceScopes: resourceScopes(tenant, resourceScopeIds),
      };
      tenant.lists.organizationRoles.push(row);
      return {
        ...json(plain(row), 201),
        fires: [
          { event: 'OrganizationRole.Created', data: plain(row) },
          ...(organizationScopeIds.length ? scopesUpdated(row) : []),
        ],
      };
    },
  ),
  // The type, too, while users hold the role; they keep it.
  'PATCH /api/organization-roles/:id': write(
    z.object({ name, description, type }).partial(),
    ({ tenant, id, body }): Answer => {
      const { organizationRoles } = tenant.lists;
      const row = organizationRoles.find((role) => role.id === id) ?? missing('organization_role');
      unique(organizationRoles, body.name ?? '', row);
      Object.assign(row, someOf(body));
      return { ...json(plain(row)), fires: [{ event: 'OrganizationRole.Data.Updated', data: plain(row) }] };
    },
  ),
  'DELETE /api/organization-roles/:id': act(({ tenant, id }) => {
    const { organizationRoles, invitations } = tenant.lists;
    if (!organizationRoles.some((role) => role.id === id)) refuseMissing();
    keep(organizationRoles, (role) => role.id !== id);
    tenant.organizationParts.forgetRole(id);
    for (const invitation of invitations)
      invitation.organizationRoles = (invitation.organizationRoles as Json[]).filter(
        (role) => role.id !== id,
      );
    return { ...noContent, fires: [{ event: 'OrganizationRole.Deleted', data: null }] };
  }),
  'POST /api/organization-roles/:id/scopes': write(
    z.object({ organizationScopeIds: someTexts }),
    ({ tenant, id, body }) => {
      const role = roleAt(tenant, id);
      role.scopes = joined(held(role, 'scopes'), ownScopes(tenant, body.organizationScopeIds));
      return { ...created, fires: scopesUpdated(role) };
    },
  ),
  'PUT /api/organization-roles/:id/scopes': write(
    z.object({ organizationScopeIds: texts }),
    ({ tenant, id, body }) => {
      const role = roleAt(tenant, id);
      role.scopes = ownScopes(tenant, body.organizationScopeIds);
      return { ...noContent, fires: scopesUpdated(role) };
    },
  ),
  'DELETE /api/organization-roles/:id/scopes/:organizationScopeId': act(({ tenant, id, other }) => {
    const role = roleAt(tenant, id);
    const scopes = held(role, 'scopes');
    if (!scopes.some((scope) => scope.id === other)) refuseMissing();
    role.scopes = scopes.filter((scope) => scope.id !== other);
    return { ...noContent, fires: scopesUpdated(role) };
  }),
  'POST /api/organization-roles/:id/resource-scopes': write(
    z.object({ scopeIds: someTexts }),
    ({ tenant, id, body }) => {
      const role = roleAt(tenant, id);
      role.resourceScopes = joined(held(role, 'resourceScopes'), resourceScopes(tenant, body.scopeIds));
      return created;
    },
  ),
  'PUT /api/organization-roles/:id/resource-scopes': write(
    z.object({ scopeIds: texts }),
    ({ tenant, id, body }) => {
      roleAt(tenant, id).resourceScopes = resourceScopes(tenant, body.scopeIds);
      return noContent;
    },
  ),
  'DELETE /api/organization-roles/:id/resource-scopes/:scopeId': act(({ tenant, id, other }) => {
    const role = roleAt(tenant, id);
    const scopes = held(role, 'resourceScopes');
    if (!scopes.some((scope) => scope.id === other)) refuseMissing();
    role.resourceScopes = scopes.filter((scope) => scope.id !== other);
    return noContent;
  }),
  'POST /api/organization-scopes': write(
    z.object({ name, description: description.optional() }),
    ({ tenant, body }) => {
      unique(tenant.lists.organizationScopes, body.name);
      const row: Json = { tenantId: 'default', id: tenant.newId(21), description: null, ...body };
      tenant.lists.organizationScopes.push(row);
      return { ...json(row, 201), fires: [{ event: 'OrganizationScope.Created', data: row }] };
    },
  ),
  'PATCH /api/organization-scopes/:id': write(
    z.object({ name, description }).partial(),
    ({ tenant, id, body }): Answer => {
      const { organizationScopes } = tenant.lists;
      const row = organizationScopes.find((scope) => scope.id === id) ?? missing('organization_scope');
      unique(organizationScopes, body.name ?? '', row);
      Object.assign(row, someOf(body));
      return { ...json(row), fires: [{ event: 'OrganizationScope.Data.Updated', data: row }] };
    },
  ),
  'DELETE /api/organization-scopes/:id': act(({ tenant, id }) => {
    const { organizationRoles, organizationScopes } = tenant.lists;
    if (!organizationScopes.some((scope) => scope.id === id)) refuseMissing();
    keep(organizationScopes, (scope) => scope.id !== id);
    for (const role of organizationRoles)
      role.scopes = held(role, 'scopes').filter((scope) => scope.id !== id);
    return { ...noContent, fires: [{ event: 'OrganizationScope.Deleted', data: null }] };
  }),
};
