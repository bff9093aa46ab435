import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from './server.ts';
import { demoTenant } from './tenant.ts';

/** The facts of a measured Logto 1.42 server, each against the simulator. */
let server: Simulator;
let token = '';
const good = { appId: 'good-app', secret: 'good-secret', managementRole: true };
const roleless = { appId: 'roleless-app', secret: 'roleless-secret', managementRole: false };
const resource = 'https://default.logto.app/api';

const askToken = async (fields: Record<string, string> = {}, [id, secret] = [good.appId, good.secret]) => {
  const response = await fetch(`${server.endpoint}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope: 'all', ...fields }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
};

const get = async (path: string, headers: Record<string, string> = {}, method = 'GET', body?: string) => {
  const response = await fetch(server.endpoint + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
};

beforeAll(async () => {
  server = await startSimulator({ apps: [good, roleless], auditTokens: true });
  token = String((await askToken()).body.access_token);
});
afterAll(() => server.stop());

describe('the token endpoint', () => {
  test('gives a JWT for an hour with the all scope', async () => {
    const { status, body } = await askToken();
    expect(status).toBe(200);
    expect(body).toMatchObject({ expires_in: 3600, token_type: 'Bearer', scope: 'all' });
    const payload = JSON.parse(
      Buffer.from(String(body.access_token).split('.')[1] ?? '', 'base64url').toString(),
    );
    expect(payload.sub).toBe(good.appId);
  });

  test('takes the credentials in the body too', async () => {
    const response = await fetch(`${server.endpoint}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        resource,
        scope: 'all',
        client_id: good.appId,
        client_secret: good.secret,
      }),
    });
    expect(response.status).toBe(200);
  });

  test('gives a token without a scope field to an app without the role, and to one that asks for no scope', async () => {
    const answers = [await askToken({}, [roleless.appId, roleless.secret]), await askToken({ scope: '' })];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).not.toHaveProperty('scope');
      const refused = await get('/api/users', { authorization: `Bearer ${String(body.access_token)}` });
      expect([refused.status, refused.body.code]).toEqual([403, 'auth.forbidden']);
    }
  });

  test.each([
    ['a wrong secret', {}, [good.appId, 'no'], 401, 'oidc.invalid_client', 'client authentication failed'],
    ['an unknown app', {}, ['nosuchapp', 'no'], 400, 'oidc.invalid_client', 'invalid client nosuchapp'],
    [
      'a wrong resource',
      { resource: 'https://x' },
      undefined,
      400,
      'oidc.invalid_target',
      'resource indicator is missing, or unknown',
    ],
    [
      'a wrong grant type',
      { grant_type: 'password' },
      undefined,
      400,
      'oidc.unsupported_grant_type',
      'unsupported grant_type requested',
    ],
  ] as const)('refuses %s', async (_case, fields, credentials, status, code, description) => {
    const answer = await askToken(fields, credentials && [...credentials]);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ code, error_description: description });
  });

  test('writes an audit log for every request', async () => {
    const before = server.tenant.newLogs.length;
    await askToken();
    expect(server.tenant.newLogs.length).toBe(before + 1);
    expect((await get('/api/logs?page_size=1')).body[0].key).toBe('ExchangeTokenBy.ClientCredentials');
  });
});

