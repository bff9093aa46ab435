import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route, RouteContext } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { keep, membershipUpdated } from './organizations.ts';
import { refuse, refuseInput, refuseMissing, refuseRelation, refuseTaken } from './refusal.ts';
import { act, anyObject, texts, write } from './write.ts';

/** A pending invitation past its time is expired, without anybody setting that; those from the start stay as they are. */
export const invitationAt = (tenant: Tenant, row: Json, now: number): Json =>
  tenant.parts.dated.has(row) && row.status === 'Pending' && Number(row.expiresAt) <= now
    ? { ...row, status: 'Expired' }
    : row;

const needsMail = (tenant: Tenant) => {
  if (!tenant.connectors.some(({ type }) => type === 'Email'))
    refuse(501, 'connector.not_found', { fill: { type: 'Email' } });
};

const isMember = (tenant: Tenant, organization: string, email: string) => {
  const members = tenant.usersByOrganization.get(organization);
  // Compared with case: another writing of a member's address is invited.
  return tenant.users.some((user) => user.primaryEmail === email && members?.has(user.id));
};

const invitationOf = ({ tenant, id }: RouteContext): Json =>
  tenant.lists.invitations.find((row) => row.id === id) ?? refuseMissing();

export const invitationRoutes: Readonly<Record<string, Route>> = {
  'POST /api/organization-invitations': write(
    z.object({
      inviterId: z.string().nullable().optional(),
      invitee: z.string().regex(/^\S+@\S+\.\S+$/),
      organizationId: z.string(),
      expiresAt: z.number(),
      organizationRoleIds: texts.optional(),
      messagePayload: anyObject.or(z.literal(false)).optional(),
    }),
    ({ tenant, now, body }) => {
      const { organizationRoleIds = [], messagePayload = false, inviterId = null, ...fields } = body;
      if (body.expiresAt <= now) refuseInput(400, 'The value of `expiresAt` must be in the future.');
      if (isMember(tenant, body.organizationId, body.invitee))
        refuseInput(422, 'The invitee is already a member of the organization.');
      if (!tenant.usersByOrganization.has(body.organizationId)) refuseRelation();
      if (inviterId !== null && !tenant.users.some((user) => user.id === inviterId)) refuseRelation();
      const organizationRoles = organizationRoleIds.map((id) => {
        const role = tenant.lists.organizationRoles.find((one) => one.id === id) ?? refuseRelation();
        return { id: role.id, name: role.name };
      });
      const isPending = (row: Json) =>
        row.organizationId === body.organizationId &&
        row.invitee === body.invitee &&
        invitationAt(tenant, row, now).status === 'Pending';
      if (tenant.lists.invitations.some(isPending)) refuseTaken();
      // It is sent before anything is kept: where it cannot be, nothing is left.
      if (messagePayload !== false) needsMail(tenant);
      const row: Json = {
        tenantId: 'default',
        id: tenant.newId(21),
        ...fields,
        inviterId,
        acceptedUserId: null,
        status: 'Pending',
        createdAt: now,
        updatedAt: now,
        organizationRoles,
      };
      tenant.lists.invitations.unshift(row);
      tenant.parts.dated.add(row);
      return json(row, 201);
    },
  ),
  'POST /api/organization-invitations/:id/message': write(anyObject, (context) => {
    invitationOf(context);
    needsMail(context.tenant);
    return noContent;
  }),
  'PUT /api/organization-invitations/:id/status': write(
    z.object({ status: z.enum(['Accepted', 'Revoked']), acceptedUserId: z.string().optional() }),
    (context) => {
      const { tenant, now, body } = context;
      const row = invitationOf(context);
      if (invitationAt(tenant, row, now).status !== 'Pending')
        refuseInput(422, 'The status of the invitation cannot be changed anymore.');
      const change = { status: body.status, updatedAt: now };
      if (body.status === 'Revoked') return json(Object.assign(row, change));
      const { acceptedUserId } = body;
      if (!acceptedUserId)
        return refuseInput(422, 'The `acceptedUserId` is required when accepting an invitation.');
      const user = tenant.users.find(({ id }) => id === acceptedUserId) ?? refuseMissing();
      if (user.primaryEmail?.toLowerCase() !== String(row.invitee).toLowerCase())
        refuseInput(422, 'The accepted user must have the same email as the invitee.');
      const organization = String(row.organizationId);
      const roles = (row.organizationRoles as Json[]).map(({ id }) => String(id));
      const members = tenant.usersByOrganization.get(organization);
      const held = members?.has(user.id) ? tenant.organizationParts.roleIdsOf(organization, user.id) : [];
      members?.add(user.id);
      tenant.organizationParts.setRoles(organization, user.id, [...held, ...roles]);
      tenant.version += 1;
      Object.assign(row, change, { acceptedUserId });
      return { ...json(row), fires: membershipUpdated(organization, { added: [user.id] }) };
    },
  ),
  // Any status; whoever accepted stays a member.
  'DELETE /api/organization-invitations/:id': act((context) => {
    const row = invitationOf(context);
    keep(context.tenant.lists.invitations, (one) => one !== row);
    return noContent;
  }),
};
