import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { type BrowserDoor, startBrowserDoor } from './server.ts';

let server: Simulator;
let held: TestCore;
let door: BrowserDoor;
let cookie = '';
let profile = '';

type Asked = { method?: string; headers?: Record<string, string>; body?: string; port?: number };
type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

/** A request as some program sends it, free to claim any Host and Origin. */
const ask = (path: string, { method = 'GET', headers = {}, body, port = door.port }: Asked = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });

const own = () => ({ cookie, origin: `http://127.0.0.1:${door.port}`, 'content-type': 'application/json' });
const call = (procedure: string, input: unknown, headers: Record<string, string> = own()) =>
  ask(`/trpc/${procedure}`, { method: 'POST', headers, body: JSON.stringify(input) });

beforeAll(async () => {
  server = await startSimulator({ users: 250, logs: 20, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-page-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'app.js'), 'void 0');
  writeFileSync(join(folder, 'notes.txt'), 'not served');
  door = await startBrowserDoor(held.core, folder);
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
    const opened = await startBrowserDoor(other.core, mkdtempSync(join(tmpdir(), 'logto-desk-page-')));
    const { pathname, search } = new URL(opened.address);
    const arrive = (path: string, headers: Record<string, string>) =>
      ask(path, { headers, port: opened.port });
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
    for (const path of ['/', '/?token=guess', '/app.js', '/trpc/profiles.list', '/download/x']) {
      expect((await ask(path)).status, path).toBe(401);
    }
  });

  test('opens once, with a cookie that no script and no other site can use', async () => {
    const path = door.address.slice(door.address.indexOf('/', 8));
    const first = await ask(path);
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
    const [set = ''] = first.headers['set-cookie'] ?? [];
    expect(set).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    cookie = set.split(';')[0] ?? '';
    expect((await ask(path)).status).toBe(401);
    expect((await ask('/', { headers: { cookie } })).body).toContain('<title>page');
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
    expect((await ask('/', { headers: { cookie, ...headers() } })).status).toBe(403);
    expect((await call('profiles.list', undefined, { ...own(), ...headers() })).status).toBe(403);
  });

  test('that changes something has to name its Origin', async () => {
    const { origin: _, ...silent } = own();
    expect((await call('profiles.remove', { id: profile }, silent)).status).toBe(403);
    expect(held.core.profiles.list()).toHaveLength(1);
  });

  test('with a wrong cookie is unknown', async () => {
    expect((await ask('/', { headers: { cookie: cookie.replace(/=.*/, '=x') } })).status).toBe(401);
  });
});

describe('files', () => {
  test('come with a strict policy', async () => {
    const { headers } = await ask('/', { headers: { cookie } });
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
      const { status, body } = await ask(path, { headers: { cookie } });
      expect(status === 404 || body.includes('<title>page'), path).toBe(true);
    }
    expect((await ask('/demo/users', { headers: { cookie } })).body).toContain('<title>page');
    expect((await ask('/app.js', { headers: { cookie } })).headers['content-type']).toBe(
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
    [{}],
    [{ query: { profile: 1 } }],
    [{ query: { profile: 'p', resource: 'users', filters: { keyword: 'x' } }, index: 0 }],
    [{ query: { profile: 'p', resource: 'users', filters: {} }, index: -1 }],
    [{ query: { profile: 'p', resource: 'users', filters: {} }, index: 1e99 }],
  ])('with a wrong input are refused with a code: %j', async (input) => {
    const answer = await call('list.page', input);
    expect([answer.status, JSON.parse(answer.body).error.data.desk.code]).toEqual([400, 'query.invalid']);
  });

  test('too large are refused', async () => {
    const body = JSON.stringify({ query: { profile: 'x'.repeat(9_000_000) } });
    const answer = await ask('/trpc/list.page', { method: 'POST', headers: own(), body }).catch(() => ({
      status: 413,
    }));
    expect(answer.status).toBe(413);
  });
});

test('an export is downloaded whole, by its job, and its file is gone with the door', async () => {
  const query = { profile, resource: 'users', filters: {} };
  const started = JSON.parse((await call('exports.start', { query, format: 'csv', columns: 'all' })).body)
    .result.data;
  const job = await held.core.jobs.ended(started.id);
  const { status, headers, body } = await ask(`/download/${job.id}`, { headers: { cookie } });
  expect(status).toBe(200);
  expect(headers['content-disposition']).toMatch(
    /^attachment; filename\*=UTF-8''Test-users-\d{4}-\d\d-\d\d\.csv$/,
  );
  expect(body.trim().split('\r\n')).toHaveLength(251);
  expect((await ask('/download/00000000-0000-4000-8000-000000000000', { headers: { cookie } })).status).toBe(
    404,
  );
  const folder = join(job.path, '..', '..');
  expect(readdirSync(folder)).toHaveLength(1);
  await door.stop();
  expect(() => readdirSync(folder)).toThrow('ENOENT');
});
