import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog, type Resource, resourceOf } from '../shared/catalog/index.ts';
import { maskSecrets, type Row, secretMask, valueAt } from '../shared/row.ts';
import { addressMasked, maskNamed } from '../shared/secret-names.ts';

/** Looked for where it must not be. */
const mark = 'Mk7marked9secret';

/** Where a secret can stand by its name, in the writings that servers and their tenants use. */
const names = [
  'password passwordEncrypted passwordDigest password_hash passphrase secret client_secret clientSecret appSecret',
  'tokenSecret accessKeySecret secret_access_key api_key apiKey API-KEY private_key privateKey signingKey credentials',
  'environmentVariables token access_token accessToken refresh_token refreshToken id_token idToken id_token_hint',
  'subject_token actor_token jti client_assertion code_verifier codeVerifier verificationCode device_code otp',
  'Authorization set-cookie Cookie x-api-key backupCodes',
].flatMap((line) => line.split(' '));

const recorded = ['1.42', '1.41', '1.30'].flatMap(
  (era) =>
    JSON.parse(readFileSync(new URL(`../simulator/recordings/${era}.json`, import.meta.url), 'utf8')) as {
      name: string;
      path?: string;
      status: number;
      body: unknown;
    }[],
);

/** The list that an answer belongs to, by its path. */
const resourceFor = (path: string): Resource | undefined =>
  catalog.find((one) => {
    const pattern = one.path.replace(/\{keyType\}/, one.fixed?.keyType ?? '').replace(/\{[^}]+\}/g, '[^/]+');
    return new RegExp(`^${pattern}(?:/[^/]+)?$`).test(path);
  });

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const rows = recorded.flatMap(({ name, path, status, body }) => {
  const asked = (path ?? name.replace(/^GET /, '')).split('?')[0] ?? '';
  const user = /^(?:GET |a )user(\/[\w-]+)?$/.exec(name);
  const resource = resourceFor(user ? `/api/users/u1${user[1] ?? ''}` : asked);
  if (status !== 200 || !resource) return [];
  const found = Array.isArray(body) ? body : isRow(body) && '__array' in body ? [body.first] : [body];
  return found
    .flat()
    .filter(isRow)
    .map((row) => ({ resource, row }));
});