describe('errors', () => {
  test('tell a missing from a bad token', async () => {
    const none = await fetch(`${server.endpoint}/api/users`);
    expect([none.status, await none.json()]).toMatchObject([
      401,
      { code: 'auth.authorization_header_missing' },
    ]);
    const bad = await get('/api/users', { authorization: 'Bearer nonsense' });
    expect([bad.status, bad.body]).toMatchObject([
      401,
      { code: 'auth.unauthorized', data: { code: 'ERR_JWS_INVALID' } },
    ]);
  });

  test('are plain text on an unknown path and a wrong method', async () => {
    const missing = await get('/api/nosuch');
    expect([missing.status, missing.body, missing.headers.get('content-type')]).toEqual([
      404,
      'Not Found',
      'text/plain; charset=utf-8',
    ]);
    expect((await get(`/api/users/${server.tenant.users[0]?.id}/profile`)).status).toBe(405);
  });

  test('have no code for malformed JSON', async () => {
    const answer = await get('/api/users', { 'content-type': 'application/json' }, 'POST', '{x');
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body)).toEqual(['message']);
  });

  test('speak the language of the request', async () => {
    for (const [language, text] of [
      ['de', 'Pagination-Wert'],
      ['ja', 'ページネーション'],
      ['ko', '페이지 값'],
      ['fr', 'pagination value'],
    ]) {
      const answer = await get('/api/users?page=0', { 'accept-language': String(language) });
      expect(answer.body.message).toContain(text);
    }
  });

  test('carry a request id', async () => {
    expect((await get('/api/users?page=0')).headers.get('logto-core-request-id')).toMatch(/^[\w-]{16}$/);
  });
});

