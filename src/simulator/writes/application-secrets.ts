import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route, RouteContext } from '../route.ts';
import { applicationAt, keepsSecrets, newSecret } from './applications.ts';
import { refuse, refuseConstraint, refuseInput, refuseMissing } from './refusal.ts';
import { act, write } from './write.ts';

const name = z.string().min(1).max(256);

const held = (context: RouteContext) => {
  const app = applicationAt(context);
  const { secrets } = context.tenant.parts;
  return {
    app,
    rows: secrets.of(context.id, app),
    set: (rows: readonly Json[]) => secrets.set(context.id, rows),
  };
};

const freeName = (rows: readonly Json[], given: string, own?: Json) => {
  if (rows.some((row) => row !== own && row.name === given)) refuse(422, 'application.secret_name_exists');
};

/** Secrets of applications: their values are shown in every read; a deleted one is of no use at once. */
export const applicationSecretRoutes: Readonly<Record<string, Route>> = {
  'POST /api/applications/:id/secrets': write(
    z.object({ name, expiresAt: z.number().nullable().optional() }),
    (context) => {
      const { id, now, body } = context;
      const { app, rows, set } = held(context);
      if (typeof body.expiresAt === 'number' && body.expiresAt <= now)
        refuseInput(400, 'The value of `expiresAt` must be in the future.');
      if (!keepsSecrets(app)) refuseConstraint();
      freeName(rows, body.name);
      const row = {
        tenantId: 'default',
        applicationId: id,
        name: body.name,
        value: newSecret(),
        createdAt: now,
        expiresAt: body.expiresAt ?? null,
      };
      set([...rows, row]);
      return json(row, 201);
    },
  ),
  'PATCH /api/applications/:id/secrets/:name': write(z.object({ name }), (context) => {
    const { rows, set } = held(context);
    const row = rows.find((one) => one.name === context.other) ?? refuseMissing();
    freeName(rows, context.body.name, row);
    const renamed = { ...row, name: context.body.name };
    set(rows.map((one) => (one === row ? renamed : one)));
    return json(renamed);
  }),
  'DELETE /api/applications/:id/secrets/:name': act((context) => {
    const { rows, set } = held(context);
    const left = rows.filter((one) => one.name !== context.other);
    if (left.length === rows.length) refuseMissing();
    set(left);
    return noContent;
  }),
};
