import { randomBytes } from 'node:crypto';
import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route } from '../route.ts';
import { refuse, refuseMissing } from './refusal.ts';
import { userAt } from './users.ts';
import { act, write } from './write.ts';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const newSecret = () => Array.from(randomBytes(32), (byte) => base32[byte % 32]).join('');
const newCodes = () => Array.from({ length: 10 }, () => randomBytes(5).toString('hex'));

const factor = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Totp'), secret: z.string().optional() }),
  z.object({ type: z.literal('BackupCode'), codes: z.array(z.string()).optional() }),
]);

/** MFA factors, sessions and grants of a user. Secrets and codes are answered once, when they are made. */
export const userFactorRoutes: Readonly<Record<string, Route>> = {
  'POST /api/users/:userId/mfa-verifications': write(factor, (context) => {
    const { tenant, now, body } = context;
    const user = userAt(context);
    const held = tenant.parts.mfa.of(user.id, user);
    const has = (type: string) => held.some((one) => one.type === type);
    const add = (row: Json) =>
      tenant.parts.mfa.set(user.id, [
        ...held,
        { id: tenant.newId(21), createdAt: new Date(now).toISOString(), type: body.type, ...row },
      ]);
    if (body.type === 'Totp') {
      if (has('Totp')) refuse(422, 'user.totp_already_in_use');
      const secret = body.secret ?? newSecret();
      add({});
      return json({ type: 'Totp', secret, secretQrCode: 'data:image/png;base64,iVBORw0KGgo=' });
    }
    if (has('BackupCode')) refuse(422, 'user.backup_code_already_in_use');
    if (!held.length) refuse(422, 'session.mfa.backup_code_can_not_be_alone');
    const codes = body.codes ?? newCodes();
    add({ remainCodes: codes.length });
    return json({ type: 'BackupCode', codes });
  }),
  'DELETE /api/users/:userId/mfa-verifications/:verificationId': act((context) => {
    const user = userAt(context);
    const { mfa } = context.tenant.parts;
    const held = mfa.of(user.id, user);
    const left = held.filter(({ id }) => id !== context.other);
    if (left.length === held.length) refuseMissing();
    mfa.set(user.id, left);
    return noContent;
  }),
  'DELETE /api/users/:userId/sessions/:sessionId': act((context) => {
    const user = userAt(context);
    const { sessions, grants } = context.tenant.parts;
    const held = sessions.of(user.id, user);
    const gone = held.find(({ payload }) => (payload as Json).uid === context.other);
    if (!gone) return refuse(404, 'oidc.session_not_found');
    sessions.set(
      user.id,
      held.filter((one) => one !== gone),
    );
    // Without this the tokens that came of the session live on.
    if (context.asked.query.has('revokeGrantsTarget')) {
      const authorizations = Object.values((gone.payload as { authorizations?: Json }).authorizations ?? {});
      const ids = authorizations.map((one) => (one as Json).grantId);
      grants.set(
        user.id,
        grants.of(user.id, user).filter(({ id }) => !ids.includes(id)),
      );
    }
    return noContent;
  }),
  'DELETE /api/users/:userId/grants/:grantId': act((context) => {
    const user = userAt(context);
    const { grants } = context.tenant.parts;
    const held = grants.of(user.id, user);
    const left = held.filter(({ id }) => id !== context.other);
    if (left.length === held.length) refuse(404, 'oidc.invalid_grant');
    grants.set(user.id, left);
    return noContent;
  }),
};
