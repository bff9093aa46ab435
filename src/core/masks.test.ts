import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Resource, resourceOf } from '../shared/catalog/index.ts';
import { addressMasked, maskNamed } from '../shared/masked.ts';
import { maskSecrets, type Row, secretMask, valueAt } from '../shared/row.ts';
import { changed, mark, secretNames as names, secretCases } from '../simulator/marked-rows.ts';
import { recordedRows as rows } from '../simulator/recorded-rows.ts';

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
        `https://x.example/?X-Amz-Signature=${mark}&my_token=${mark}`,
        `grant_type=client_credentials&client_secret=${mark}`,
        `Server=db;User=ops;Password="${mark} and more";Port=1`,
        JSON.stringify({ note: { crm: [{ api_key: mark }] }, url: `https://ops:${mark}@h.example` }),
        JSON.stringify({ text: JSON.stringify([{ password: mark }]) }),
        `eyJhbGciOiJFUzM4NCJ9.${mark}.c2lnbmF0dXJl`,
        `-----BEGIN RSA PRIVATE KEY-----\nDEK-Info: AES-256-CBC\n\n${mark}\n-----END RSA PRIVATE KEY-----`,
        `-----BEGIN PRIVATE KEY-----\n${mark}`,
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

  test('a value that its pair calls secret is masked, as lists of headers and settings have it', () => {
    for (const { resource, row } of rows)
      for (const pair of ['name', 'key', 'header', 'field'])
        for (const called of ['Authorization', 'x-api-key', 'DB_PASSWORD']) {
          const marked = changed(row, same, (object) => ({
            ...object,
            x: [{ [pair]: called, value: mark }],
          }));
          const words = new Set(resource.words);
          const looked = Object.fromEntries(Object.entries(marked as Row).filter(([key]) => !words.has(key)));
          expect(shown(resource, looked), `${resource.id} ${called}`).not.toContain(mark);
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

test.each(secretCases)('of %s %j', (list, row, kept) => {
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
    [
      'users',
      { customData: { tokenEndpoint: 'https://x.test', publicKey: 'k', hasPassword: true, compass: 'n' } },
    ],
    ['users', { customData: { list: [{ key: 'plan', value: 'pro' }], json: '{"a": 1.0, "b": "c"}' } }],
    ['jwt-customizers', { key: 'jwt.accessToken', value: { script: 'const a = 1;' } }],
    ['roles', { description: 'a = b; plan=pro; 1=1, see https://x.test/?page=2&sort=name' }],
    [
      'sign-in-experience',
      { signIn: { methods: [{ identifier: 'email', password: true }] }, forgotPasswordMethods: ['Email'] },
    ],
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
  for (const text of [
    `://${'a'.repeat(300_000)}`,
    `x://${':'.repeat(300_000)}`,
    '://a@'.repeat(60_000),
    'eyJ-'.repeat(100_000),
    `eyJ${'a'.repeat(300_000)}.`.repeat(2),
    '-----BEGIN PRIVATE KEY-----'.repeat(20_000),
    `${'a'.repeat(60)}=`.repeat(10_000),
    'a="'.repeat(100_000),
    '{"'.repeat(100_000),
    '['.repeat(300_000),
  ])
    maskNamed({ text }, secretMask);
  // One with more parameters than can be looked at shows none of them.
  expect(maskNamed({ text: 'key=x&'.repeat(30_000) }, secretMask)).toEqual({ text: secretMask });
  expect(maskNamed({ text: 'a=b&'.repeat(30_000) }, secretMask)).toEqual({ text: 'a=b&'.repeat(30_000) });
  expect(addressMasked('not an address', secretMask)).toBe(secretMask);
  expect(addressMasked('', secretMask)).toBe('');
});
