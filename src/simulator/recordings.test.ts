import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Era, eras } from './eras.ts';
import { type Simulator, startSimulator } from './server.ts';

/**
 * Replays recorded exchanges of real Logto servers, one file for each that was measured, against the simulator of that era.
 * What they show is also written as tests of its own in `facts.test.ts`.
 */
type Asked = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | URLSearchParams;
};
type Recording = {
  name: string;
  /** What was asked, where the name does not tell. */
  method?: string;
  path?: string;
  status: number;
  headers: Record<string, string>;
  body: unknown;
};

const recordingsOf = (era: Era): Recording[] =>
  JSON.parse(readFileSync(new URL(`recordings/${era}.json`, import.meta.url), 'utf8'));

const m2m = { appId: 'deskm2mappid00000001', secret: 'right', managementRole: true };
const roleless = { appId: 'norolem2mappid000001', secret: 'right', managementRole: false };
const resource = 'https://default.logto.app/api';

let server: Simulator;
let token = '';
let ids: Record<string, string> = {};

const tokenRequest = (
  fields: Record<string, string>,
  [id, secret]: readonly [string, string],
  inBody = false,
): Asked => ({
  method: 'POST',
  path: '/oidc/token',
  headers: inBody ? {} : { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    resource,
    scope: 'all',
    ...(inBody ? { client_id: id, client_secret: secret } : {}),
    ...fields,
  }),
});

const right = [m2m.appId, m2m.secret] as const;
const tokenCases: Record<string, () => Asked> = {
  'token ok basic': () => tokenRequest({}, right),
  'token ok post': () => tokenRequest({}, right, true),
  'token wrong secret': () => tokenRequest({}, [m2m.appId, 'wrong']),
  'token unknown app': () => tokenRequest({}, ['nosuchapp', 'x']),
  'token wrong resource': () => tokenRequest({ resource: 'https://nope' }, right),
  'token no resource': () => tokenRequest({ resource: '' }, right),
  'token no scope': () => tokenRequest({ scope: '' }, right),
  'token app without role': () => tokenRequest({}, [roleless.appId, roleless.secret]),
  'token wrong grant': () => tokenRequest({ grant_type: 'password' }, right),
};

const call = (method: string, target: string, body?: unknown): Asked => ({
  method,
  path: target,
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
});

const user = () => `/api/users/${ids.e4774cdda079}`;
const otherCases: Record<string, () => Asked> = {
  'api users with no-scope token': () => ({
    ...call('GET', '/api/users'),
    headers: { authorization: `Bearer ${ids.weak}` },
  }),
  'api no token': () => ({ method: 'GET', path: '/api/users', headers: {} }),
  'api bad token': () => ({ ...call('GET', '/api/users'), headers: { authorization: 'Bearer bad' } }),
  'GET user': () => call('GET', user()),
  'GET log by id': () => call('GET', `/api/logs/${server.tenant.newLogs[0]?.id}`),
  'GET missing user': () => call('GET', '/api/users/nosuchuser00'),
  'PATCH suspend': () => call('PATCH', `${user()}/is-suspended`, { isSuspended: true }),
  'PATCH suspend bad': () => call('PATCH', `${user()}/is-suspended`, { isSuspended: 'yes' }),
  'POST user roles': () => call('POST', `${user()}/roles`, { roleIds: [ids.role000002] }),
  'POST user roles again': () => call('POST', `${user()}/roles`, { roleIds: [ids.role000002] }),
  'DELETE user role': () => call('DELETE', `${user()}/roles/${ids.role000002}`),
  'POST user': () => call('POST', '/api/users', { username: 'neo', name: 'Neo' }),
  'POST dup user': () => call('POST', '/api/users', { username: 'neo' }),
  'PATCH user': () => call('PATCH', user(), { name: 'Renamed', customData: { a: 1 } }),
  'POST bad json': () => call('POST', '/api/users', '{x'),
  'POST weak password': () => call('POST', '/api/users', { username: 'x', password: 'x' }),
};

/** The recorded path with the simulator's ids in the place of the recorded ones. */
const withOwnIds = (target: string) =>
  Object.entries(ids).reduce((text, [theirs, ours]) => text.replaceAll(theirs, ours), target);

const requestOf = ({ name, method, path }: Recording): Asked | null => {
  if (method && path) return call(method, withOwnIds(path));
  const known = tokenCases[name] ?? otherCases[name];
  if (known) return known();
  const below = /^GET user(\/.+)$/.exec(name)?.[1];
  if (below) return call('GET', user() + below);
  const target = /^GET (\/api\/.+)$/.exec(name)?.[1];
  return target ? call('GET', withOwnIds(target)) : null;
};

const ask = async ({ method, path: target, headers, body }: Asked) => {
  const response = await fetch(server.endpoint + target, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: json ? (JSON.parse(text) as unknown) : text,
  };
};

/** Keys and types of a value, arrays by their first item: what must agree between the two servers. */
const shapeOf = (value: unknown): unknown => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
  return typeof value;
};