describe('pagination', () => {
  test.each(['page_size=0', 'page_size=101', 'page=0', 'page=abc'])('refuses %s', async (query) => {
    expect(await get(`/api/users?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_pagination' },
    });
  });

  test('writes links without /api and joins repeated parameters with a comma', async () => {
    const { headers } = await get('/api/applications?types=SPA&types=Native&page=2&page_size=2');
    const links = headers.get('link') ?? '';
    expect(links).toContain(
      `<${server.endpoint}/applications?types=SPA%2CNative&page=1&page_size=2>; rel="first"`,
    );
    expect([...links.matchAll(/rel="(\w+)"/g)].map(([, rel]) => rel)).toEqual([
      'first',
      'prev',
      'last',
      'next',
    ]);
    const followed = new URL(/<([^>]+)>; rel="next"/.exec(links)?.[1] ?? '');
    expect((await get(followed.pathname + followed.search)).status).toBe(404);
  });

  test('answers a page past the end with nothing, and a prev that is past the end too', async () => {
    const { status, body, headers } = await get('/api/users?page=9999&page_size=100');
    expect([status, body]).toEqual([200, []]);
    expect(headers.get('link')).toContain('page=9998');
    expect(headers.get('total-number')).toBe(String(demoTenant.users));
  });

  test('caps totals of logs past 10,000 and then links neither last nor next', async () => {
    const { headers } = await get('/api/logs?enableCap=true&page=3&page_size=100');
    expect(headers.get('total-number')).toBe('10001');
    expect(headers.get('total-number-is-capped')).toBe('true');
    expect(headers.get('link')).not.toMatch(/rel="(last|next)"/);
    const past = await get('/api/logs?enableCap=true&page=500&page_size=100');
    expect(past.body).toHaveLength(100);
    const uncapped = await get('/api/logs?page_size=1');
    expect(Number(uncapped.headers.get('total-number'))).toBeGreaterThan(100_000);
  });

  test('pages applications and resources only when asked, connectors never', async () => {
    const all = await get('/api/applications');
    // Two of them are the apps that ask.
    expect(all.body).toHaveLength(26);
    expect(all.headers.get('total-number')).toBeNull();
    expect((await get('/api/resources?page=1&page_size=2')).headers.get('total-number')).toBe('9');
    const connectors = await get('/api/connectors?page=1&page_size=1');
    expect(connectors.body).toHaveLength(4);
    expect(connectors.headers.get('link')).toBeNull();
  });

  test('loses rows among equal created_at, and says nothing of it', async () => {
    const ids = new Set<string>();
    for (let page = 1; page <= 200; page += 1) {
      const { body } = await get(`/api/users?page=${page}&page_size=100`);
      expect(body).toHaveLength(100);
      for (const { id } of body) ids.add(id);
    }
    expect(ids.size).toBeLessThan(20_000);
    expect(ids.size).toBeGreaterThan(19_800);
  });
});

describe('user search', () => {
  const total = async (query: string) =>
    Number((await get(`/api/users?${query}&page_size=1`)).headers.get('total-number'));

  test('reads % and _ as wildcards, \\ as escape, and whole values without', async () => {
    expect(await total('search=%25minjun%25')).toBeGreaterThan(100);
    expect(await total('search=minjun')).toBe(0);
    expect(await total('search=minjun_kim1')).toBe(1);
    expect(await total('search=minjunXkim1')).toBe(0);
    expect(await total('search=minjun\\_kim1')).toBe(1);
    expect(await total('search=minju%5C_%25')).toBe(0);
  });

  test('knows exact, like, similar_to and posix, case and joint', async () => {
    expect(await total('search.username=MINJUN_KIM1&mode.username=exact')).toBe(1);
    expect(await total('search.username=MINJUN_KIM1&mode.username=exact&isCaseSensitive=true')).toBe(0);
    expect(await total('search.username=^minjun_kim1$&mode=posix')).toBe(1);
    expect(await total('search.username=minjun_kim1&search.username=nobody&mode.username=exact')).toBe(1);
    expect(await total('search.username=minjun_(kim|lee)1&mode=similar_to&isCaseSensitive=true')).toBe(1);
    const name = encodeURIComponent('김민준');
    const both = await total(`search.name=${name}&search.username=minjun_kim1&joint=and&mode=exact`);
    const any = await total(`search.name=${name}&search.username=minjun_kim1&joint=or&mode=exact`);
    expect(both).toBe(1);
    expect(any).toBeGreaterThan(1);
  });

  test.each([
    ['search=', 'Search value cannot be empty.'],
    ['search.nope=1', 'Search field `nope` is not valid'],
    ['search.username=a&mode.username=similar_to', 'Cannot use case-insensitive match for `similar to`.'],
    ['search=a&mode=nope', 'Search mode `nope`'],
    [
      'search.username=a&search.username=b',
      'Only one search value is allowed when search mode is not `exact`.',
    ],
    ['search.id=a&search.id=b&mode.id=posix', 'Only one search value is allowed'],
  ])('refuses %s', async (query, reason) => {
    const answer = await get(`/api/users?${query}`);
    expect([answer.status, answer.body.code]).toEqual([400, 'request.invalid_input']);
    expect(answer.body.message).toContain(reason);
  });

  test('answers a bad regular expression with 500', async () => {
    expect(await get('/api/users?search.name=(&mode=posix')).toMatchObject({
      status: 500,
      body: { message: 'Internal server error.' },
    });
  });
});

describe('logs', () => {
  test('are bounded inclusively in unix milliseconds', async () => {
    const [newest] = (await get('/api/logs?page=2000&page_size=1')).body;
    const at = newest.createdAt;
    const within = await get(`/api/logs?start_time=${at}&end_time=${at}&page_size=100`);
    expect(within.body.length).toBeGreaterThan(0);
    for (const log of within.body) expect(log.createdAt).toBe(at);
  });

  test('refuse a start after the end', async () => {
    expect(await get('/api/logs?start_time=2&end_time=1')).toMatchObject({
      status: 400,
      body: { code: 'log.invalid_time_window' },
    });
  });

  test('match an event exactly, and a user', async () => {
    const { body, headers } = await get('/api/logs?logKey=RevokeToken&page_size=100');
    expect(new Set(body.map(({ key }: { key: string }) => key))).toEqual(new Set(['RevokeToken']));
    expect(Number(headers.get('total-number'))).toBeGreaterThan(500);
    expect((await get('/api/logs?logKey=Revoke%25')).headers.get('total-number')).toBe('0');
    const userId = server.tenant.logs.row(5).payload.userId;
    const ofUser = await get(`/api/logs?userId=${String(userId)}&page_size=100`);
    for (const log of ofUser.body) expect(log.payload.userId).toBe(userId);
  });
});

test('secrets come back in clear text in ordinary reads', async () => {
  const [app] = (await get('/api/applications')).body;
  expect(app.secret).toMatch(/^sim-app-secret-/);
  expect((await get(`/api/applications/${app.id}/secrets`)).body[0].value).toBe(app.secret);
  expect((await get('/api/hooks')).body[0].signingKey).toMatch(/^sim-signing-key-/);
  expect((await get('/api/connectors')).body[0].config.auth.pass).toBeTruthy();
});

test('the demo tenant has what its description says, the same on every start', async () => {
  await using twin = await startSimulator();
  expect(server.tenant.users).toHaveLength(20_000);
  expect(server.tenant.roles).toHaveLength(45);
  expect(server.tenant.logs).toHaveLength(100_000);
  expect(new Set(server.tenant.users.map(({ id }) => id)).size).toBe(20_000);
  expect(
    server.tenant.users.filter(({ createdAt }) => createdAt === server.tenant.users[5_000]?.createdAt),
  ).toHaveLength(6_000);
  expect(twin.tenant.users).toEqual(server.tenant.users);
  expect(twin.tenant.logs.row(99_999)).toEqual(server.tenant.logs.row(99_999));
  for (const list of ['applications', 'organizations', 'resources', 'connectors', 'hooks'] as const) {
    expect(server.tenant[list].length).toBeGreaterThan(2);
  }
  const names = server.tenant.users.slice(0, 500).map(({ name }) => name ?? '');
  for (const script of [/\p{Script=Hangul}/u, /\p{Script=Han}/u, /[äöüß]/, /[éèíłř]/]) {
    expect(names.some((name) => script.test(name))).toBe(true);
  }
});

test('an organization’s members come in no order of their creation', async () => {
  const [organization] = [...server.tenant.usersByOrganization.keys()];
  const { body } = await get(`/api/organizations/${organization}/users?page_size=100`);
  const times = (body as { createdAt: number }[]).map(({ createdAt }) => createdAt);
  expect(times.length).toBeGreaterThan(20);
  expect(times).not.toEqual(times.toSorted((a, b) => b - a));
});

test('a user whose name has 65 emoji makes each answer with that user a 500, until the name is changed', async () => {
  const { users } = server.tenant;
  const id = String(users[150]?.id);
  const name = users[150]?.name ?? null;
  const failed = { status: 500, body: { message: 'Internal server error.' } };
  const change = (to: unknown) =>
    get(`/api/users/${id}`, { 'content-type': 'application/json' }, 'PATCH', JSON.stringify({ name: to }));
  expect(await change('😀'.repeat(65))).toMatchObject(failed);
  for (const path of [`/api/users/${id}`, '/api/users?page=2&page_size=100', `/api/users?search=${id}`])
    expect(await get(path)).toMatchObject(failed);
  expect((await get('/api/users?page=1&page_size=100')).status).toBe(200);
  expect((await get('/api/users?page=9999999&page_size=1')).body).toEqual([]);
  expect((await change('😀'.repeat(64))).status).toBe(200);
  expect((await get(`/api/users/${id}`)).status).toBe(200);
  await change(name);
});

test('a proxy that drops headers leaves the rows, and neither their count nor links', async () => {
  const bare = await startSimulator({ apps: [good], users: 150, logs: 1, tied: [0, 0], dropsTotals: true });
  const answer = await fetch(`${bare.endpoint}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${good.appId}:${good.secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope: 'all' }),
  });
  const { access_token: bearer } = (await answer.json()) as { access_token: string };
  const users = await fetch(`${bare.endpoint}/api/users?page_size=100`, {
    headers: { authorization: `Bearer ${bearer}` },
  });
  expect(users.status).toBe(200);
  expect(await users.json()).toHaveLength(100);
  expect([users.headers.get('total-number'), users.headers.get('link')]).toEqual([null, null]);
  await bare.stop();
});
