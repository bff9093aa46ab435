import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { digestOf, isRight } from './passwords.ts';
import { refuse, refuseMissing } from './refusal.ts';
import { dataUpdated, userAnswer, userAt } from './users.ts';
import { act, anyObject, write } from './write.ts';

const identityOf = (value: unknown): Json => (typeof value === 'object' && value ? (value as Json) : {});

const isIdentityTaken = (tenant: Tenant, target: string, userId: string, own: string) =>
  tenant.users.some((user) => user.id !== own && identityOf(user.identities[target]).userId === userId);

/** Password and social identities of a user. */
export const userPartRoutes: Readonly<Record<string, Route>> = {
  // The password policy is not applied, and sessions live on (WRITES, users).
  'PATCH /api/users/:userId/password': write(z.object({ password: z.string().min(1) }), (context) => {
    const { tenant, now, body } = context;
    const user = userAt(context);
    tenant.parts.setDigest(user, digestOf(body.password));
    tenant.touchUser(user, now);
    return userAnswer(user, [dataUpdated(user)]);
  }),
  'POST /api/users/:userId/password/verify': write(z.object({ password: z.string().min(1) }), (context) => {
    const { tenant, body } = context;
    const user = userAt(context);
    const digest = tenant.parts.digest(user);
    if (!digest || !isRight(body.password, digest)) return refuse(422, 'session.invalid_credentials');
    // It writes: an old kind of digest is made anew.
    if (!digest.passwordAlgorithm.startsWith('Argon2') && digest.passwordAlgorithm !== 'Bcrypt')
      tenant.parts.setDigest(user, digestOf(body.password));
    return noContent;
  }),
  'PATCH /api/users/:userId/password/expiration': write(z.object({ isExpired: z.boolean() }), (context) => {
    const user = userAt(context);
    const { enabled } = identityOf(context.tenant.settings.signInExperience.passwordExpiration);
    if (context.body.isExpired && enabled !== true)
      refuse(400, 'sign_in_experiences.password_expiration_not_enabled');
    return userAnswer(user);
  }),
  'PUT /api/users/:userId/identities/:target': write(
    z.object({ userId: z.string().min(1), details: anyObject.optional() }),
    (context) => {
      const { tenant, now, body, other: target } = context;
      const user = userAt(context);
      if (isIdentityTaken(tenant, target, body.userId, user.id)) refuse(422, 'user.identity_already_in_use');
      const held = tenant.parts.identities(user);
      const identities = { ...held, [target]: body };
      tenant.parts.setIdentities(user, identities);
      tenant.touchUser(user, now);
      return json(identities, target in held ? 200 : 201);
    },
  ),
  'DELETE /api/users/:userId/identities/:target': act((context) => {
    const { tenant, now, other: target } = context;
    const user = userAt(context);
    const { [target]: gone, ...left } = tenant.parts.identities(user);
    if (gone === undefined) refuse(404, 'user.identity_not_exist');
    tenant.parts.setIdentities(user, left);
    tenant.touchUser(user, now);
    return userAnswer(user);
  }),
  // Links through a connector's own sign-in; the simulator has none that could be asked.
  'POST /api/users/:userId/identities': write(
    z.object({ connectorId: z.string(), connectorData: anyObject }),
    (context) => {
      userAt(context);
      return refuseMissing();
    },
  ),
};
