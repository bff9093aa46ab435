import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import { isHere } from '../deliveries.ts';
import type { Json } from '../json.ts';
import type { Route } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { keep } from './organizations.ts';
import { refuse, refuseMissing, refuseMissingId } from './refusal.ts';
import { act, anyObject, texts, write } from './write.ts';

const providers: Readonly<Record<string, 'oidc' | 'saml'>> = {
  OIDC: 'oidc',
  SAML: 'saml',
  AzureAD: 'saml',
  AzureAdOidc: 'oidc',
  GoogleWorkspace: 'oidc',
  Okta: 'oidc',
};

const publicDomains = new Set([
  'gmail.com',
  'yahoo.com',
  'outlook.com',
  'hotmail.com',
  'icloud.com',
  'aol.com',
]);

const fields = {
  connectorName: z.string().min(1).max(128),
  config: anyObject,
  domains: texts,
  branding: anyObject,
  syncProfile: z.boolean(),
  enableTokenStorage: z.boolean(),
};

const freeName = ({ lists }: Tenant, name: string | undefined, own?: Json) => {
  if (lists.ssoConnectors.some((row) => row !== own && row.connectorName === name))
    refuse(409, 'single_sign_on.duplicate_connector_name');
};

const allowedDomains = (domains: readonly string[] = []) => {
  const data = domains.filter((domain) => publicDomains.has(domain));
  if (data.length) refuse(422, 'single_sign_on.forbidden_domains', { data: { data } });
};

type Checked = { config: Json; providerConfig?: Json };

/**
 * A configuration as it is kept, with what the provider says of itself: that of an OIDC provider is checked against its
 * issuer, which can be reached on this machine alone.
 */
const checkedConfig = async (config: Json, type: unknown): Promise<Checked> => {
  if (type !== 'oidc') return { config };
  const { clientId, clientSecret, issuer } = config;
  if (typeof clientId !== 'string' || typeof clientSecret !== 'string' || typeof issuer !== 'string')
    return refuse(400, 'connector.invalid_config');
  const url = `${issuer}/.well-known/openid-configuration`;
  try {
    if (!isHere(url)) throw new TypeError('fetch failed');
    const response = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    if (!response.ok) throw new Error(`Status ${response.status}`);
    const said = (await response.json()) as Json;
    const kept = { ...config, trustUnverifiedEmail: config.trustUnverifiedEmail ?? false };
    return {
      config: kept,
      providerConfig: {
        ...kept,
        authorizationEndpoint: said.authorization_endpoint,
        tokenEndpoint: said.token_endpoint,
        userinfoEndpoint: said.userinfo_endpoint,
        jwksUri: said.jwks_uri,
        scope: config.scope ?? 'openid profile email',
      },
    };
  } catch (error) {
    return refuse(400, 'connector.invalid_config', {
      data: {
        ssoErrorCode: 'invalid_config',
        config: { issuer },
        message: 'fail_to_fetch_config',
        error: String(error),
      },
    });
  }
};

const connectorAt = (rows: readonly Json[], table: string, id: string): Json =>
  rows.find((row) => row.id === id) ?? refuseMissingId(table, id);

/** Enterprise and other connectors. */
export const connectorRoutes: Readonly<Record<string, Route>> = {
  'POST /api/sso-connectors': write(
    z.object({
      ...z.object(fields).partial().required({ connectorName: true }).shape,
      providerName: z.string(),
    }),
    async ({ tenant, now, body }) => {
      const { providerName, config = {} } = body;
      const providerType = providers[providerName];
      if (!providerType) return refuse(422, 'connector.not_found', { fill: { type: providerName } });
      freeName(tenant, body.connectorName);
      allowedDomains(body.domains);
      const row: Json = {
        tenantId: 'default',
        id: tenant.newId(12),
        domains: [],
        branding: {},
        syncProfile: false,
        enableTokenStorage: false,
        createdAt: now,
        ...body,
        // It may come without one, and get it later.
        ...(Object.keys(config).length ? await checkedConfig(config, providerType) : { config: {} }),
      };
      const logo = 'data:image/svg+xml;base64,PHN2Zy8+';
      tenant.lists.ssoConnectors.unshift(
        Object.assign(row, { name: providerName, providerType, providerLogo: logo, providerLogoDark: logo }),
      );
      const { name: _, providerType: __, providerLogo: ___, providerLogoDark: ____, ...shown } = row;
      return json(shown);
    },
  ),
  // With nothing known left it answers the unchanged row; `config` is replaced whole.
  'PATCH /api/sso-connectors/:id': write(z.object(fields).partial(), async ({ tenant, id, body }) => {
    const row = connectorAt(tenant.lists.ssoConnectors, 'sso_connectors', id);
    if (body.connectorName !== undefined) freeName(tenant, body.connectorName, row);
    allowedDomains(body.domains);
    const checked = body.config && (await checkedConfig(body.config, row.providerType));
    return json(Object.assign(row, body, checked));
  }),
  'DELETE /api/sso-connectors/:id': act(({ tenant, id }) => {
    if (!tenant.lists.ssoConnectors.some((row) => row.id === id)) refuseMissing();
    keep(tenant.lists.ssoConnectors, (row) => row.id !== id);
    return noContent;
  }),
  'POST /api/connectors': write(
    z.object({
      connectorId: z.string(),
      config: anyObject.optional(),
      metadata: anyObject.optional(),
      syncProfile: z.boolean().optional(),
    }),
    ({ tenant, body }) => {
      const factory = tenant.lists.factories.find(({ id }) => id === body.connectorId);
      if (!factory) return refuse(422, 'connector.not_found_with_connector_id');
      const row: Json = {
        id: tenant.newId(12),
        type: factory.type,
        config: {},
        syncProfile: false,
        enableTokenStorage: false,
        metadata: {},
        name: factory.name,
        target: factory.target,
        platform: factory.platform,
        ...body,
      };
      tenant.connectors.push(row);
      return json(row);
    },
  ),
  'PATCH /api/connectors/:id': write(
    z
      .object({
        config: anyObject,
        metadata: anyObject,
        syncProfile: z.boolean(),
        enableTokenStorage: z.boolean(),
      })
      .partial(),
    ({ tenant, id, body }) => json(Object.assign(connectorAt(tenant.connectors, 'connectors', id), body)),
  ),
  // A social one goes out of the sign-in experience, too.
  'DELETE /api/connectors/:id': act(({ tenant, id }) => {
    const row = connectorAt(tenant.connectors, 'connectors', id);
    keep(tenant.connectors, (one) => one !== row);
    const { signInExperience } = tenant.settings;
    const targets = signInExperience.socialSignInConnectorTargets as unknown[];
    if (row.type === 'Social' && !tenant.connectors.some(({ target }) => target === row.target))
      signInExperience.socialSignInConnectorTargets = targets.filter((target) => target !== row.target);
    return noContent;
  }),
};
