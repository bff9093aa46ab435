import { request } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sized } from '../doors/full.ts';
import { type TestCore, testCore } from '../doors/testing.ts';
import { type BrowserDoor, startBrowserDoor } from './server.ts';
import { enter } from './testing.ts';

let held: TestCore;
let door: BrowserDoor;
let headers: Record<string, string> = {};

type Asked = { method: string; path: string; body: string | Uint8Array; type: string };

const send = ({ method, path, body, type }: Asked): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: door.port,
        method,
        path,
        agent: false,
        headers: { ...headers, 'content-type': type },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });

beforeAll(async () => {
  held = testCore();
  const assets = join(import.meta.dirname, '..', 'renderer');
  door = await startBrowserDoor(held.core, { assets, downloads: join(held.dataDir, 'downloads') });
  headers = await enter(door);
});
afterAll(async () => {
  await door.stop();
  await held[Symbol.asyncDispose]();
});

const segment = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '%00',
    'trpc',
    'download',
    'list.page',
    'profiles.list',
    'index.html',
    '\\',
  ),
  fc.stringMatching(/^[\w.%~-]{0,12}$/),
);
const path = fc
  .tuple(fc.array(segment, { maxLength: 5 }), fc.stringMatching(/^[\w=&%[\]{}".-]{0,40}$/))
  .map(([segments, query]) => encodeURI(`/${segments.join('/')}${query ? `?${query}` : ''}`));
const asked: fc.Arbitrary<Asked> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'),
  path: fc.oneof(
    path,
    fc.constantFrom('/trpc/list.page', '/trpc/profiles.add', '/trpc/list.page,profiles.list?batch=1'),
  ),
  body: fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 200 }),
    fc.constantFrom('[', '{"0":', `${'['.repeat(50_000)}`, '{"__proto__":{"x":1}}', '"\\ud800"'),
  ),
  type: fc.constantFrom('application/json', 'text/plain', 'multipart/form-data; boundary=x', 'x'),
});

test('2,000 hostile requests find no crash, no file outside and no stack trace', async () => {
  await fc.assert(
    fc.asyncProperty(asked, async (hostile) => {
      const { status, text } = await send(hostile);
      expect([200, 303, 400, 401, 403, 404, 405, 412, 413, 415, 422, 500]).toContain(status);
      expect(text).not.toMatch(/root:x:0|\bat .+\.ts:\d+|node:internal/);
      if (status === 500) expect(text).toContain('"desk":');
    }),
    { numRuns: sized(2_000, 300) },
  );
  // It still does its work.
  const { status } = await send({
    method: 'POST',
    path: '/trpc/profiles.list',
    body: '',
    type: 'application/json',
  });
  expect(status).toBe(200);
}, 120_000);
