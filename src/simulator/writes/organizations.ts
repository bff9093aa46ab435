import { z } from 'zod/v3';
import { type Answer, type Fired, json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { refuse, refuseMissing } from './refusal.ts';
import { act, anyObject, someOf, write } from './write.ts';

const fields = {
  name: z.string().min(1).max(128),
  description: z.string().max(256).nullable(),
  customData: anyObject,
  isMfaRequired: z.boolean(),
  color: anyObject,
  branding: anyObject,
  customCss: z.string().nullable(),
};
// The moment of creation can be set later, unlike the id.
const changed = z.object({ ...fields, createdAt: z.number() }).partial();
const fresh = z.object(fields).partial().required({ name: true });

export const keep = <Row>(rows: Row[], isKept: (row: Row) => boolean) => {
  rows.splice(0, rows.length, ...rows.filter(isKept));
};

const removeOrganization = (tenant: Tenant, id: string): boolean => {
  const { organizations, lists } = tenant;
  const before = organizations.length;
  keep(organizations, (row) => row.id !== id);
  if (organizations.length === before) return false;
  keep(lists.invitations, (row) => row.organizationId !== id);
  tenant.usersByOrganization.delete(id);
  tenant.organizationParts.forget(id);
  tenant.parts.forgetRule('organizationIds', id);
  tenant.version += 1;
  return true;
};

/** Ids in an event are cut at so many. */
const mostIds = 5_000;

/** Fires with every write to members or applications, also when nothing changed. */
export const membershipUpdated = (
  organizationId: string,
  { added = [], removed = [] }: { added?: readonly string[]; removed?: readonly string[] } = {},
): readonly Fired[] => [
  {
    event: 'Organization.Membership.Updated',
    data: null,
    more: {
      organizationId,
      ...(added.length ? { addedUserIds: added.slice(0, mostIds) } : {}),
      ...(removed.length ? { removedUserIds: removed.slice(0, mostIds) } : {}),
    },
  },
];

export const organizationRoutes: Readonly<Record<string, Route>> = {
  'POST /api/organizations': write(fresh, ({ tenant, now, body }) => {
    const row: Json = {
      tenantId: 'default',
      id: tenant.newId(12),
      description: null,
      customData: {},
      isMfaRequired: false,
      color: {},
      branding: {},
      customCss: null,
      createdAt: now,
      ...body,
    };
    tenant.organizations.unshift(row);
    tenant.usersByOrganization.set(String(row.id), new Set());
    tenant.organizationParts.blank(String(row.id));
    return { ...json(row, 201), fires: [{ event: 'Organization.Created', data: row }] };
  }),
  'PATCH /api/organizations/:id': write(changed, ({ tenant, id, body }): Answer => {
    const row = tenant.organizations.find((one) => one.id === id);
    if (!row) return refuse(404, 'entity.not_exists', { fill: { name: 'organization' } });
    Object.assign(row, someOf(body));
    return { ...json(row), fires: [{ event: 'Organization.Data.Updated', data: row }] };
  }),
  'DELETE /api/organizations/:id': act(({ tenant, id }) => {
    if (!removeOrganization(tenant, id)) refuseMissing();
    return { ...noContent, fires: [{ event: 'Organization.Deleted', data: null }] };
  }),
};
