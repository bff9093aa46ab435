import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCore, testCore } from '../doors/testing.ts';
import { type BrowserDoor, startBrowserDoor } from './server.ts';

let held: TestCore;
let door: BrowserDoor;
let assets: string;
let host: string;
let token: string;

beforeAll(async () => {
  held = testCore();
  assets = mkdtempSync(join(tmpdir(), 'logto-desk-raw-'));
  writeFileSync(join(assets, 'index.html'), '<!doctype html>the page');
  door = await startBrowserDoor(held.core, { assets, downloads: join(held.dataDir, 'downloads') });
  const url = new URL(door.address);
  host = url.host;
  token = url.searchParams.get('token') ?? '';
});
afterAll(async () => {
  await door.stop();
  await held[Symbol.asyncDispose]();
  rmSync(assets, { recursive: true });
});

/** All that the door answers to bytes on its port, as any program of this machine can send them. */
const raw = (text: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(door.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
    socket.write(
      text.replaceAll('HOST', host).replaceAll('TOKEN', token).replaceAll('PORT', String(door.port)),
    );
    socket.end();
  });

const close = 'Connection: close\r\n\r\n';
const attempts: readonly [name: string, request: string][] = [
  ['without a host', `GET /?token=TOKEN HTTP/1.1\r\n${close}`],
  ['in HTTP/1.0 without a host', `GET /?token=TOKEN HTTP/1.0\r\n\r\n`],
  ['of another name', `GET /?token=TOKEN HTTP/1.1\r\nHost: localhost:PORT\r\n${close}`],
  ['of a name with a dot behind it', `GET /?token=TOKEN HTTP/1.1\r\nHost: HOST.\r\n${close}`],
  [
    'with an address of another host',
    `GET http://evil.example/?token=TOKEN HTTP/1.1\r\nHost: evil.example\r\n${close}`,
  ],
  [
    'with such an address and our host',
    `GET http://evil.example/?token=TOKEN HTTP/1.1\r\nHost: HOST\r\n${close}`,
  ],
  [
    'with two hosts, theirs first',
    `GET /?token=TOKEN HTTP/1.1\r\nHost: evil.example\r\nHost: HOST\r\n${close}`,
  ],
  ['of a page without an origin', `GET /?token=TOKEN HTTP/1.1\r\nHost: HOST\r\nOrigin: null\r\n${close}`],
  [
    'for a picture of another site',
    `GET /?token=TOKEN HTTP/1.1\r\nHost: HOST\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n${close}`,
  ],
  [
    'for a frame of another site',
    `GET /?token=TOKEN HTTP/1.1\r\nHost: HOST\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n${close}`,
  ],
  [
    'that posts the token',
    `POST /?token=TOKEN HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nContent-Length: 0\r\n${close}`,
  ],
  ['that asks for heads', `HEAD /?token=TOKEN HTTP/1.1\r\nHost: HOST\r\n${close}`],
  [
    'that asks whether it may',
    `OPTIONS /trpc/app.start HTTP/1.1\r\nHost: HOST\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n${close}`,
  ],
  ['to go through the door', `CONNECT evil.example:80 HTTP/1.1\r\nHost: HOST\r\n${close}`],
  [
    'for another protocol',
    `GET / HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  ],
  [
    'with another one hidden in it',
    `POST /trpc/app.start HTTP/1.1\r\nHost: HOST\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /?token=TOKEN HTTP/1.1\r\nHost: HOST\r\n${close}`,
  ],
  ['that climbs', `GET /../../../../etc/passwd HTTP/1.1\r\nHost: HOST\r\n${close}`],
  ['of a call without anything', `GET /trpc/app.start HTTP/1.1\r\nHost: HOST\r\n${close}`],
  ['with a guess', `GET /?token=TOKENx HTTP/1.1\r\nHost: HOST\r\n${close}`],
];

test.each(attempts)('a request %s opens nothing and uses nothing up', async (_, request) => {
  const answer = await raw(request);
  expect(answer).not.toMatch(/^HTTP\/1\.1 (?:2|101)/m);
  expect(answer).not.toMatch(/set-cookie|access-control-allow|the page|root:/i);
});

test('the token lets in the one who brings it afterwards, once', async () => {
  const arrival = `GET /?token=TOKEN HTTP/1.1\r\nHost: HOST\r\n${close}`;
  expect(await raw(arrival)).toMatch(/^HTTP\/1\.1 200[\s\S]*set-cookie/i);
  expect(await raw(arrival)).toMatch(/^HTTP\/1\.1 401/);
});
