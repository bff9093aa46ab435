import { expect, test } from 'vitest';
import { pastedTenant } from './pasted-tenant.ts';

test('a .env file fills the address, the app and its secret, past quotes, exports and comments', () => {
  const text = `# Logto
COOKIE_SECRET=another
export LOGTO_ENDPOINT="https://auth.example.com/"   # ours
LOGTO_M2M_APP_ID=abc123
LOGTO_M2M_APP_SECRET='s3cr3t=#with signs'
LOGTO_RESOURCE=https://default.logto.app/api
PORT=3000`;
  expect(pastedTenant(text)).toEqual({
    kind: 'oss',
    name: 'auth.example.com',
    endpoint: 'https://auth.example.com',
    resource: 'https://default.logto.app/api',
    appId: 'abc123',
    secret: 's3cr3t=#with signs',
  });
  expect(pastedTenant('LOGTO_ENDPOINT=https://a1b2c3.logto.app\r\nAPP_ID=x\r\nAPP_SECRET=y')).toEqual({
    kind: 'cloud',
    name: 'a1b2c3',
    tenantId: 'a1b2c3',
    appId: 'x',
    secret: 'y',
  });
});

test('JSON is read as settings, also nested, and as an app of the API', () => {
  expect(pastedTenant('{"logto":{"tenantId":"a1b2c3","clientId":"app","clientSecret":"very"}}')).toEqual({
    kind: 'cloud',
    name: 'a1b2c3',
    tenantId: 'a1b2c3',
    appId: 'app',
    secret: 'very',
  });
  expect(
    pastedTenant(
      '{"id":"m2m1","name":"Desk","secret":"very","type":"MachineToMachine","tenantId":"default"}',
    ),
  ).toMatchObject({ appId: 'm2m1', secret: 'very' });
  expect(pastedTenant('{"resource":"https://zz9.logto.app/api","appId":"a"}')).toMatchObject({
    kind: 'cloud',
    tenantId: 'zz9',
  });
});

test('the address of the Console names the tenant, and of an app its ID', () => {
  expect(pastedTenant('https://cloud.logto.io/a1b2c3/applications/app42/settings')).toEqual({
    kind: 'cloud',
    name: 'a1b2c3',
    tenantId: 'a1b2c3',
    appId: 'app42',
  });
  expect(pastedTenant(' http://localhost:3001/console/applications/app42 ')).toEqual({
    kind: 'oss',
    name: 'localhost',
    endpoint: 'http://localhost:3001',
    appId: 'app42',
  });
  // Words around it are a text, not an address.
  expect(pastedTenant('see https://cloud.logto.io/a1b2c3/applications/app42')).toBeNull();
  expect(pastedTenant('https://cloud.logto.io/a1b2c3/applications/app42 please')).toBeNull();
});

test('a resource of an own server comes along, if it is an address', () => {
  const own = { endpoint: 'https://auth.corp.test' };
  const filled = (said: object) => pastedTenant(JSON.stringify(said));
  expect(filled({ ...own, resource: 'https://default.logto.app/api' })).toMatchObject({
    kind: 'oss',
    resource: 'https://default.logto.app/api',
  });
  expect(filled({ ...own, resource: 'my api' })).not.toHaveProperty('resource');
  expect(filled({ endpoint: 'https://a1b2c3.logto.app', resource: 'https://other.test/api' })).toEqual({
    kind: 'cloud',
    name: 'a1b2c3',
    tenantId: 'a1b2c3',
  });
});

test('what is typed or pasted into one field stays its own', () => {
  for (const text of [
    '',
    'Production',
    'https://auth.example.com',
    'a1b2c3',
    's3cr3t',
    'kim@example.com',
    '{',
    '[1]',
  ])
    expect(pastedTenant(text)).toBeNull();
});

test('hostile text fills nothing that could run, break a line, or reach a prototype', () => {
  expect(pastedTenant('LOGTO_ENDPOINT=javascript:alert(1)\nAPP_ID=a')).toEqual({ appId: 'a' });
  expect(pastedTenant('ENDPOINT=https://user:pass@evil.example\nAPP_ID=a')).toEqual({ appId: 'a' });
  expect(pastedTenant('{"__proto__":{"appId":"x"},"constructor":{"prototype":{"polluted":"y"}}}')).toEqual({
    appId: 'x',
  });
  expect(Object.keys({})).toEqual([]);
  expect(({} as { appId?: string }).appId).toBeUndefined();
  expect(pastedTenant('{"appId":"a\\nb","secret":"x\\u0000y"}')).toBeNull();
  expect(pastedTenant(`APP_ID=${'x'.repeat(3_000)}`)).toBeNull();
  expect(pastedTenant(`{"a":${'{"a":'.repeat(4_000)}1${'}'.repeat(4_000)}}`)).toBeNull();
  pastedTenant('A'.repeat(19_000));
  pastedTenant(`A=${' '.repeat(18_000)}"`);
  pastedTenant(`https://x/${'/applications/'.repeat(1_400)}`);
});
