import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import { certificate } from '../certificates.ts';
import type { Json } from '../json.ts';
import type { Route, RouteContext } from '../route.ts';
import { noLegacySecret, removeApplication } from './applications.ts';
import { refuse, refuseMissing, refuseMissingId } from './refusal.ts';
import { act, anyObject, write } from './write.ts';

const yearMs = 365 * 86_400_000;

const fields = {
  name: z.string().min(1).max(256),
  description: z.string().nullable(),
  customData: anyObject,
  attributeMapping: anyObject,
  entityId: z.string().nullable(),
  acsUrl: anyObject.nullable(),
  encryption: anyObject.nullable(),
  nameIdFormat: z.string(),
};
const samlFields = ['attributeMapping', 'entityId', 'acsUrl', 'encryption', 'nameIdFormat'] as const;

const samlAt = ({ tenant, id }: RouteContext): Json =>
  tenant.applications.find((app) => app.id === id && app.type === 'SAML') ??
  refuseMissingId('applications', id);

/** The row as this API shows it: with what is SAML's, without what is OIDC's. */
export const samlRow = ({ tenant, id }: RouteContext, row: Json): Json => {
  const {
    secret: _,
    oidcClientMetadata: __,
    customClientMetadata: ___,
    protectedAppMetadata: ____,
    ...kept
  } = row;
  const none = { attributeMapping: {}, entityId: null, acsUrl: null, encryption: null, nameIdFormat: '' };
  return { ...kept, ...none, ...tenant.parts.saml.get(String(row.id ?? id)) };
};

const split = (body: Json) => ({
  saml: Object.fromEntries(Object.entries(body).filter(([name]) => samlFields.some((one) => one === name))),
  own: Object.fromEntries(Object.entries(body).filter(([name]) => !samlFields.some((one) => one === name))),
});

const secretsOf = ({ tenant, id, now }: RouteContext): readonly Json[] =>
  tenant.parts.samlSecrets.get(id) ?? tenant.parts.certificates(now);

export const samlRoutes: Readonly<Record<string, Route>> = {
  'GET /api/saml-applications/:id': act((context) => json(samlRow(context, samlAt(context)))),
  'GET /api/saml-applications/:id/secrets': act((context) => {
    samlAt(context);
    return json(secretsOf(context));
  }),
  'POST /api/saml-applications': write(z.object(fields).partial().required({ name: true }), (context) => {
    const { tenant, now, body } = context;
    const { own, saml } = split(body);
    const row: Json = {
      tenantId: 'default',
      id: tenant.newId(21),
      secret: noLegacySecret(),
      description: null,
      type: 'SAML',
      oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] },
      customClientMetadata: {},
      protectedAppMetadata: null,
      customData: {},
      isThirdParty: false,
      appLevelAccessControlEnabled: false,
      ...own,
      createdAt: now,
    };
    const id = String(row.id);
    tenant.applications.unshift(row);
    tenant.parts.saml.set(id, saml);
    tenant.parts.samlSecrets.set(id, [certificate(tenant.newId(21), now, now + 3 * yearMs, true)]);
    return json(samlRow(context, row), 201);
  }),
  'PATCH /api/saml-applications/:id': write(z.object(fields).partial(), (context) => {
    const { tenant, id, body } = context;
    const row = samlAt(context);
    const { own, saml } = split(body);
    tenant.parts.saml.set(id, { ...tenant.parts.saml.get(id), ...saml });
    return json(samlRow(context, Object.assign(row, own)));
  }),
  'DELETE /api/saml-applications/:id': act((context) => {
    samlAt(context);
    removeApplication(context.tenant, context.id);
    return noContent;
  }),
  'POST /api/saml-applications/:id/secrets': write(
    z.object({ lifeSpanInYears: z.number().int().positive() }),
    (context) => {
      const { tenant, id, now, body } = context;
      samlAt(context);
      const row = certificate(tenant.newId(21), now, now + body.lifeSpanInYears * yearMs, false);
      tenant.parts.samlSecrets.set(id, [...secretsOf(context), row]);
      return json(row, 201);
    },
  ),
  'PATCH /api/saml-applications/:id/secrets/:secretId': write(
    z.object({ active: z.boolean() }),
    (context) => {
      const { tenant, id, other, body } = context;
      samlAt(context);
      const rows = secretsOf(context);
      const row = rows.find((one) => one.id === other) ?? refuseMissing();
      const changed = { ...row, active: body.active };
      tenant.parts.samlSecrets.set(
        id,
        rows.map((one) => (one === row ? changed : { ...one, active: body.active ? false : one.active })),
      );
      return json(changed);
    },
  ),
  'DELETE /api/saml-applications/:id/secrets/:secretId': act((context) => {
    const { tenant, id, other } = context;
    samlAt(context);
    const rows = secretsOf(context);
    const row = rows.find((one) => one.id === other) ?? refuseMissing();
    if (row.active === true) refuse(400, 'application.saml.can_not_delete_active_secret');
    tenant.parts.samlSecrets.set(
      id,
      rows.filter((one) => one !== row),
    );
    return noContent;
  }),
};
