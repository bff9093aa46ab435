import { randomBytes } from 'node:crypto';
import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { keep } from './organizations.ts';
import { refuse, refuseMissing, refuseRelation } from './refusal.ts';
import { act, anyObject, texts, write } from './write.ts';

const usualSeconds = 600;

const tokenAt = ({ lists }: Tenant, id: string): Json =>
  lists.oneTimeTokens.find((row) => row.id === id) ?? refuseMissing();

/** Tokens for one sign-in. Neither the e-mail nor what else they name is checked; earlier ones stay active. */
export const oneTimeTokenRoutes: Readonly<Record<string, Route>> = {
  'POST /api/one-time-tokens': write(
    z.object({
      email: z.string().min(1),
      expiresIn: z.number().optional(),
      context: z.object({ jitOrganizationIds: texts.optional() }).optional(),
    }),
    ({ tenant, now, body: { email, expiresIn = usualSeconds, context = {} } }) => {
      const row: Json = {
        tenantId: 'default',
        id: tenant.newId(21),
        email,
        token: randomBytes(24).toString('base64url'),
        context,
        status: 'active',
        createdAt: now,
        expiresAt: now + expiresIn * 1000,
      };
      tenant.lists.oneTimeTokens.unshift(row);
      return json(row, 201);
    },
  ),
  'PUT /api/one-time-tokens/:id/status': write(
    z.object({ status: z.enum(['active', 'consumed', 'revoked', 'expired']) }),
    ({ tenant, id, body }) => {
      const row = tokenAt(tenant, id);
      if (body.status === 'active') refuse(400, 'one_time_token.cannot_reactivate_token');
      return json(Object.assign(row, body));
    },
  ),
  'DELETE /api/one-time-tokens/:id': act(({ tenant, id }) => {
    const row = tokenAt(tenant, id);
    keep(tenant.lists.oneTimeTokens, (one) => one !== row);
    return noContent;
  }),
  // It consumes the token; whether the user is still there plays no part. Only the second time was measured of its refusals.
  'POST /api/one-time-tokens/verify': write(
    z.object({ token: z.string(), email: z.string() }),
    ({ tenant, now, body }) => {
      const row =
        tenant.lists.oneTimeTokens.find(({ token }) => token === body.token) ??
        refuse(404, 'one_time_token.token_not_found');
      if (row.email !== body.email) refuse(400, 'one_time_token.email_mismatch');
      if (row.status === 'consumed') refuse(400, 'one_time_token.token_consumed');
      if (row.status === 'revoked') refuse(400, 'one_time_token.token_revoked');
      if (Number(row.expiresAt) <= now) refuse(400, 'one_time_token.token_expired');
      return json(Object.assign(row, { status: 'consumed' }));
    },
  ),
  'POST /api/subject-tokens': write(z.object({ userId: z.string() }), ({ tenant, body }) => {
    if (!tenant.users.some(({ id }) => id === body.userId)) refuseRelation(404);
    return json({ subjectToken: `sub_${randomBytes(16).toString('hex')}`, expiresIn: 600 }, 201);
  }),
  // Lockouts are nowhere to be read: only that it was asked is known.
  'POST /api/sentinel-activities/delete': write(
    z.object({ targetType: z.string(), targets: texts }),
    () => noContent,
  ),
  'POST /api/verification-codes': write(anyObject, ({ tenant, body }) => {
    const type = 'phone' in body ? 'Sms' : 'Email';
    if (!tenant.connectors.some((connector) => connector.type === type))
      refuse(501, 'connector.not_found', { fill: { type } });
    return noContent;
  }),
};
