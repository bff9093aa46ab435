import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeFetch } from '../../doors/node-fetch.ts';
import { profileOf } from '../../shared/profile.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { backgroundAtOnce } from './limiter.ts';
import { type Fetch, type Sent, sender } from './send.ts';
import { openSession } from './session.ts';

let server: Simulator;
beforeAll(async () => {
  server = await startSimulator({ users: 1, logs: 0 });
});
afterAll(() => server.stop());

const openWriting = (send = sender(nodeFetch())) => {
  const app = server.tokens.apps[0] ?? expect.fail('no app');
  const asked = { kind: 'oss', name: 'T', endpoint: server.endpoint, appId: app.appId } as const;
  return openSession(profileOf({ ...asked, access: 'read-write' }, 't'), {
    send,
    secretOf: async () => app.secret,
    language: () => 'en',
    clock: Date.now,
  });
};
const create = { method: 'POST', path: '/api/organizations', body: { name: 'Once' } } as const;

/** A write that the server carried out, and whose answer ended as Chromium words it. */
const ended = (reason: string) => {
  const real = nodeFetch();
  const fetch: Fetch = async (url, init) => {
    const answer = await real(url, init);
    if (url.includes('/oidc/')) return answer;
    throw new Error(reason);
  };
  return openWriting(sender(fetch)).write(create);
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

/** What becomes of a write that is answered so, by a server that named itself in its answers before. */
const answered = async (status: number, body: string, requestId: string | null) => {
  const real = sender(nodeFetch());
  const sent: Sent[] = [];
  const session = openWriting(async (url, what) => {
    if (what.method !== 'POST' || url.includes('/oidc/')) return real(url, what);
    sent.push(what);
    const headers = new Headers(requestId ? { 'logto-core-request-id': requestId } : {});
    return { status, ok: status < 300, headers, text: body };
  });
  await session.api.read('/api/organizations', {});
  return { written: await session.write(create), sent };
};

test.each([
  [201, '{"id":"o1"}', 'r1', { kind: 'answered', status: 201, requestId: 'r1', error: null }],
  [204, '', 'r1', { kind: 'answered', status: 204, body: null, error: null }],
  [
    422,
    '{"code":"x.y","message":"No."}',
    'r2',
    { kind: 'answered', status: 422, body: null, requestId: 'r2' },
  ],
  [499, '{"code":"x.y","message":"No."}', 'r2', { kind: 'answered', status: 499 }],
  // It may have been carried out before the server failed, and by a server that somebody else answers for.
  [500, '{"message":"Internal server error."}', 'r3', { kind: 'unknown', status: 500, requestId: 'r3' }],
  [503, '<html></html>', null, { kind: 'unknown', status: 503, requestId: null }],
  [422, '{"code":"x.y","message":"No."}', null, { kind: 'unknown', status: 422 }],
  [200, '<html><title>Sign in</title></html>', null, { kind: 'unknown', status: 200 }],
  [200, '{"id":"o1"}', null, { kind: 'unknown', status: 200 }],
])(
  'of a write that is answered by %i %s (request id %s) is known',
  async (status, body, requestId, known) => {
    const { written, sent } = await answered(status, body, requestId);
    expect(written).toMatchObject(known);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      headers: { accept: 'application/json', 'accept-language': 'en', 'content-type': 'application/json' },
      body: '{"name":"Once"}',
    });
  },
);

test('a write that is cancelled while it waits for its turn is unsent, and gives the turn up', async () => {
  const before = server.tenant.organizations.length;
  const real = sender(nodeFetch());
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let under = 0;
  const session = openWriting(async (url, what) => {
    if (what.method === 'POST' && url.endsWith(create.path)) {
      under += 1;
      await released;
    }
    return real(url, what);
  });
  // As many as are under way at once; the next one waits.
  const first = Array.from({ length: backgroundAtOnce }, () => session.write(create));
  const cancel = new AbortController();
  const waiting = session.write(create, cancel.signal);
  await expect.poll(() => under).toBe(backgroundAtOnce);
  cancel.abort();
  expect(await waiting).toEqual({ kind: 'unsent', error: { code: 'cancelled', detail: {} } });
  release();
  expect((await Promise.all(first)).map(({ kind }) => kind)).toEqual(first.map(() => 'answered'));
  expect(server.tenant.organizations).toHaveLength(before + backgroundAtOnce);
});
