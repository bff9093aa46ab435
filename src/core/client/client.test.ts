import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFetch } from '../../doors/node-fetch.ts';
import type { ApiPath } from '../../shared/catalog/paths.ts';
import { type Profile, profileOf } from '../../shared/profile.ts';
import { because } from '../../shared/reasons.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { requestsAtOnce } from './limiter.ts';
import { sender } from './send.ts';
import { openSession, type Session } from './session.ts';

const users: ApiPath = '/api/users';
const page = [
  ['page', '1'],
  ['page_size', '5'],
] as const;

let server: Simulator;
let session: Session;
let waits: number[];
let language: string;

const sessionFor = (endpoint: string, limits = { answer: 2_000, whole: 4_000 }): Session => {
  const [app] = server.tokens.apps;
  if (!app) throw new Error('the server has no app');
  const profile: Profile = profileOf({ kind: 'oss', name: 'T', endpoint, appId: app.appId }, 't');
  return openSession(profile, {
    send: sender(nodeFetch(), limits),
    secretOf: async () => app.secret,
    language: () => language,
    clock: Date.now,
    retry: { tries: 4, baseMs: 100, longestMs: 5_000 },
    sleep: async (ms) => void waits.push(ms),
    random: () => 0.5,
  });
};

const apiRequests = () => server.seen.filter(({ path }) => path.startsWith('/api/'));

beforeEach(async () => {
  server = await startSimulator({ users: 300, logs: 10, tied: [0, 0] });
  waits = [];
  language = 'en';
  session = sessionFor(server.endpoint);
});
afterEach(() => server.stop());

test('reads with a bearer token, compressed, in the language of the interface', async () => {
  language = 'ko';
  const { body, headers } = await session.api.read(users, { params: page });
  expect(body).toHaveLength(5);
  expect(headers.get('total-number')).toBe('300');
  expect(apiRequests()[0]?.headers).toMatchObject({
    'accept-language': 'ko',
    'accept-encoding': expect.stringContaining('gzip'),
  });
  await expect(session.api.read(users, { params: [['page', '0']] })).rejects.toMatchObject({
    code: 'http.bad_request',
    detail: {
      status: 400,
      serverCode: 'guard.invalid_pagination',
      reason: expect.stringContaining('페이지'),
      requestId: expect.any(String),
    },
  });
});

test('repeats parameters, and encodes ids', async () => {
  await session.api.read('/api/applications', {
    params: [
      ['types', 'SPA'],
      ['types', 'Native'],
      ['page', '1'],
    ],
  });
  expect(apiRequests()[0]?.query.getAll('types')).toEqual(['SPA', 'Native']);
  await expect(session.api.read('/api/users/{userId}', { path: { userId: 'a/../b' } })).rejects.toMatchObject(
    {
      code: 'http.not_found',
    },
  );
  expect(apiRequests()[1]?.path).toBe('/api/users/a%2F..%2Fb');
});

test('a read that is tried once is asked again where its connection was cut, not where the server answered', async () => {
  const once = { tries: 1, params: page };
  server.faults.add({ kind: 'cut' }, { on: users, times: 1 });
  await session.api.read(users, once);
  expect(apiRequests()).toHaveLength(2);
  server.faults.add({ kind: 'cut' }, { on: users, times: 2 });
  await expect(session.api.read(users, once)).rejects.toMatchObject({ code: 'network.interrupted' });
  expect(apiRequests()).toHaveLength(4);
  server.faults.add({ kind: 'status', status: 503 }, { on: users, times: 1 });
  await expect(session.api.read(users, once)).rejects.toMatchObject({ detail: { status: 503 } });
  expect(apiRequests()).toHaveLength(5);
});

test('one token serves many readers', async () => {
  await Promise.all(Array.from({ length: 20 }, () => session.api.read(users, { params: page })));
  expect(server.tokens.asked).toBe(1);
});

describe('a refused token', () => {
  test('is renewed once for all, and the request repeated once', async () => {
    await session.api.read(users, { params: page });
    server.tokens.revokeAll();
    await Promise.all(Array.from({ length: 10 }, () => session.api.read(users, { params: page })));
    expect(server.tokens.asked).toBe(2);
  });

  test('never becomes a loop', async () => {
    server.faults.add(
      { kind: 'status', status: 401, body: { code: 'auth.unauthorized', message: 'no' } },
      { on: '/api/users', times: 99 },
    );
    await expect(session.api.read(users, { params: page })).rejects.toMatchObject({
      code: 'http.unauthorized',
    });
    expect(apiRequests()).toHaveLength(2);
    expect(server.tokens.asked).toBe(2);
  });
});

