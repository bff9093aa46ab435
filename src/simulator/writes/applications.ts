import { randomBytes } from 'node:crypto';
import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route, RouteContext } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { keep } from './organizations.ts';
import { refuse, refuseInput, refuseMissingId } from './refusal.ts';
import { act, anyObject, texts, write } from './write.ts';

/** Any URL: `javascript:`, `ftp:`, wildcards and fragments no less than others. */
const uri = z.string().refine((text) => URL.canParse(text));

const fields = {
  name: z.string().min(1).max(256),
  description: z.string().nullable(),
  oidcClientMetadata: z.object({
    redirectUris: z.array(uri),
    postLogoutRedirectUris: z.array(uri),
    backchannelLogoutUri: z.string().url().optional(),
    backchannelLogoutSessionRequired: z.boolean().optional(),
    logoUri: z.string().optional(),
  }),
  customClientMetadata: z
    .object({
      corsAllowedOrigins: texts,
      idTokenTtl: z.number(),
      refreshTokenTtl: z.number(),
      refreshTokenTtlInDays: z.number().int().min(1).max(180),
      tenantId: z.string(),
      alwaysIssueRefreshToken: z.boolean(),
      rotateRefreshToken: z.boolean(),
      allowTokenExchange: z.boolean(),
    })
    .partial(),
  customData: anyObject,
  appLevelAccessControlEnabled: z.boolean(),
};

const types = ['Native', 'SPA', 'Traditional', 'MachineToMachine', 'Protected', 'SAML'] as const;

export const applicationAt = ({ tenant, id }: RouteContext): Json =>
  tenant.applications.find((app) => app.id === id) ?? refuseMissingId('applications', id);

/** The kinds of application that keep a secret. */
export const keepsSecrets = ({ type }: Json) => type === 'MachineToMachine' || type === 'Traditional';

export const newSecret = () => randomBytes(24).toString('base64url');
/** What stands in a row without a legacy secret. */
export const noLegacySecret = () => `internal:${newSecret()}`;

const hasRules = (tenant: Tenant, id: string) =>
  Object.values(tenant.parts.rules.get(id) ?? {}).some((list) => list.length > 0);

export const needsRule = () =>
  refuseInput(422, 'Application access control must include at least one rule before it can be enabled.');

const useSamlApi = ({ type }: Json) => {
  if (type === 'SAML') refuse(400, 'application.saml.use_saml_app_api');
};

/** An application is gone, with its roles, secrets, rules and links to organizations. Its tokens keep working. */
export const removeApplication = (tenant: Tenant, id: string) => {
  keep(tenant.applications, (app) => app.id !== id);
  for (const apps of tenant.appsByRole.values()) apps.delete(id);
  tenant.organizationParts.forgetApplication(id);
  tenant.parts.secrets.forget(id);
  tenant.parts.rules.delete(id);
  tenant.parts.goneApps.add(id);
};

export const applicationRoutes: Readonly<Record<string, Route>> = {
  'POST /api/applications': write(
    z.object({
      ...z.object(fields).partial().required({ name: true }).shape,
      type: z.enum(types),
      isThirdParty: z.boolean().optional(),
      protectedAppMetadata: anyObject.optional(),
    }),
    ({ tenant, now, body: { protectedAppMetadata, ...body } }) => {
      useSamlApi(body);
      if (body.type === 'Protected')
        refuse(
          protectedAppMetadata ? 501 : 400,
          protectedAppMetadata
            ? 'application.protected_app_not_configured'
            : 'application.protected_app_metadata_is_required',
        );
      if (body.isThirdParty && body.type === 'MachineToMachine')
        refuse(400, 'application.invalid_third_party_application_type');
      const row: Json = {
        tenantId: 'default',
        id: tenant.newId(21),
        secret: noLegacySecret(),
        description: null,
        oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] },
        customClientMetadata: {},
        protectedAppMetadata: null,
        customData: {},
        isThirdParty: false,
        appLevelAccessControlEnabled: false,
        ...body,
        createdAt: now,
      };
      tenant.applications.unshift(row);
      const secret = {
        tenantId: 'default',
        applicationId: row.id,
        name: 'Default secret',
        value: newSecret(),
        createdAt: now,
        expiresAt: null,
      };
      tenant.parts.secrets.set(String(row.id), keepsSecrets(row) ? [secret] : []);
      return json(row);
    },
  ),
  // With nothing known left it answers the unchanged row, unlike most (WRITES, rules that hold everywhere).
  'PATCH /api/applications/:id': write(z.object(fields).partial(), (context) => {
    const { tenant, id, body } = context;
    const row = applicationAt(context);
    useSamlApi(row);
    if (body.appLevelAccessControlEnabled && !hasRules(tenant, id)) needsRule();
    return json(Object.assign(row, body));
  }),
  'DELETE /api/applications/:id': act((context) => {
    useSamlApi(applicationAt(context));
    removeApplication(context.tenant, context.id);
    return noContent;
  }),
  // The bare object, where a user's is wrapped.
  'PATCH /api/applications/:id/custom-data': write(anyObject, (context) => {
    const row = applicationAt(context);
    row.customData = { ...Object(row.customData), ...context.body };
    return json(row.customData);
  }),
  'DELETE /api/applications/:id/legacy-secret': act((context) => {
    const row = applicationAt(context);
    if (String(row.secret).startsWith('internal:')) refuse(400, 'application.no_legacy_secret_found');
    // What was listed under its value is a secret of its own.
    const { secrets } = context.tenant.parts;
    secrets.set(context.id, secrets.of(context.id, row));
    row.secret = noLegacySecret();
    return json(row);
  }),
};
