import type { Json } from './json.ts';
import { companies } from './names.ts';
import { idText, pick } from './random.ts';

const day = 86_400_000;
const tenantId = 'default';

/** What the smaller lists of a tenant are made from. */
export type ListSeed = {
  seed: number;
  anchor: number;
  userIds: readonly string[];
  organizationIds: readonly string[];
  scopes: readonly Json[];
};

const organizationScopes = (seed: number): Json[] =>
  ['read:members', 'invite:members', 'remove:members', 'manage:billing', 'manage:settings'].map(
    (name, n) => ({
      tenantId,
      id: idText(21, seed + 80, n),
      name,
      description: `May ${name.replace(':', ' ')} of the organization`,
    }),
  );

const organizationRoles = (seed: number, own: readonly Json[], scopes: readonly Json[]): Json[] =>
  ['owner', 'admin', 'member', 'guest', 'machine: sync'].map((name, n) => ({
    tenantId,
    id: idText(21, seed + 81, n),
    name,
    description: `What ${name.startsWith('machine') ? 'a service' : `${name}s`} may do in an organization`,
    type: name.startsWith('machine') ? 'MachineToMachine' : 'User',
    scopes: own.slice(0, own.length - n).map(({ id, name: scope }) => ({ id, name: scope })),
    resourceScopes: scopes
      .slice(n * 2 + 1, n * 2 + 3)
      .map(({ id, name: scope, resourceId }) => ({ id, name: scope, resource: { id: resourceId } })),
  }));

const invitations = ({ seed, anchor, userIds, organizationIds }: ListSeed, roles: readonly Json[]): Json[] =>
  Array.from({ length: 37 }, (_, n) => ({
    tenantId,
    id: idText(21, seed + 82, n),
    inviterId: userIds[n % userIds.length] ?? null,
    invitee: `invited.${n}@partner.example`,
    acceptedUserId: n % 4 === 1 ? (userIds[(n + 5) % userIds.length] ?? null) : null,
    organizationId: organizationIds[n % organizationIds.length],
    status: ['Pending', 'Accepted', 'Expired', 'Revoked'][n % 4],
    createdAt: anchor - (n + 1) * day,
    updatedAt: anchor - n * day,
    expiresAt: anchor + (7 - n) * day,
    organizationRoles: [{ id: roles[2]?.id, name: roles[2]?.name }],
    magicLink: null,
  }));

const ssoConnectors = (seed: number, anchor: number): Json[] =>
  (
    [
      ['Okta', 'Contoso workforce', 'oidc'],
      ['AzureAD', 'Fabrikam', 'saml'],
      ['GoogleWorkspace', 'Nordwind', 'oidc'],
      ['OIDC', 'Hanbit', 'oidc'],
    ] as const
  ).map(([providerName, connectorName, providerType], n) => ({
    tenantId,
    id: idText(12, seed + 83, n),
    providerName,
    connectorName,
    config:
      providerType === 'oidc'
        ? {
            clientId: `sso-client-${n}`,
            clientSecret: `sim-sso-secret-${n}f1d2`,
            issuer: `https://idp${n}.example.com`,
          }
        : {
            metadataUrl: `https://idp${n}.example.com/metadata`,
            entityId: `urn:idp${n}`,
            signingKey: 'sim-saml-key-77aa',
          },
    domains: [`corp${n}.example.com`],
    branding: { displayName: connectorName },
    syncProfile: n % 2 === 0,
    enableTokenStorage: false,
    createdAt: anchor - (n + 2) * 11 * day,
    name: providerName,
    providerType,
    providerLogo: '',
    providerLogoDark: '',
  }));

const factories = (): Json[] =>
  (
    [
      ['simple-mail-transfer-protocol', 'Email', 'SMTP'],
      ['twilio-short-message-service', 'Sms', 'Twilio SMS Service'],
      ['google-universal', 'Social', 'Google'],
      ['github-universal', 'Social', 'GitHub'],
      ['apple-universal', 'Social', 'Apple'],
      ['kakao-universal', 'Social', 'Kakao'],
    ] as const
  ).map(([id, type, name]) => ({
    id,
    type,
    isDemo: false,
    target: id.split('-')[0],
    name: { en: name, ko: name, ja: name, de: name },
    description: { en: `${name} connector` },
    logo: './logo.svg',
    logoDark: null,
    readme: './README.md',
    formItems: [],
    platform: type === 'Social' ? 'Universal' : null,
    isStandard: false,
    isTokenStorageSupported: false,
  }));

