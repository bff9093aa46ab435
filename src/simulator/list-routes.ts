import { json, missingId } from './answer.ts';
import { isWithin, windowOf } from './eras.ts';
import type { Json } from './json.ts';
import type { ListData } from './list-data.ts';
import { listed, listOf } from './pagination.ts';
import type { Route, RouteContext } from './route.ts';
import { invitationAt } from './writes/invitations.ts';

type Rows = (context: RouteContext) => readonly Json[];

const optional =
  (rows: Rows): Route =>
  (context) =>
    listed(context.asked, 'optional', listOf(rows(context)));
const always =
  (rows: Rows): Route =>
  (context) =>
    listed(context.asked, 'always', listOf(rows(context)));
const never =
  (rows: Rows): Route =>
  (context) =>
    json(rows(context));

/** The row whose `key` is the path's id, or the 404 that names the table. */
const one =
  (rows: (lists: ListData) => readonly Json[], table: string, key = 'id'): Route =>
  ({ tenant, id }) => {
    const row = rows(tenant.lists).find((candidate) => candidate[key] === id);
    return row ? json(row) : missingId(table, id);
  };

/** Rows that have the asked text in one of the fields; `parameter` names it in the query. */
const withWord = (
  rows: readonly Json[],
  { asked }: RouteContext,
  parameter: string,
  fields: readonly string[],
) => {
  const word = asked.query.get(parameter)?.toLowerCase();
  return word
    ? rows.filter((row) =>
        fields.some((field) =>
          String(row[field] ?? '')
            .toLowerCase()
            .includes(word),
        ),
      )
    : rows;
};

/** Rows whose fields have exactly what the query asks for; a parameter that is not there asks for nothing. */
const withExactly = (
  rows: readonly Json[],
  { asked }: RouteContext,
  fields: Readonly<Record<string, string>>,
) =>
  Object.entries(fields).reduce<readonly Json[]>((left, [parameter, field]) => {
    const value = asked.query.get(parameter);
    return value === null ? left : left.filter((row) => row[field] === value);
  }, rows);

/** Rows with the ids that a role names in one of its lists. */
const ofRole =
  (list: 'scopes' | 'resourceScopes', rows: (context: RouteContext) => readonly Json[]): Rows =>
  (context) => {
    const role = context.tenant.lists.organizationRoles.find(({ id }) => id === context.id);
    const named = new Set(((role?.[list] as Json[] | undefined) ?? []).map(({ id }) => id));
    return rows(context).filter(({ id }) => named.has(id));
  };

