import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeFetch } from '../../doors/node-fetch.ts';
import { profileOf } from '../../shared/profile.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { type Fetch, sender } from './send.ts';
import { openSession } from './session.ts';

let server: Simulator;
beforeAll(async () => {
  server = await startSimulator({ users: 1, logs: 0 });
});
afterAll(() => server.stop());

/** A write that the server carried out, and whose answer ended as Chromium words it. */
const ended = async (reason: string) => {
  const real = nodeFetch();
  const fetch: Fetch = async (url, init) => {
    const answer = await real(url, init);
    if (url.includes('/oidc/')) return answer;
    throw new Error(reason);
  };
  const app = server.tokens.apps[0] ?? expect.fail('no app');
  const asked = { kind: 'oss', name: 'T', endpoint: server.endpoint, appId: app.appId } as const;
  const session = openSession(profileOf({ ...asked, access: 'read-write' }, 't'), {
    send: sender(fetch),
    secretOf: async () => app.secret,
    language: () => 'en',
    clock: Date.now,
  });
  return session.write({ method: 'POST', path: '/api/organizations', body: { name: 'Once' } });
};

test.each([
  'net::ERR_SSL_BAD_RECORD_MAC_ALERT',
  'net::ERR_SSL_PROTOCOL_ERROR',
  'net::ERR_INTERNET_DISCONNECTED',
  'net::ERR_ADDRESS_UNREACHABLE',
  'net::ERR_CONNECTION_RESET',
  // Node's own words for a network that went.
  'EHOSTUNREACH',
  'ENETUNREACH',
])('whoever breaks the answer on its way gets no write called unsent: %s', async (reason) =>
  expect(await ended(reason)).toMatchObject({ kind: 'unknown' }),
);

test.each(['net::ERR_CERT_AUTHORITY_INVALID', 'net::ERR_CONNECTION_REFUSED', 'net::ERR_NAME_NOT_RESOLVED'])(
  'what ends before a request can leave is unsent: %s',
  async (reason) => expect(await ended(reason)).toMatchObject({ kind: 'unsent' }),
);
