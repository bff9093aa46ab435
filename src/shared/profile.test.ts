import { describe, expect, test } from 'vitest';
import {
  addressesOf,
  cloudTenantId,
  ossEndpoint,
  type ProfileInput,
  profileIdOf,
  profileOf,
} from './profile.ts';

const cloud = (tenantId: string): ProfileInput => ({ kind: 'cloud', name: 'Prod', tenantId, appId: 'app' });
const oss = (endpoint: string, resource?: string): ProfileInput => ({
  kind: 'oss',
  name: 'Own',
  endpoint,
  appId: 'app',
  ...(resource ? { resource } : {}),
});

describe('a Cloud tenant', () => {
  test('has addresses that follow from its id', () => {
    expect(addressesOf(profileOf(cloud('a1b2c3'), 'prod'))).toEqual({
      endpoint: 'https://a1b2c3.logto.app',
      token: 'https://a1b2c3.logto.app/oidc/token',
      api: 'https://a1b2c3.logto.app/api',
      resource: 'https://a1b2c3.logto.app/api',
    });
  });

  test.each([
    'a1b2c3',
    ' A1B2C3 ',
    'https://a1b2c3.logto.app',
    'a1b2c3.logto.app/',
    'https://a1b2c3.logto.app/console',
    'https://cloud.logto.io/a1b2c3',
    'https://cloud.logto.io/a1b2c3/users?page=2#x',
    'cloud.logto.io/A1B2C3/get-started',
  ])('is found by its id or its default endpoint: %s', (typed) =>
    expect(cloudTenantId(typed)).toBe('a1b2c3'),
  );

  test.each(['auth.example.com', 'https://login.acme.io', 'logto.app.evil.com'])(
    'at a custom domain is refused: %s',
    (typed) => {
      expect(() => profileOf(cloud(typed), 'x')).toThrow(
        expect.objectContaining({ code: 'profile.custom_domain' }),
      );
    },
  );

  test.each(['', 'a b', 'ä', '-x'])('with an impossible id is refused: %j', (typed) => {
    expect(() => profileOf(cloud(typed), 'x')).toThrow(expect.objectContaining({ code: 'profile.invalid' }));
  });
});

describe('an OSS endpoint', () => {
  test.each([
    ['https://auth.example.com', 'https://auth.example.com'],
    ['https://auth.example.com///', 'https://auth.example.com'],
    ['auth.example.com', 'https://auth.example.com'],
    ['auth.example.com:8443/', 'https://auth.example.com:8443'],
    ['localhost:3001', 'http://localhost:3001'],
    ['127.0.0.1:3001/', 'http://127.0.0.1:3001'],
    ['192.168.7.3:3001', 'http://192.168.7.3:3001'],
    ['logto.internal', 'http://logto.internal'],
    ['[::1]:3001', 'http://[::1]:3001'],
    ['https://example.com/auth/', 'https://example.com/auth'],
    ['https://example.com/auth/api', 'https://example.com/auth'],
    ['https://example.com/oidc/token', 'https://example.com'],
    ['https://example.com/console', 'https://example.com'],
    ['https://example.com/console/', 'https://example.com'],
    ['example.com/console/users?page=2', 'https://example.com'],
    ['https://example.com/auth/console/audit-logs/abc', 'https://example.com/auth'],
    ['https://example.com/oidc/.well-known/openid-configuration', 'https://example.com'],
    ['https://example.com/consoles', 'https://example.com/consoles'],
    ['http://172.16.0.1:3001', 'http://172.16.0.1:3001'],
    ['http://172.31.255.255', 'http://172.31.255.255'],
    ['  http://10.0.0.5:3001/?x=1#y ', 'http://10.0.0.5:3001'],
    ['https://한국.example', 'https://xn--3e0b707e.example'],
  ])('%s is understood as %s', (typed, endpoint) => expect(ossEndpoint(typed)).toBe(endpoint));

  test.each([
    ['http://auth.example.com', 'plain http'],
    ['ftp://auth.example.com', 'http or https'],
    ['file:///etc/passwd', 'http or https'],
    ['https://user:pw@auth.example.com', 'username or password'],
    ['https://', 'not a valid address'],
    ['not an address', 'not a valid address'],
    ['https://a1b2c3.logto.app', 'choose Cloud'],
    ['https://cloud.logto.io/a1b2c3/users', 'choose Cloud, tenant ID a1b2c3'],
    ['http://172.15.0.1', 'plain http'],
    ['http://172.32.0.1', 'plain http'],
  ])('%s is refused: %s', (typed, reason) => {
    expect(() => profileOf(oss(typed), 'x')).toThrow(reason);
    expect(() => profileOf(oss(typed), 'x')).toThrow(
      expect.objectContaining({
        code: 'profile.invalid',
        detail: expect.objectContaining({ where: 'endpoint' }),
      }),
    );
  });

  test('has the default indicator unless another is given', () => {
    expect(profileOf(oss('localhost:3001'), 'x')).toMatchObject({
      kind: 'oss',
      resource: 'https://default.logto.app/api',
    });
    expect(profileOf(oss('localhost:3001', 'https://my.api'), 'x').resource).toBe('https://my.api');
    expect(() => profileOf(oss('localhost:3001', 'no url'), 'x')).toThrow(
      expect.objectContaining({
        code: 'profile.invalid',
        detail: expect.objectContaining({ where: 'resource' }),
      }),
    );
  });
});

test('a tenant is read-only unless chosen otherwise', () => {
  expect(profileOf(cloud('abc'), 'x').access).toBe('read-only');
});

test('ids come from names, without accents, never the demo’s and never twice', () => {
  expect(profileIdOf('Ünï Tést!', [])).toBe('uni-test');
  expect(profileIdOf('프로덕션', [])).toBe('tenant');
  expect(profileIdOf('Demo', [])).toBe('demo-2');
  expect(profileIdOf('Prod', ['prod', 'prod-2'])).toBe('prod-3');
});