/** The smaller lists of a tenant, and lists nested under their rows. */
export const listRoutes: Readonly<Record<string, Route>> = {
  'GET /api/organization-roles': always((context) =>
    withWord(context.tenant.lists.organizationRoles, context, 'q', ['id', 'name', 'description']),
  ),
  'GET /api/organization-roles/:id': one((lists) => lists.organizationRoles, 'organization_roles'),
  'GET /api/organization-roles/:id/scopes': always(
    ofRole('scopes', ({ tenant }) => tenant.lists.organizationScopes),
  ),
  'GET /api/organization-roles/:id/resource-scopes': always(
    ofRole('resourceScopes', ({ tenant }) => tenant.scopes),
  ),
  'GET /api/organization-scopes': optional((context) =>
    withWord(context.tenant.lists.organizationScopes, context, 'q', ['id', 'name', 'description']),
  ),
  'GET /api/organization-scopes/:id': one((lists) => lists.organizationScopes, 'organization_scopes'),
  'GET /api/organization-invitations': never((context) =>
    withExactly(context.tenant.lists.invitations, context, {
      organizationId: 'organizationId',
      inviterId: 'inviterId',
      invitee: 'invitee',
    }).map((row) => invitationAt(context.tenant, row, context.now)),
  ),
  'GET /api/organization-invitations/:id': ({ tenant, id, now }) => {
    const row = tenant.lists.invitations.find((one) => one.id === id);
    return row ? json(invitationAt(tenant, row, now)) : missingId('organization_invitations', id);
  },
  'GET /api/organizations/:id/users/:other/roles': always(({ tenant, id, other }) =>
    tenant.usersByOrganization.get(id)?.has(other) ? tenant.organizationParts.rolesOf(id, other) : [],
  ),
  'GET /api/organizations/:id/users/:other/scopes': never(({ tenant, id, other }) => {
    const roles = tenant.organizationParts.rolesOf(id, other);
    const named = new Set(roles.flatMap(({ scopes }) => (scopes as Json[]).map((scope) => scope.id)));
    return tenant.lists.organizationScopes.filter((scope) => named.has(scope.id));
  }),
  'GET /api/organizations/:id/applications/:other/roles': always(({ tenant, id, other }) =>
    tenant.organizationParts.applicationRoles(id, other),
  ),
  'GET /api/organizations/:id/jit/email-domains': (context) =>
    listed(
      context.asked,
      // Up to some server between, its pages come unasked (FACTS older servers).
      context.era === '1.30' ? 'always' : 'optional',
      listOf(context.tenant.organizationParts.jit(context.id).domains, (emailDomain) => ({
        tenantId: 'default',
        organizationId: context.id,
        emailDomain,
      })),
    ),
  'GET /api/organizations/:id/jit/roles': always(({ tenant, id }) => tenant.organizationParts.jitRoles(id)),
  'GET /api/organizations/:id/jit/sso-connectors': always(({ tenant, id }) => {
    const { connectors } = tenant.organizationParts.jit(id);
    return tenant.lists.ssoConnectors.filter((row) => connectors.includes(String(row.id)));
  }),
  'GET /api/sso-connectors': optional(({ tenant }) => tenant.lists.ssoConnectors),
  'GET /api/sso-connectors/:id': one((lists) => lists.ssoConnectors, 'sso_connectors'),
  // A certificate is for connectors that sign (SAML); its shape is the document's.
  'GET /api/sso-connectors/:id/signing-keys': ({ tenant, id, now }) => {
    const connector = tenant.lists.ssoConnectors.find((one) => one.id === id);
    if (!connector) return missingId('sso_connectors', id);
    const signs = Object.hasOwn(Object(connector.config), 'metadataUrl');
    return json(signs ? tenant.parts.certificates(now) : []);
  },
  'GET /api/connector-factories': never(({ tenant }) => tenant.lists.factories),
  'GET /api/connector-factories/:id': one((lists) => lists.factories, 'connectors'),
  'GET /api/custom-profile-fields': never(({ tenant }) => tenant.lists.profileFields),
  'GET /api/custom-profile-fields/:id': one((lists) => lists.profileFields, 'custom_profile_fields', 'name'),
  'GET /api/email-templates': never((context) =>
    withExactly(context.tenant.lists.emailTemplates, context, {
      languageTag: 'languageTag',
      templateType: 'templateType',
    }),
  ),
  'GET /api/email-templates/:id': one((lists) => lists.emailTemplates, 'email_templates'),
  'GET /api/one-time-tokens': optional((context) =>
    withExactly(context.tenant.lists.oneTimeTokens, context, { email: 'email', status: 'status' }),
  ),
  'GET /api/one-time-tokens/:id': one((lists) => lists.oneTimeTokens, 'one_time_tokens'),
  'GET /api/domains': never(({ tenant }) => tenant.lists.domains),
  'GET /api/domains/:id/verification-files': ({ tenant, id }) =>
    tenant.lists.domains.some((one) => one.id === id)
      ? json({ verificationFiles: [] })
      : missingId('domains', id),
  'GET /api/domains/:id': one((lists) => lists.domains, 'domains'),
  'GET /api/custom-phrases': never(({ tenant }) => tenant.lists.phrases),
  'GET /api/custom-phrases/:id': one((lists) => lists.phrases, 'custom_phrases', 'languageTag'),
  'GET /api/configs/jwt-customizer': never(({ tenant }) => tenant.lists.customizers),
  'GET /api/configs/actions': never(() => [
    {
      key: 'postSignIn',
      value: {
        script: 'export const run = async () => ({});',
        environmentVariables: { TOKEN: 'sim-action-secret-55' },
        contextSample: { user: { email: 'sample@example.com' } },
        enabled: true,
        onExecutionError: 'continue',
      },
    },
  ]),
  'GET /api/configs/id-token': ({ tenant }) => json(tenant.settings.idToken),
  'GET /api/configs/oidc/session': ({ tenant }) => json(tenant.settings.oidcSession),
  'GET /api/configs/oidc/:id': ({ tenant, id }) =>
    json(id === 'private-keys' ? tenant.lists.privateKeys : tenant.lists.cookieKeys),
  // Its bounds were not measured on older servers; they came with those of the logs.
  'GET /api/hooks/:id/recent-logs': (context) => {
    const { asked, tenant, era, id } = context;
    const window = windowOf(era, asked);
    if ('status' in window) return window;
    const told = tenant.parts.hookLogs.filter(({ payload }) => (payload as Json).hookId === id);
    const rows = withExactly([...told, ...tenant.lists.hookLogs(id)], context, { logKey: 'key' });
    return listed(
      asked,
      'always',
      listOf(rows.filter(({ createdAt }) => isWithin(Number(createdAt), window))),
    );
  },
  'GET /api/applications/:id/user-consent-scopes': ({ tenant, id }) =>
    json({
      organizationScopes: [],
      resourceScopes: [],
      organizationResourceScopes: [],
      userScopes: ['email', 'profile'],
      ...tenant.parts.consents.get(id),
    }),
  'GET /api/applications/:id/protected-app-metadata/custom-domains': never(() => []),
  'GET /api/applications/:id/sign-in-experience': ({ tenant, id }) => {
    const row = tenant.parts.experiences.get(id);
    return row ? json(row) : missingId('application_sign_in_experiences', id);
  },
};