describe('repeats', () => {
  test.each([429, 502, 503, 504])('%i is tried again, with waits that grow', async (status) => {
    server.faults.add({ kind: 'status', status }, { on: '/api/users', times: 3 });
    await session.api.read(users, { params: page });
    expect(apiRequests()).toHaveLength(4);
    expect(waits).toEqual([75, 150, 300]);
  });

  test.each([429, 503])('%i is tried again when Retry-After says', async (status) => {
    server.faults.add({ kind: 'status', status, headers: { 'retry-after': '3' } }, { on: '/api/users' });
    await session.api.read(users, { params: page });
    expect(waits).toEqual([3_050]);
  });

  test('a wait longer than people wait is an error at once', async () => {
    server.faults.add(
      { kind: 'status', status: 429, headers: { 'retry-after': '3600' } },
      { on: '/api/users' },
    );
    await expect(session.api.read(users, { params: page })).rejects.toMatchObject({
      code: 'http.rate_limited',
      detail: { status: 429 },
    });
  });

  test.each([400, 403, 404, 422, 500, 501])('%i is never tried again', async (status) => {
    server.faults.add({ kind: 'status', status, body: { message: 'no' } }, { on: '/api/users', times: 9 });
    await expect(session.api.read(users, { params: page })).rejects.toMatchObject({ detail: { status } });
    expect(apiRequests()).toHaveLength(1);
  });

  test.each(['cut', 'half'] as const)('a connection that is %s is tried again', async (kind) => {
    server.faults.add({ kind }, { on: '/api/users', times: 2 });
    expect((await session.api.read(users, { params: page })).body).toHaveLength(5);
    expect(apiRequests()).toHaveLength(3);
  });

  test('end early where the answer breaks off each time, however long a job would wait for a network', async () => {
    server.faults.add({ kind: 'half' }, { on: '/api/users', times: 99 });
    await expect(session.api.read(users, { params: page, tries: 12 })).rejects.toMatchObject({
      code: 'network.interrupted',
      detail: { why: because('network.brokenOff') },
    });
    expect(apiRequests()).toHaveLength(4);
  });

  test('end, with the last reason', async () => {
    server.faults.add({ kind: 'cut' }, { on: '/api/users', times: 9 });
    await expect(session.api.read(users, { params: page })).rejects.toMatchObject({
      code: 'network.interrupted',
      detail: { why: because('network.closed') },
    });
    expect(apiRequests()).toHaveLength(4);
  });
});

describe('answers that are not Logto’s', () => {
  test('HTML becomes an error with its status and one readable line', async () => {
    server.faults.add({ kind: 'html', status: 403 }, { on: '/api/users' });
    await expect(session.api.read(users)).rejects.toMatchObject({
      code: 'http.unreadable',
      detail: { status: 403, reason: 'Attention Required!' },
    });
    server.faults.add({ kind: 'html', status: 200 }, { on: '/api/users' });
    await expect(session.api.read(users)).rejects.toMatchObject({
      code: 'http.unreadable',
      detail: { status: 200 },
    });
  });

  test('plain text becomes an error with its line', async () => {
    await expect(session.api.read('/api/nosuch' as ApiPath)).rejects.toMatchObject({
      code: 'http.not_found',
      detail: { status: 404, reason: 'Not Found' },
    });
  });

  test('a redirect is not followed, and credentials go nowhere else', async () => {
    const elsewhere: string[] = [];
    const other = createServer((request, response) => {
      elsewhere.push(request.headers.authorization ?? '');
      response.end('[]');
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/api/users`;
    server.faults.add({ kind: 'status', status: 302, headers: { location } }, { on: '/api/users' });
    await expect(session.api.read(users)).rejects.toMatchObject({
      code: 'network.redirected',
      detail: { reason: `redirected to ${location}` },
    });
    expect(elsewhere).toEqual([]);
    other.close();
  });
});

describe('time and distance', () => {
  test('a server that never answers ends in a timeout', async () => {
    session = sessionFor(server.endpoint, { answer: 150, whole: 300 });
    server.faults.add({ kind: 'hang' }, { on: '/api/users', times: 9 });
    await expect(session.api.read(users, { tries: 1 })).rejects.toMatchObject({ code: 'network.timeout' });
  });

  test('a body that never ends does too', async () => {
    session = sessionFor(server.endpoint, { answer: 150, whole: 300 });
    server.faults.add({ kind: 'slow', ms: 20_000 }, { on: '/api/users', times: 9 });
    await expect(session.api.read(users, { tries: 1 })).rejects.toMatchObject({ code: 'network.timeout' });
  });

  test('nobody at that port, and no such name, are told apart', async () => {
    await server.stop();
    await expect(session.api.read(users, { tries: 1 })).rejects.toMatchObject({ code: 'network.refused' });
    const nowhere = sessionFor('https://no-such-host.invalid');
    await expect(nowhere.api.read(users, { tries: 1 })).rejects.toMatchObject({ code: 'network.dns' });
  });

  test('a cancelled read is not sent when it waits, and ends at once when it runs', async () => {
    await session.api.read(users, { params: page });
    server.faults.add({ kind: 'latency', ms: 300 }, { on: '/api/users', times: 50 });
    const control = new AbortController();
    const reads = Array.from({ length: 60 }, () =>
      session.api.read(users, { params: page, signal: control.signal }),
    );
    setTimeout(() => control.abort(), 50);
    const outcomes = await Promise.allSettled(reads);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
    // The token and the first read came before them.
    expect(session.limiter.recent).toBeLessThanOrEqual(requestsAtOnce + 2);
  });
});