/** A copy with every string, or every object, replaced as `at` says. */
const changed = (
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
const same = (text: string) => text;
const shown = (resource: Resource, row: unknown) => JSON.stringify(maskSecrets(resource, row as Row));

test('enough answers of real servers are looked at', () => {
  expect(rows.length).toBeGreaterThan(60);
  expect(new Set(rows.map(({ resource }) => resource.id)).size).toBeGreaterThan(15);
});

describe('in every recorded answer', () => {
  test('what is secret by its name is masked, wherever it is put', () => {
    for (const { resource, row } of rows) {
      for (const name of names) {
        const marked = changed(row, same, (object) => ({
          ...object,
          [name]: { deep: [mark] },
          x: [{ [name]: mark }],
        }));
        const words = new Set(resource.words);
        // Texts that are only called so, as the catalogue says.
        const looked = Object.fromEntries(Object.entries(marked as Row).filter(([key]) => !words.has(key)));
        expect(shown(resource, looked), `${resource.id} ${name}`).not.toContain(mark);
      }
    }
  });

  test('an address in the place of any text shows no credentials', () => {
    for (const { resource, row } of rows) {
      for (const address of [
        `https://ops:${mark}@hooks.example/x`,
        `https://${mark}@hooks.example`,
        `see smtp://ops:${mark}@mail.example:25 and more`,
        `https://idp.example/cb?state=1&access_token=${mark}&x=2`,
        `https://idp.example/cb#id_token=${mark}`,
      ])
        expect(
          shown(
            resource,
            changed(row, () => address),
          ),
          resource.id,
        ).not.toContain(mark);
    }
  });

  test('a marked secret at any string is shown only where the catalogue has no secret', () => {
    for (const { resource, row } of rows) {
      const masked = maskSecrets(resource, changed(row, () => mark) as Row);
      for (const secret of resource.secrets) {
        if (typeof secret !== 'string') continue;
        expect(JSON.stringify(valueAt(masked, secret) ?? ''), `${resource.id} ${secret}`).not.toContain(mark);
      }
    }
  });

  test('what is there stays readable: no text but a secret’s is changed', () => {
    const hidden = new Set<string>();
    for (const { resource, row } of rows)
      changed(maskSecrets(resource, row), (text, key) => {
        if (text.includes(secretMask)) hidden.add(`${resource.id} ${key}`);
        return text;
      });
    expect([...hidden].sort()).toEqual([
      'application-secrets value',
      'applications secret',
      'hooks signingKey',
    ]);
  });
});

const cases: readonly [list: string, hidden: Row, kept: string][] = [
  ['hooks', { config: { url: `https://hooks.slack.com/services/T024/${mark}` } }, 'https://hooks.slack.com/'],
  ['hooks', { config: { url: `https://a:${mark}@h.test/x` } }, 'https://h.test/'],
  ['connectors', { config: { endpoint: `https://api.sms.test/send?k=${mark}` } }, 'https://api.sms.test/'],
  ['connectors', { config: { templates: [{ usageType: 'SignIn', content: mark }] } }, 'SignIn'],
  ['sso-connectors', { config: { metadataUrl: `https://idp.test/${mark}/metadata` } }, 'https://idp.test/'],
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

test.each(cases)('of %s %j', (list, row, kept) => {
  const text = shown(resourceOf(list), row);
  expect(text).not.toContain(mark);
  expect(text).toContain(kept);
});

test('what only is called like a secret stays: settings, and the words of a language', () => {
  for (const [list, row] of [
    ['sign-in-experience', { signUp: { password: true }, passwordPolicy: { length: { min: 8 } } }],
    ['account-center', { fields: { password: 'Edit' } }],
    ['custom-phrases', { translation: { input: { password: 'Password' } } }],
    ['logs', { key: 'ExchangeTokenBy.RefreshToken', payload: { error: { code: 'x' }, tokenTypes: ['A'] } }],
    ['hooks', { config: { url: 'https://api.example.com/logto/events' } }],
  ] as const)
    expect(maskSecrets(resourceOf(list), row), list).toEqual(row);
});

test('any value at all: nothing named so comes through, and the rest is as it was', () => {
  const key = fc.oneof(
    fc.constantFrom(...names),
    fc.string(),
    fc.constantFrom('__proto__', 'constructor', 'code'),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      fc.string(),
      fc.constant(null),
      fc.integer(),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc
        .array(fc.tuple(key, tie('tree')), { maxLength: 5 })
        .map((entries) =>
          JSON.parse(`{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join()}}`),
        ),
    ),
  }));
  const secretsIn = (value: unknown): unknown[] => {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, inner]) => [
      ...(names.includes(name) ? [inner] : []),
      ...secretsIn(inner),
    ]);
  };
  fc.assert(
    fc.property(tree, (value) => {
      const before = JSON.stringify(value);
      const masked = maskNamed(value, secretMask);
      expect(JSON.stringify(value)).toBe(before);
      for (const secret of secretsIn(masked))
        expect(secret === null || secret === '' || secret === secretMask).toBe(true);
      if (secretsIn(value).length === 0 && !before?.includes('://') && !before?.includes('"code"'))
        expect(masked).toEqual(value);
      expect(maskNamed(masked, secretMask)).toEqual(masked);
    }),
    { numRuns: 500 },
  );
});

test('long texts that look like the beginning of an address end', () => {
  for (const text of [`://${'a'.repeat(300_000)}`, `x://${':'.repeat(300_000)}`, '://a@'.repeat(60_000)])
    maskNamed({ text }, secretMask);
  expect(addressMasked('not an address', secretMask)).toBe(secretMask);
  expect(addressMasked('', secretMask)).toBe('');
});