/** Recorded arrays are cut to `{__array, first}`. */
const restored = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && '__array' in body && 'first' in body ? body.first : body;

/** Fields whose content is data of the one tenant or the other, not the server's manner. */
const freeContent = new Set([
  'customData',
  'profile',
  'identities',
  'payload',
  'allowedChars',
  'usernamePolicy',
]);

const agree = (ours: unknown, theirs: unknown, at: string) => {
  if (theirs === 'null' || ours === 'null') return;
  if (Array.isArray(theirs) && Array.isArray(ours)) {
    if (theirs.length > 0 && ours.length > 0) agree(ours[0], theirs[0], `${at}[]`);
    return;
  }
  if (typeof theirs !== 'object' || theirs === null || typeof ours !== 'object' || ours === null) {
    expect(ours, at).toEqual(theirs);
    return;
  }
  if (freeContent.has(at.split('.').at(-1) ?? '')) return;
  const [a, b] = [ours as Record<string, unknown>, theirs as Record<string, unknown>];
  expect(Object.keys(a).sort(), at).toEqual(Object.keys(b).sort());
  for (const key of Object.keys(b)) agree(a[key], b[key], `${at}.${key}`);
};

/** Which links an answer has, and whether they keep the server's manner; their page numbers are the tenant's. */
const linkManner = (link: string | null | undefined) =>
  link && {
    withoutApi: !link.includes('/api/'),
    parameters: [...(/\?([^>]*)>/.exec(link)?.[1] ?? '').matchAll(/(?:^|&)([^=]+)=/g)].map(
      ([, name]) => name,
    ),
    first: link.includes('rel="first"'),
    last: link.includes('rel="last"'),
  };

/** Headers that were kept of the newest server's answers only. */
const keptOfNewest = ['www-authenticate', 'logto-core-request-id'];

/** The whole list of logs, as the two older servers had it, and the simulator has. */
const wholeOf = { recorded: '20010', logs: 20_010 };

const open = async (era: Era) => {
  server = await startSimulator({ apps: [m2m, roleless], auditTokens: true, logs: wholeOf.logs, era });
  const tokenOf = async (credentials: readonly [string, string]) =>
    String(((await ask(tokenRequest({}, credentials))).body as { access_token: string }).access_token);
  ids = { weak: await tokenOf([roleless.appId, roleless.secret]) };
  token = await tokenOf(right);
  const { roles, organizations, applications, users, usersByOrganization } = server.tenant;
  const member = [...(usersByOrganization.values().next().value ?? [])][0];
  ids = {
    ...ids,
    role000002: String(roles[2]?.id),
    role000005: String(roles[5]?.id),
    org000001: String(organizations[0]?.id),
    res1: String(server.tenant.resources[1]?.id),
    deskm2mappid00000001: String(applications[5]?.id),
    e4774cdda079: member ?? String(users[0]?.id),
    ...aroundLoneLog(),
  };
};

/** Around the moment of a log that has its millisecond for itself: the recorded moments, and the simulator's. */
const aroundLoneLog = () => {
  const { times } = server.tenant.logs;
  const at = times.findIndex(
    (time, n) => n > 0 && Number(times[n - 1]) > time + 1 && Number(times[n + 1]) < time - 1,
  );
  const moment = Number(times[at]);
  return {
    '1795345999890': String(moment - 1),
    '1795345999891': String(moment),
    '1795345999892': String(moment + 1),
  };
};

const recordedTotal = async (total: string) =>
  total === wholeOf.recorded
    ? (await ask(call('GET', '/api/logs?page_size=1'))).headers.get('total-number')
    : total;

describe.each(eras)('Logto %s', (era) => {
  const recordings = recordingsOf(era);
  beforeAll(() => open(era));
  afterAll(() => server.stop());

  test.each(recordings.map((recording) => [recording.name, recording] as const))(
    '%s',
    async (name, recording) => {
      const request = requestOf(recording);
      if (!request) throw new Error(`No request is known for the recording "${name}"`);
      const answer = await ask(request);
      expect(answer.status).toBe(recording.status);
      for (const header of ['content-type', 'total-number-is-capped']) {
        expect(answer.headers.get(header), header).toBe(recording.headers[header] ?? null);
      }
      for (const header of ['total-number', 'link', ...(era === '1.42' ? keptOfNewest : [])]) {
        expect(answer.headers.has(header), header).toBe(recording.headers[header] !== undefined);
      }
      // Which logs a time filter finds differs most between servers.
      const total = recording.headers['total-number'];
      if (total !== undefined && recording.path?.includes('start_time'))
        expect(answer.headers.get('total-number')).toBe(await recordedTotal(total));
      expect(linkManner(answer.headers.get('link'))).toEqual(linkManner(recording.headers.link) ?? null);
      const theirs = restored(recording.body);
      if (recording.status >= 400 && typeof theirs === 'object' && theirs !== null && 'code' in theirs) {
        expect(answer.body).toMatchObject({ code: theirs.code });
      }
      agree(shapeOf(answer.body), shapeOf(theirs), name.endsWith('custom-data') ? 'customData' : 'body');
    },
  );
});