const profileFields = (seed: number, anchor: number): Json[] =>
  (
    [
      ['givenName', 'Text', 'Given name'],
      ['birthdate', 'Date', 'Date of birth'],
      ['company', 'Text', 'Company'],
      ['size', 'Select', 'Company size'],
      ['newsletter', 'Checkbox', 'Newsletter'],
    ] as const
  ).map(([name, type, label], n) => ({
    tenantId,
    id: idText(21, seed + 84, n),
    name,
    type,
    label,
    description: null,
    required: n === 0,
    config: {},
    createdAt: anchor - (n + 30) * day,
    sieOrder: n + 1,
  }));

const emailTemplates = (seed: number, anchor: number): Json[] =>
  ['SignIn', 'Register', 'ForgotPassword', 'OrganizationInvitation'].flatMap((templateType, n) =>
    ['en', 'ko', 'ja', 'de'].map((languageTag, m) => ({
      tenantId,
      id: idText(21, seed + 85 + m, n),
      languageTag,
      templateType,
      details: {
        subject: `${templateType} (${languageTag})`,
        content: '<p>{{code}}</p>',
        contentType: 'text/html',
      },
      createdAt: anchor - (n + m + 40) * day,
    })),
  );

const oneTimeTokens = (seed: number, anchor: number): Json[] =>
  Array.from({ length: 230 }, (_, n) => ({
    tenantId,
    id: idText(21, seed + 90, n),
    email: `visitor.${n}@example.com`,
    token: `sim-one-time-token-${idText(16, seed + 91, n)}`,
    context: {},
    status: ['active', 'consumed', 'expired', 'revoked'][n % 4],
    createdAt: anchor - n * 3_600_000,
    expiresAt: anchor - n * 3_600_000 + 600_000,
  }));

const keysOf = (seed: number, anchor: number, of: string): Json[] =>
  ['Current', 'Previous'].map((status, n) => ({
    id: idText(21, seed + of.length, n),
    createdAt: Math.floor((anchor - n * 90 * day) / 1000),
    ...(of === 'private-keys' ? { signingKeyAlgorithm: 'EC', status } : {}),
  }));

/** Lists that a tenant has besides users, roles, logs, applications and organizations. */
export const listData = (from: ListSeed) => {
  const { seed, anchor, scopes } = from;
  const ownScopes = organizationScopes(seed);
  const roles = organizationRoles(seed, ownScopes, scopes);
  return {
    organizationScopes: ownScopes,
    organizationRoles: roles,
    invitations: invitations(from, roles),
    ssoConnectors: ssoConnectors(seed, anchor),
    factories: factories(),
    profileFields: profileFields(seed, anchor),
    emailTemplates: emailTemplates(seed, anchor),
    oneTimeTokens: oneTimeTokens(seed, anchor),
    domains: [
      {
        id: idText(21, seed + 92, 0),
        domain: 'auth.example.com',
        status: 'Active',
        errorMessage: null,
        dnsRecords: [{ type: 'CNAME', name: 'auth.example.com', value: 'domains.logto.app' }],
        createdAt: anchor - 200 * day,
      },
    ],
    phrases: [
      {
        tenantId,
        id: idText(21, seed + 93, 0),
        languageTag: 'ko',
        translation: { action: { sign_in: '로그인' } },
      },
      {
        tenantId,
        id: idText(21, seed + 93, 1),
        languageTag: 'de',
        translation: { action: { sign_in: 'Anmelden' } },
      },
    ] as Json[],
    customizers: [
      {
        key: 'jwt.accessToken',
        value: {
          script: 'const getCustomJwtClaims = async ({ token }) => ({ plan: token.plan });',
          environmentVariables: { API_KEY: 'sim-customizer-key-5b1c' },
        },
      },
    ] as Json[],
    privateKeys: keysOf(seed, anchor, 'private-keys'),
    cookieKeys: keysOf(seed, anchor, 'cookie-keys'),
    hookLogs: (hook: string): Json[] =>
      Array.from({ length: 120 }, (_, n) => ({
        tenantId,
        id: idText(21, seed + 94 + hook.length, n),
        key: `TriggerHook.${pick(['User.Created', 'User.Deleted', 'Role.Created'], seed, n)}`,
        payload: {
          key: 'TriggerHook.User.Created',
          result: n % 9 === 4 ? 'Error' : 'Success',
          hookId: hook,
          hookRequest: { body: { event: 'User.Created' }, headers: { 'x-api-key': 'sim-hook-header-3d2e' } },
          response: { statusCode: n % 9 === 4 ? 500 : 200 },
        },
        createdAt: anchor - n * 1_800_000,
      })),
    jitDomains: (organization: string): Json[] => [
      {
        tenantId,
        organizationId: organization,
        emailDomain: `${(companies[organization.length % companies.length] ?? 'x').toLowerCase().replace(/[^a-z]/g, '')}.example`,
      },
    ],
  };
};

export type ListData = ReturnType<typeof listData>;
