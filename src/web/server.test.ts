import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keptJobSchema } from '../core/jobs/kept.ts';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import { pageKeyHeader } from '../shared/page-key.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { Downloads } from './downloads.ts';
import { type BrowserDoor, startBrowserDoor } from './server.ts';
import { type Asked, askPort, enter } from './testing.ts';

let server: Simulator;
let held: TestCore;
let door: BrowserDoor;
let assets: string;
let profile = '';
/** What our own page sends along. */
let page: Awaited<ReturnType<typeof enter>>;

const ask = (path: string, asked: Asked = {}) => askPort(door.port, path, asked);

const own = () => ({ ...page, 'content-type': 'application/json' });
const call = (procedure: string, input: unknown, headers: Record<string, string> = own()) =>
  ask(`/trpc/${procedure}`, { method: 'POST', headers, body: JSON.stringify(input) });
/** The headers without some of them. */
const without = (names: readonly string[], headers: Record<string, string> = own()) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));

const files = () => ({ host: page.host, cookie: page.cookie });

/** Another door, for what happens once. */
const anotherDoor = async (core: TestCore) =>
  startBrowserDoor(core.core, { assets, downloads: join(core.dataDir, 'downloads') });

beforeAll(async () => {
  server = await startSimulator({ users: 250, logs: 20, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
  assets = mkdtempSync(join(tmpdir(), 'logto-desk-page-'));
  writeFileSync(join(assets, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(assets, 'app.js'), 'void 0');
  writeFileSync(join(assets, 'notes.txt'), 'not served');
  door = await anotherDoor(held);
});
afterAll(async () => {
  await door.stop();
  await held[Symbol.asyncDispose]();
  await server.stop();
});

describe('the page that opens the window', () => {
  const arrival = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };

  test('comes from elsewhere, and is let in by its token alone', async () => {
    await using other = testCore();
    const opened = await anotherDoor(other);
    const { pathname, search, host } = new URL(opened.address);
    const arrive = (path: string, headers: Record<string, string>) =>
      askPort(opened.port, path, { headers: { host, ...headers } });
    expect((await arrive('/', arrival)).status).toBe(403);
    expect((await arrive('/?token=guess', arrival)).status).toBe(403);
    expect((await arrive(pathname + search, { ...arrival, 'sec-fetch-dest': 'iframe' })).status).toBe(403);
    expect((await arrive(pathname + search, { ...arrival, 'sec-fetch-mode': 'no-cors' })).status).toBe(403);
    const admitted = await arrive(pathname + search, arrival);
    expect(admitted.status).toBe(200);
    expect(String(admitted.headers['set-cookie'])).toContain('SameSite=Strict');
    expect((await arrive(pathname + search, arrival)).status).toBe(403);
    await opened.stop();
  });
});

describe('the address', () => {
  test('lets nobody in without its token', async () => {
    const { host } = new URL(door.address);
    for (const path of ['/', '/?token=guess', '/app.js', '/trpc/profiles.list', '/download/x']) {
      expect((await ask(path, { headers: { host } })).status, path).toBe(401);
    }
  });

  test('opens once, with a cookie that no script can use and a key that no other page has', async () => {
    const { pathname, search, host } = new URL(door.address);
    const first = await ask(pathname + search, { headers: { host } });
    const [set = ''] = first.headers['set-cookie'] ?? [];
    expect(set).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    const key = /name="key" content="([\w-]{43})"/.exec(first.body)?.[1] ?? '';
    page = { host, origin: `http://${host}`, cookie: set.split(';')[0] ?? '', [pageKeyHeader]: key };
    expect((await ask(pathname + search, { headers: { host } })).status).toBe(401);
    // Going back to it leads on to the interface.
    expect(await ask(pathname + search, { headers: { host, cookie: page.cookie } })).toMatchObject({
      status: 303,
      headers: { location: '/' },
    });
    expect((await ask('/', { headers: { host, cookie: page.cookie } })).body).toContain('<title>page');
  });

  test('has a name of its own, to which the door is held once it came in by it', async () => {
    expect(page.host).toMatch(/^desk-[0-9a-f]{16}\.localhost:\d+$/);
    const plain = `127.0.0.1:${door.port}`;
    const asPlain = { ...own(), host: plain, origin: `http://${plain}` };
    expect((await call('profiles.list', undefined, asPlain)).status).toBe(403);
    await using other = testCore();
    const opened = await anotherDoor(other);
    // A browser that cannot resolve the name comes in by the plain address, and stays there.
    const entered = await enter({ address: opened.plainAddress ?? '', port: opened.port });
    const ofOther = (headers: Record<string, string>) =>
      askPort(opened.port, '/trpc/profiles.list', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
      });
    expect((await ofOther(entered)).status).toBe(200);
    const named = new URL(opened.address);
    expect((await ofOther({ ...entered, host: named.host, origin: named.origin })).status).toBe(403);
    await opened.stop();
  });

  test('has no name of its own where another program listens for it', async () => {
    // Chromium looks for names below localhost at ::1, too.
    const thief = createServer().listen(0, '::1');
    const had = await new Promise<boolean>((resolve) => {
      thief.once('listening', () => resolve(true)).once('error', () => resolve(false));
    });
    if (!had) return;
    const { port } = thief.address() as { port: number };
    await using other = testCore();
    const opened = await startBrowserDoor(other.core, { assets, downloads: other.dataDir, port });
    expect(opened).toMatchObject({ plainAddress: null });
    expect(opened.address).toMatch(/^http:\/\/127\.0\.0\.1:/);
    await opened.stop();
    thief.close();
  });
});

describe('a request', () => {
  test.each([
    ['another Host (DNS rebinding)', () => ({ host: `evil.example:${door.port}` })],
    ['localhost as Host', () => ({ host: `localhost:${door.port}` })],
    ['another Origin', () => ({ origin: 'https://evil.example' })],
    ['a null Origin', () => ({ origin: 'null' })],
    ['another site', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['another port of this machine', () => ({ 'sec-fetch-site': 'same-site' })],
  ])('with %s is refused, cookie or not', async (_case, headers) => {
    expect(
      (await ask('/', { headers: { ...without(['origin', 'content-type']), ...headers() } })).status,
    ).toBe(403);
    expect((await call('profiles.list', undefined, { ...own(), ...headers() })).status).toBe(403);
  });

  test('that changes something has to name its Origin', async () => {
    expect((await call('profiles.remove', { id: profile }, without(['origin']))).status).toBe(403);
    expect(held.core.profiles.list()).toHaveLength(1);
  });

  test('with a wrong cookie is unknown, whatever its bytes; one of ours among others of its name is found', async () => {
    const { host, cookie } = page;
    const [name = '', value = ''] = cookie.split('=');
    // As many characters, and more bytes.
    const wide = `${name}=${'\u00e9'.repeat(value.length)}`;
    for (const wrong of [`${name}=x`, wide, `${name}=`])
      expect((await ask('/', { headers: { host, cookie: wrong } })).status, wrong).toBe(401);
    expect((await ask('/', { headers: { host, cookie: `${name}=x; ${cookie}` } })).status).toBe(200);
  });

  test('that has the cookie and lacks the page’s key can call nothing, subscribe to nothing, download nothing', async () => {
    const stolen = without([pageKeyHeader]);
    for (const headers of [stolen, { ...stolen, [pageKeyHeader]: 'guess' }]) {
      expect((await call('profiles.list', undefined, headers)).status).toBe(401);
      expect((await ask('/trpc/jobs.watch', { headers: without(['origin'], headers) })).status).toBe(401);
      expect((await call('jobs.download', { id: profile, what: 'file' }, headers)).status).toBe(401);
    }
    expect((await ask(`/download/${'x'.repeat(43)}`, { headers: without(['origin']) })).status).toBe(404);
  });
});

describe('files', () => {
  test('come with a strict policy', async () => {
    const { headers } = await ask('/', { headers: files() });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  test('are those of the interface and no others, however the path is written', async () => {
    for (const path of [
      '/../../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/package.json',
      '//etc/passwd',
      '/notes.txt',
      '/app.js.map',
    ]) {
      const { status, body } = await ask(path, { headers: files() });
      expect(status === 404 || body.includes('<title>page'), path).toBe(true);
    }
    expect((await ask('/demo/users', { headers: files() })).body).toContain('<title>page');
    expect((await ask('/app.js', { headers: files() })).headers['content-type']).toBe(
      'text/javascript; charset=utf-8',
    );
  });
});

describe('calls', () => {
  test('answer, and errors come as codes without a stack', async () => {
    const query = { profile, resource: 'users', filters: {} };
    const good = JSON.parse((await call('list.page', { query, index: 2 })).body);
    expect(good.result.data.rows).toHaveLength(50);
    const bad = await call('list.page', { query: { ...query, profile: 'nope' }, index: 0 });
    expect(JSON.parse(bad.body).error.data.desk).toEqual({
      code: 'profile.not_found',
      detail: { where: 'nope' },
    });
    expect(bad.body).not.toContain('stack');
  });

  test.each([
    [{}, 'query.invalid'],
    [{ query: { profile: 1 } }, 'query.invalid'],
    [{ query: { profile: 'p', resource: 'users', filters: { keyword: 'x' } }, index: 0 }, 'query.invalid'],
    [{ query: { profile: 'p', resource: 'users', filters: {} }, index: -1 }, 'input.invalid'],
    [{ query: { profile: 'p', resource: 'users', filters: {} }, index: 1e99 }, 'input.invalid'],
  ])('with a wrong input are refused with a code: %j', async (input, code) => {
    const answer = await call('list.page', input);
    expect([answer.status, JSON.parse(answer.body).error.data.desk.code]).toEqual([400, code]);
  });

  test('too large are refused', async () => {
    const body = JSON.stringify({ query: { profile: 'x'.repeat(9_000_000) } });
    const answer = await ask('/trpc/list.page', { method: 'POST', headers: own(), body }).catch(() => ({
      status: 413,
    }));
    expect(answer.status).toBe(413);
  });
});

const downloaded = async (format: 'csv' | 'ndjson') => {
  const query = { profile, resource: 'users', filters: {} };
  const started = JSON.parse((await call('exports.start', { query, format, columns: 'all' })).body);
  return held.core.jobs.ended(started.result.data.id);
};
const addressFor = async (id: string, what = 'file'): Promise<string | null> =>
  JSON.parse((await call('jobs.download', { id, what })).body).result.data;

test('what is refused with a code of ours is an answer, and no fault of the door', async () => {
  const where = [{ column: 'roles', mode: 'filled', value: '' }];
  const query = { profile, resource: 'users', filters: {}, where };
  const refused = await call('list.page', { query, index: 0, needed: ['roles'] });
  expect(refused.status).toBe(200);
  expect(JSON.parse(refused.body)).toMatchObject({ error: { data: { desk: { code: 'mirror.members' } } } });
  expect((await call('list.page', { query, index: -1 })).status).toBe(400);
});

test('locked, no download starts and a subscription that runs ends', async () => {
  const job = await downloaded('ndjson');
  const address = (await addressFor(job.id)) ?? '';
  let heard = '';
  const ended = new Promise((resolve) => {
    const headers = without(['origin', 'content-type']);
    const path = '/trpc/jobs.watch';
    request({ host: '127.0.0.1', port: door.port, path, headers, agent: false }, (response) => {
      response.setEncoding('utf8').on('data', (chunk) => (heard += chunk));
      response.on('end', resolve);
    }).end();
  });
  await expect.poll(() => heard).toContain(job.id);
  held.core.lock.close();
  await ended;
  expect(heard).toContain('"code":"locked"');
  expect((await ask(address, { headers: files() })).status).toBe(423);
  expect((await call('jobs.download', { id: job.id, what: 'file' })).status).toBe(403);
  held.core.lock.open();
  expect((await ask(address, { headers: files() })).status).toBe(200);
});

test('a download that runs is cut when it locks', async () => {
  const job = await downloaded('ndjson');
  // More than any buffer on the way takes: the door is still sending when it locks.
  truncateSync(job.path ?? '', 64_000_000);
  const path = (await addressFor(job.id)) ?? '';
  const response = await new Promise<IncomingMessage>((resolve) =>
    request({ host: '127.0.0.1', port: door.port, path, headers: files(), agent: false }, resolve).end(),
  );
  expect([response.statusCode, response.headers['content-length']]).toEqual([200, '64000000']);
  const closed = new Promise((resolve) => response.on('close', resolve).on('error', () => {}));
  held.core.lock.close();
  let got = 0;
  response.on('data', (chunk: Buffer) => (got += chunk.length));
  await closed;
  held.core.lock.open();
  expect(response.complete).toBe(false);
  expect(got).toBeLessThan(64_000_000);
});

test('a program that opens connections without end gets no more than some, and the door keeps working', async () => {
  const sockets = Array.from({ length: 300 }, () => connect(door.port, '127.0.0.1'));
  for (const socket of sockets) socket.on('error', () => {});
  let open = sockets.length;
  for (const socket of sockets) socket.on('close', () => (open -= 1));
  await expect.poll(() => open, { timeout: 10_000 }).toBeLessThanOrEqual(256);
  for (const socket of sockets) socket.destroy();
  await expect.poll(() => open).toBe(0);
  expect((await ask('/', { headers: files() })).status).toBe(200);
});

test('what doors left that were killed is removed at the next start, but what an interrupted export needs', async () => {
  await using other = testCore();
  const home = join(other.dataDir, 'downloads');
  const names = ['999999999-a', '999999999-b', `${process.pid}-c`, `${process.pid}-d`];
  const [dead, needed, alive, former] = names.map((name) => {
    const folder = join(home, name, '1');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'Test-users.csv'), 'personal data');
    return folder;
  }) as [string, string, string, string];
  // Of an earlier process, of which another one has the number now.
  utimesSync(join(former, '..'), 1, 1);
  const kept = keptJobSchema.parse({ path: join(needed, 'Test-users.csv'), asked: {} });
  other.core.settings.changeKeptJobs(() => [kept]);
  const opened = await anotherDoor(other);
  expect([dead, needed, alive, former].map((folder) => existsSync(folder))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  await opened.stop();
});

test('what waits to be downloaded is its owner’s alone, whatever the umask', async () => {
  const umask = process.umask(0);
  try {
    await using other = testCore();
    const home = join(other.dataDir, 'downloads');
    const downloads = new Downloads(home);
    writeFileSync(await downloads.pathFor('a.csv'), '', { mode: 0o600 });
    await downloads.folderFor('b');
    const there = [
      home,
      ...readdirSync(home, { recursive: true, encoding: 'utf8' }).map((name) => join(home, name)),
    ];
    expect(there.length).toBeGreaterThan(5);
    for (const path of there) expect(statSync(path).mode & 0o077, path).toBe(0);
    await downloads.removeAll();
  } finally {
    process.umask(umask);
  }
});

test('an export is downloaded whole, by an address that works once, and its file is gone with the door', async () => {
  const job = await downloaded('csv');
  const address = (await addressFor(job.id)) ?? '';
  const { status, headers, body } = await ask(address, { headers: files() });
  expect(status).toBe(200);
  expect(headers['content-disposition']).toMatch(
    /^attachment; filename\*=UTF-8''Test-users-\d{4}-\d\d-\d\dT\d{4}Z\.csv$/,
  );
  expect(body.trim().split('\r\n')).toHaveLength(251);
  expect((await ask(address, { headers: files() })).status).toBe(404);
  expect(await addressFor('00000000-0000-4000-8000-000000000000')).toBe(null);
  expect((await ask((await addressFor(job.id, 'manifest')) ?? '', { headers: files() })).body).toContain(
    '"rows": 250',
  );
  const folder = join(job.path, '..', '..');
  expect(readdirSync(folder).length).toBeGreaterThan(0);
  await door.stop();
  expect(() => readdirSync(folder)).toThrow('ENOENT');
});
