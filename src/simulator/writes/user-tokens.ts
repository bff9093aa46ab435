import { randomBytes } from 'node:crypto';
import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route, RouteContext } from '../route.ts';
import { fits, refuse, refuseInput, refuseMissing, refuseRelation } from './refusal.ts';
import { act, write } from './write.ts';

const ofUser = ({ tenant, id }: RouteContext) => {
  const user = tenant.users.find((row) => row.id === id);
  return {
    rows: user ? tenant.parts.tokens.of(id, user) : [],
    isThere: user !== undefined,
    set: (rows: readonly Json[]) => tenant.parts.tokens.set(id, rows),
  };
};

const rename = (context: RouteContext, from: string, name: string) => {
  const { rows, set } = ofUser(context);
  const row = rows.find((one) => one.name === from);
  if (!row) return refuse(404, 'entity.not_exists', { fill: { name: 'personal_access_token' } });
  if (name !== from && rows.some((one) => one.name === name))
    refuse(422, 'user.personal_access_token_name_exists');
  const renamed = { ...row, name };
  set(rows.map((one) => (one === row ? renamed : one)));
  return json(renamed);
};

const remove = (context: RouteContext, name: string) => {
  const { rows, set } = ofUser(context);
  const left = rows.filter((one) => one.name !== name);
  if (left.length === rows.length) refuseMissing();
  set(left);
  return noContent;
};

const name = z.string().min(1).max(128);

/** Personal access tokens: their values are shown in every read. */
export const userTokenRoutes: Readonly<Record<string, Route>> = {
  'POST /api/users/:userId/personal-access-tokens': write(
    z.object({ name, expiresAt: z.number().nullable().optional() }),
    (context) => {
      const { id, now, body } = context;
      const { rows, isThere, set } = ofUser(context);
      if (typeof body.expiresAt === 'number' && body.expiresAt <= now)
        refuseInput(400, 'The value of `expiresAt` must be in the future.');
      if (!isThere) refuseRelation(404);
      fits(body.name, 128);
      if (rows.some((one) => one.name === body.name)) refuse(422, 'user.personal_access_token_name_exists');
      const row = {
        tenantId: 'default',
        userId: id,
        name: body.name,
        value: `pat_${randomBytes(24).toString('base64url')}`,
        createdAt: now,
        expiresAt: body.expiresAt ?? null,
      };
      set([...rows, row]);
      return json(row, 201);
    },
  ),
  'PATCH /api/users/:userId/personal-access-tokens': write(
    z.object({ currentName: z.string(), name }),
    (context) => rename(context, context.body.currentName, context.body.name),
  ),
  'PATCH /api/users/:userId/personal-access-tokens/:name': write(z.object({ name }), (context) =>
    rename(context, context.other, context.body.name),
  ),
  'POST /api/users/:userId/personal-access-tokens/delete': write(z.object({ name: z.string() }), (context) =>
    remove(context, context.body.name),
  ),
  'DELETE /api/users/:userId/personal-access-tokens/:name': act((context) => remove(context, context.other)),
};
