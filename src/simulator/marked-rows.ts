import type { Resource } from '../shared/catalog/index.ts';
import type { Row } from '../shared/row.ts';
import { isRow, recordedRows } from './recorded-rows.ts';

/** Looked for where it must not be. */
export const mark = 'Mk7marked9secret';

/** Where a secret can stand by its name, in the writings that servers and their tenants use. */
export const secretNames = [
  'password passwordEncrypted passwordDigest password_hash passphrase secret client_secret clientSecret appSecret',
  'tokenSecret accessKeySecret secret_access_key api_key apiKey API-KEY private_key privateKey signingKey credentials',
  'environmentVariables token access_token accessToken refresh_token refreshToken id_token idToken id_token_hint',
  'subject_token actor_token jti client_assertion code_verifier codeVerifier verificationCode device_code otp',
  'Authorization set-cookie Cookie x-api-key backupCodes',
  'stripeApiKey crm_password githubToken AWS_SECRET_ACCESS_KEY dbPasswd webhookSecrets reset-token logoutToken2',
  'tokenHash secretValue apiKeys sshKey connectionString pin dbpassword',
].flatMap((line) => line.split(' '));

/** A copy with every string, or every object, replaced as `at` says. */
export const changed = (
  value: unknown,
  text: (text: string, key: string) => unknown,
  object: (object: Row) => Row = (same) => same,
  key = '',
): unknown => {
  if (typeof value === 'string') return text(value, key);
  if (Array.isArray(value)) return value.map((inner) => changed(inner, text, object, key));
  if (!isRow(value)) return value;
  return object(
    Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, changed(inner, text, object, name)]),
    ),
  );
};
/** What is secret in one list alone, and a word of the row that stays. */
export const secretCases: readonly [list: string, hidden: Row, kept: string][] = [
  ['hooks', { config: { url: `https://hooks.slack.com/services/T024/${mark}` } }, 'https://hooks.slack.com/'],
  ['hooks', { config: { url: `https://a:${mark}@h.test/x` } }, 'https://h.test/'],
  ['connectors', { config: { endpoint: `https://api.sms.test/send?k=${mark}` } }, 'https://api.sms.test/'],
  ['connectors', { config: { templates: [{ usageType: 'SignIn', content: mark }] } }, 'SignIn'],
  ['sso-connectors', { config: { metadataUrl: `https://idp.test/${mark}/metadata` } }, 'https://idp.test/'],
  [
    'sso-connectors',
    {
      config: {
        issuer: 'https://idp.test',
        x509Certificate: `-----BEGIN CERTIFICATE-----\n${mark}\n-----END CERTIFICATE-----`,
      },
    },
    'https://idp.test',
  ],
  [
    'sso-connectors',
    {
      config: {
        metadata: `<EntityDescriptor entityID="urn:idp"><S Location="https://u:${mark}@idp.test/s"/></EntityDescriptor>`,
      },
    },
    'https://idp.test/',
  ],
  ['sso-connectors', { config: { scope: { hidden: mark }, issuer: 'https://idp.test' } }, 'https://idp.test'],
  [
    'user-sessions',
    { payload: { uid: 'u', jti: mark, authorizations: { app: { sid: mark } } } },
    '"uid":"u"',
  ],
  [
    'user-sessions',
    { lastSubmission: { verificationRecords: [{ type: 'EmailVerificationCode', code: mark }] } },
    'EmailVerificationCode',
  ],
  [
    'hook-logs',
    { payload: { response: { body: mark }, hookRequest: { headers: { x: mark } } } },
    'hookRequest',
  ],
  [
    'jwt-customizers',
    { value: { script: 's', contextSample: { a: mark }, tokenSample: { b: mark } } },
    '"s"',
  ],
  [
    'user-social-identities',
    { identity: { details: { rawData: { access_token: mark } } }, tokenSecret: { id: mark } },
    'rawData',
  ],
  ['users', { customData: { plan: 'pro', crm: { apiToken: mark } }, passwordDigest: mark }, 'pro'],
  [
    'logs',
    {
      payload: {
        error: { code: 'entity.not_found' },
        params: { code: mark, code_verifier: mark, client_assertion: mark, id_token_hint: mark },
      },
    },
    'entity.not_found',
  ],
  ['oidc-private-keys', { id: 'k1', value: mark, jwk: { d: mark }, status: 'Current' }, 'Current'],
  ['oidc-cookie-keys', { id: 'k1', value: mark }, 'k1'],
  ['oidc-session', { ttl: 5, other: mark }, '5'],
];

/** Stands in every marked row, and stays. */
export const kept = 'kept-and-readable';

/** A copy of the row with a marked secret at every object of it, under every name that is secret. */
const marked = (row: Row, words: readonly string[] = []): Row => {
  const hidden = Object.fromEntries(secretNames.map((name) => [name, mark]));
  const texts = {
    hook: `https://ops:${mark}@hooks.example/x?api_key=${mark}`,
    headers: [{ key: 'Authorization', value: `Bearer ${mark}` }],
    written: JSON.stringify({ crm: [{ password: mark }] }),
    signed: `eyJhbGciOiJFUzM4NCJ9.${mark}.c2lnbmF0dXJl`,
  };
  const plain: Row = {};
  const apart: Row = {};
  // Texts that only are called so, as the catalogue says.
  for (const [key, value] of Object.entries(row)) (words.includes(key) ? apart : plain)[key] = value;
  const all = changed(
    plain,
    (text) => text,
    (object) => ({
      ...hidden,
      ...texts,
      ...object,
      ...(object.config ? {} : { credentials: { any: mark } }),
    }),
  ) as Row;
  return { ...all, ...apart, remark: kept };
};

/** Rows of a list as real servers give them, with marked secrets wherever one can stand. */
export const markedRows = (resource: Resource): Row[] => {
  const recorded = recordedRows.filter((one) => one.resource.id === resource.id).map(({ row }) => row);
  const own = secretCases.filter(([list]) => list === resource.id).map(([, row]) => row);
  const rows = [...own.map((row) => ({ ...recorded[0], ...row })), ...recorded.slice(0, 2), {}];
  return rows.map((row, n) => {
    const id = { [resource.rowId]: `${resource.id}-${n}` };
    // An id that lies deeper stays where it is.
    return marked({ ...row, ...(resource.rowId.includes('.') ? {} : id) }, resource.words);
  });
};
