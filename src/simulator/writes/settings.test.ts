import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import type { Simulator } from '../server.ts';
import { type Ask, asking } from './testing.ts';

let server: Simulator;
let ask: Ask;
beforeAll(async () => {
  ({ server, ask } = await asking());
});
afterAll(() => server.stop());

const idsOf = (rows: unknown) => (rows as Json[]).map(({ id }) => id);

describe('the sign-in experience', () => {
  test('lets the last way to sign in be taken, and is brought back by its whole old answer', async () => {
    const before = (await ask('GET', '/api/sign-in-exp')).body;
    expect((await ask('PATCH', '/api/sign-in-exp', { signIn: { methods: [] } })).status).toBe(200);
    expect((await ask('GET', '/api/sign-in-exp')).body.signIn).toEqual({ methods: [] });
    expect((await ask('PATCH', '/api/sign-in-exp', before)).status).toBe(200);
    expect((await ask('GET', '/api/sign-in-exp')).body.signIn).toEqual(before.signIn);
  });

  test('has each object replaced whole', async () => {
    await ask('PATCH', '/api/sign-in-exp', { branding: { logoUrl: 'https://a.test/l.png' } });
    expect((await ask('GET', '/api/sign-in-exp')).body.branding).toEqual({ logoUrl: 'https://a.test/l.png' });
  });

  test('without factors has nothing to adapt, whatever was set', async () => {
    await ask('PATCH', '/api/sign-in-exp', { adaptiveMfa: { enabled: true } });
    await ask('PATCH', '/api/sign-in-exp', { mfa: { policy: 'UserControlled', factors: [] } });
    expect((await ask('GET', '/api/sign-in-exp')).body.adaptiveMfa).toEqual({ enabled: false });
  });

  test('loses the target of a connector that is deleted', async () => {
    const google = server.tenant.connectors.find(({ target }) => target === 'google');
    await ask('PATCH', '/api/sign-in-exp', { socialSignInConnectorTargets: ['google', 'github', 'nosuch'] });
    const targets = async () => (await ask('GET', '/api/sign-in-exp')).body.socialSignInConnectorTargets;
    expect(await targets()).toEqual(['google', 'github']);
    expect((await ask('DELETE', `/api/connectors/${google?.id}`)).status).toBe(204);
    expect(await targets()).toEqual(['github']);
  });
});

test('fields of the account center are replaced, those of the admin console merged', async () => {
  await ask('PATCH', '/api/account-center', { fields: { name: 'Edit' } });
  await ask('PATCH', '/api/account-center', { fields: { email: 'ReadOnly' } });
  expect((await ask('GET', '/api/account-center')).body.fields).toEqual({ email: 'ReadOnly' });
  await ask('PATCH', '/api/configs/admin-console', { organizationCreated: true });
  await ask('PATCH', '/api/configs/admin-console', { signInExperienceCustomized: true });
  expect((await ask('GET', '/api/configs/admin-console')).body).toMatchObject({
    organizationCreated: true,
    signInExperienceCustomized: true,
  });
});

test('a one-time token outlives its user, and is used once', async () => {
  const email = 'gone@mail.test';
  const { id } = (await ask('POST', '/api/users', { primaryEmail: email })).body;
  const { token } = (await ask('POST', '/api/one-time-tokens', { email })).body;
  await ask('DELETE', `/api/users/${id}`);
  const verify = async () => (await ask('POST', '/api/one-time-tokens/verify', { token, email })).status;
  expect([await verify(), await verify()]).toEqual([200, 400]);
});

test('a deleted enterprise connector goes out of the rules of organizations', async () => {
  const organization = server.tenant.organizations[0]?.id;
  const path = `/api/organizations/${organization}/jit/sso-connectors`;
  const [connector] = idsOf((await ask('GET', path)).body);
  expect((await ask('DELETE', `/api/sso-connectors/${connector}`)).status).toBe(204);
  expect((await ask('GET', path)).body).toEqual([]);
});

test('a configuration whose issuer does not answer changes nothing', async () => {
  const body = { providerName: 'OIDC', connectorName: 'unreachable' };
  const { id } = (await ask('POST', '/api/sso-connectors', body)).body;
  const config = { clientId: 'c', clientSecret: 's', issuer: 'https://idp.example.com' };
  expect((await ask('PATCH', `/api/sso-connectors/${id}`, { config })).status).toBe(400);
  expect((await ask('GET', `/api/sso-connectors/${id}`)).body.config).toEqual({});
});

test.each([
  ['PUT', '/api/custom-phrases/fr', { input: { username: 'x' } }, '/api/custom-phrases/fr'],
  ['PUT', '/api/captcha-provider', { config: { type: 'Turnstile' } }, '/api/captcha-provider'],
  [
    'POST',
    '/api/custom-profile-fields',
    { name: 'hobby', type: 'Text', label: 'L', required: false },
    '/api/custom-profile-fields/hobby',
  ],
  [
    'PUT',
    '/api/configs/jwt-customizer/client-credentials',
    { script: 's' },
    '/api/configs/jwt-customizer/client-credentials',
  ],
])('%s %s is read back, and gone after its DELETE', async (method, path, body, read) => {
  expect((await ask(method, path, body)).status).toBeLessThan(300);
  expect((await ask('GET', read)).status).toBe(200);
  expect((await ask('DELETE', read)).status).toBe(204);
  expect((await ask('GET', read)).status).toBe(404);
  expect((await ask('DELETE', read)).status).toBe(404);
});
