import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route } from '../route.ts';
import { keep } from './organizations.ts';
import { refuse, refuseMissing, refuseTaken } from './refusal.ts';
import { act, anyObject, write } from './write.ts';

const customizer = z.object({
  script: z.string(),
  environmentVariables: z.record(z.string()).optional(),
  contextSample: z.unknown(),
  tokenSample: z.unknown(),
});

const keyOf = (path: string) =>
  path === 'access-token'
    ? 'jwt.accessToken'
    : path === 'client-credentials'
      ? 'jwt.clientCredentials'
      : refuseMissing();

const profileField = {
  type: z.string(),
  label: z.string().optional(),
  description: z.string().nullable().optional(),
  required: z.boolean(),
  config: anyObject.optional(),
};

/** What a tenant has by name or language, or one of. */
export const settingWrites: Readonly<Record<string, Route>> = {
  'GET /api/configs/jwt-customizer/:tokenTypePath': act(({ tenant, id }) => {
    const key = keyOf(id);
    return json((tenant.lists.customizers.find((row) => row.key === key) ?? refuseMissing()).value);
  }),
  'PUT /api/configs/jwt-customizer/:tokenTypePath': write(customizer, ({ tenant, id, body }) => {
    const { customizers } = tenant.lists;
    const key = keyOf(id);
    const held = customizers.find((row) => row.key === key);
    if (held) held.value = body;
    else customizers.push({ key, value: body });
    return json(body, held ? 200 : 201);
  }),
  'PATCH /api/configs/jwt-customizer/:tokenTypePath': write(customizer.partial(), ({ tenant, id, body }) => {
    const key = keyOf(id);
    const held = tenant.lists.customizers.find((row) => row.key === key) ?? refuseMissing();
    held.value = { ...Object(held.value), ...body };
    return json(held.value);
  }),
  'DELETE /api/configs/jwt-customizer/:tokenTypePath': act(({ tenant, id }) => {
    const key = keyOf(id);
    const { customizers } = tenant.lists;
    if (!customizers.some((row) => row.key === key)) refuseMissing();
    keep(customizers, (row) => row.key !== key);
    return noContent;
  }),
  'PUT /api/captcha-provider': write(z.object({ config: anyObject }), ({ tenant, now, body }) => {
    const held = tenant.settings.captcha[0] ?? {
      tenantId: 'default',
      id: tenant.newId(21),
      config: {},
      createdAt: now,
      updatedAt: now,
    };
    tenant.settings.captcha.splice(0, 1, { ...held, config: body.config, updatedAt: now });
    return json(tenant.settings.captcha[0]);
  }),
  'DELETE /api/captcha-provider': act(({ tenant }) =>
    tenant.settings.captcha.splice(0).length ? noContent : refuseMissing(),
  ),
  'POST /api/custom-profile-fields': write(
    z.object({ name: z.string().min(1), ...profileField }),
    ({ tenant, now, body }) => {
      const { profileFields } = tenant.lists;
      if (profileFields.some(({ name }) => name === body.name)) refuseTaken();
      const row: Json = {
        tenantId: 'default',
        id: tenant.newId(21),
        description: null,
        config: {},
        ...body,
        createdAt: now,
        sieOrder: profileFields.reduce((most, { sieOrder }) => Math.max(most, Number(sieOrder)), 0) + 1,
      };
      profileFields.push(row);
      return json(row, 201);
    },
  ),
  'PUT /api/custom-profile-fields/:name': write(z.object(profileField), ({ tenant, id, body }) =>
    json(Object.assign(tenant.lists.profileFields.find(({ name }) => name === id) ?? refuseMissing(), body)),
  ),
  'DELETE /api/custom-profile-fields/:name': act(({ tenant, id }) => {
    const { profileFields } = tenant.lists;
    if (!profileFields.some(({ name }) => name === id)) refuseMissing();
    keep(profileFields, ({ name }) => name !== id);
    return noContent;
  }),
  'PUT /api/custom-phrases/:languageTag': write(anyObject, ({ tenant, id, body }) => {
    const { phrases } = tenant.lists;
    const held = phrases.find(({ languageTag }) => languageTag === id);
    if (held) return json(Object.assign(held, { translation: body }));
    const row = { tenantId: 'default', id: tenant.newId(21), languageTag: id, translation: body };
    phrases.push(row);
    return json(row, 201);
  }),
  'DELETE /api/custom-phrases/:languageTag': act(({ tenant, id }) => {
    const { phrases } = tenant.lists;
    if (!phrases.some(({ languageTag }) => languageTag === id)) refuseMissing();
    keep(phrases, ({ languageTag }) => languageTag !== id);
    return noContent;
  }),
  'PUT /api/email-templates': write(
    z.object({
      templates: z.array(z.object({ languageTag: z.string(), templateType: z.string(), details: anyObject })),
    }),
    ({ tenant, now, body }) => {
      const { emailTemplates } = tenant.lists;
      return json(
        body.templates.map((template) => {
          const held = emailTemplates.find(
            (row) => row.languageTag === template.languageTag && row.templateType === template.templateType,
          );
          if (held) return Object.assign(held, { details: template.details });
          const row = { tenantId: 'default', id: tenant.newId(21), ...template, createdAt: now };
          emailTemplates.push(row);
          return row;
        }),
      );
    },
  ),
  'PATCH /api/email-templates/:id/details': write(anyObject, ({ tenant, id, body }) => {
    const row = tenant.lists.emailTemplates.find((one) => one.id === id) ?? refuseMissing();
    row.details = { ...Object(row.details), ...body };
    return json(row);
  }),
  'DELETE /api/email-templates/:id': act(({ tenant, id }) => {
    const { emailTemplates } = tenant.lists;
    if (!emailTemplates.some((row) => row.id === id)) refuseMissing();
    keep(emailTemplates, (row) => row.id !== id);
    return noContent;
  }),
  // An own server has no provider of names (WRITES).
  'POST /api/domains': write(z.object({ domain: z.string() }), () => refuse(400, 'domain.not_configured')),
  'DELETE /api/domains/:id': act(({ tenant, id }) => {
    const { domains } = tenant.lists;
    if (!domains.some((row) => row.id === id)) refuseMissing();
    keep(domains, (row) => row.id !== id);
    return noContent;
  }),
};
