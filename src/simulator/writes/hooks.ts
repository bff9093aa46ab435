import { randomBytes } from 'node:crypto';
import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import { sendTo } from '../deliveries.ts';
import type { Json } from '../json.ts';
import type { Route } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { keep } from './organizations.ts';
import { refuse, refuseMissing, refuseMissingId } from './refusal.ts';
import { act, someOf, texts, write } from './write.ts';

/** The url is any text. */
const config = z.object({
  url: z.string(),
  headers: z.record(z.string()).optional(),
  retries: z.number().optional(),
});

const fields = {
  name: z.string().max(256),
  event: z.string().nullable(),
  events: texts,
  config,
  enabled: z.boolean(),
  createdAt: z.number(),
};

const newKey = () => randomBytes(24).toString('base64url');

const hookAt = (tenant: Tenant, id: string): Json =>
  tenant.hooks.find((hook) => hook.id === id) ?? refuse(404, 'entity.not_exists', { fill: { name: 'hook' } });

/** Webhooks. Writing them tells no hook. */
export const hookRoutes: Readonly<Record<string, Route>> = {
  'POST /api/hooks': write(
    z.object({ ...z.object(fields).partial().required({ config: true }).shape }),
    ({ tenant, now, body }) => {
      if (!body.events?.length && !body.event) refuse(400, 'hook.missing_events');
      const row: Json = {
        tenantId: 'default',
        id: tenant.newId(21),
        name: '',
        event: null,
        enabled: true,
        createdAt: now,
        ...body,
        events: [...new Set(body.events)],
        signingKey: newKey(),
      };
      tenant.hooks.unshift(row);
      return json(row, 201);
    },
  ),
  // `config` is replaced whole: headers that are not given again are lost.
  'PATCH /api/hooks/:id': write(z.object(fields).partial(), ({ tenant, id, body }) => {
    const { events, ...rest } = someOf(body);
    return json(Object.assign(hookAt(tenant, id), rest, events ? { events: [...new Set(events)] } : {}));
  }),
  'PATCH /api/hooks/:id/signing-key': act(({ tenant, id }) =>
    json(Object.assign(hookAt(tenant, id), { signingKey: newKey() })),
  ),
  'DELETE /api/hooks/:id': act(({ tenant, id }) => {
    if (!tenant.hooks.some((hook) => hook.id === id)) refuseMissing();
    keep(tenant.hooks, (hook) => hook.id !== id);
    return noContent;
  }),
  // To the url in the body, signed with the hook's key, one try.
  'POST /api/hooks/:id/test': write(
    z.object({ events: texts.nonempty(), config }),
    async ({ tenant, id, now, body }) => {
      const hook = tenant.hooks.find((one) => one.id === id) ?? refuseMissingId('hooks', id);
      for (const event of body.events) {
        const sent = await sendTo(
          { config: body.config, signingKey: hook.signingKey },
          { hookId: id, event, createdAt: new Date(now).toISOString(), data: {} },
        );
        if ('error' in sent) refuse(422, 'hook.send_test_payload_failed', { fill: { message: sent.error } });
        else if (sent.statusCode >= 400)
          refuse(422, 'hook.endpoint_responded_with_error', {
            data: { responseStatus: sent.statusCode, responseBody: sent.body },
          });
      }
      return noContent;
    },
  ),
};
