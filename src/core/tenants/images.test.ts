import { execFileSync } from 'node:child_process';
import type { LookupAddress, lookup } from 'node:dns';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { nodeFetch } from '../../doors/node-fetch.ts';
import { publicFetch } from '../../doors/public-fetch.ts';
import { type Profile, profileOf } from '../../shared/profile.ts';
import { largestImage, readImage } from './images.ts';

const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const asked: IncomingMessage[] = [];
let server: Server;
let home = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    if (request.url === '/page') response.setHeader('content-type', 'text/html').end('<script>1</script>');
    else if (request.url === '/svg') response.setHeader('content-type', 'image/svg+xml').end('<svg/>');
    else if (request.url === '/moved') response.writeHead(302, { location: '/a.gif' }).end();
    else {
      response.setHeader('content-type', 'image/gif');
      response.end(request.url === '/large' ? Buffer.alloc(largestImage + 1) : pixel);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const profile = (images: boolean): Profile =>
  profileOf({ kind: 'oss', name: 'T', endpoint: home, appId: 'a', images }, 't');
const fetches = { own: nodeFetch(), others: publicFetch() };
const read = (address: string, images = true) => readImage(fetches, profile(images), address);

test('a picture is read without credentials, cookies or referrer', async () => {
  expect(await read(`${home}/a.gif`)).toBe(`data:image/gif;base64,${pixel.toString('base64')}`);
  const last = asked.at(-1);
  expect(last?.method).toBe('GET');
  for (const name of ['authorization', 'cookie', 'referer', 'origin'])
    expect(last?.headers).not.toHaveProperty(name);
});

test('nothing is asked for where the operator did not allow it', async () => {
  const before = asked.length;
  await expect(read(`${home}/a.gif`, false)).rejects.toMatchObject({ code: 'image.refused' });
  expect(asked).toHaveLength(before);
});

test.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'data:text/html,x',
  'not an address',
  'http://pictures.example/a.png',
  'https://user:pw@pictures.example/a.png',
  'https://192.168.1.1/admin',
  'https://2130706433/',
  'https://0.0.0.0/',
  'https://[::1]/',
  'https://router.local/reboot',
  'https://intranet/',
  'https://localhost./a.png',
  'https://router.local./reboot',
  'https://192.168.1.1./admin',
])('what leads elsewhere is not asked for: %s', async (address) => {
  const before = asked.length;
  await expect(read(address)).rejects.toMatchObject({ code: 'image.refused' });
  expect(asked).toHaveLength(before);
});

test.each(['/page', '/svg', '/moved', '/large'])('what is not a picture is not shown: %s', async (path) => {
  await expect(read(home + path)).rejects.toMatchObject({ code: 'image.refused' });
});

test('another port of the tenant’s own host is another server', async () => {
  const other = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(other, 'listening');
  let reached = 0;
  other.on('connection', () => (reached += 1));
  const { port } = other.address() as AddressInfo;
  await expect(read(`http://127.0.0.1:${port}/_all_dbs`)).rejects.toMatchObject({ code: 'image.refused' });
  expect(reached).toBe(0);
  other.close();
});

/** A name server that answers these addresses, whatever it is asked. */
const nameServer = (...addresses: string[]) =>
  ((_name: string, _options: unknown, answer: (error: null, found: LookupAddress[]) => void) =>
    answer(
      null,
      addresses.map((address) => ({ address, family: isIP(address) })),
    )) as unknown as typeof lookup;

test.each([
  ['127.0.0.1'],
  ['::1'],
  ['::ffff:127.0.0.1'],
  ['10.0.0.7'],
  ['169.254.169.254'],
  ['100.64.0.1'],
  ['fd00::1'],
  ['fe80::1'],
  ['0.0.0.0'],
  // One good address beside it makes it no better.
  ['203.0.114.5', '127.0.0.1'],
])('a public name that leads to %s is not connected to', async (...addresses) => {
  const listening = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  let reached = 0;
  listening.on('connection', () => (reached += 1));
  const { port } = listening.address() as AddressInfo;
  const others = publicFetch(nameServer(...addresses));
  const address = `https://pictures.example.org:${port}/a.png`;
  await expect(readImage({ ...fetches, others }, profile(true), address)).rejects.toMatchObject({
    code: 'image.refused',
    cause: { cause: { message: 'The name leads into a private network' } },
  });
  expect(reached).toBe(0);
  listening.close();
});

/** A server with a certificate that nobody signed but itself. */
const selfSigned = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-picture-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=pictures.example.org', '-addext', 'subjectAltName=DNS:pictures.example.org'];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert];
  execFileSync('openssl', [...made, ...subject], { stdio: 'ignore' });
  const files = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  let asked = 0;
  const front = createTlsServer(files, (_request, response) => {
    asked += 1;
    response.writeHead(200, { 'content-type': 'image/gif' }).end(pixel);
  }).listen(0, '127.0.0.1');
  await once(front, 'listening');
  return { front, port: (front.address() as AddressInfo).port, asked: () => asked };
};

test('a picture behind a certificate that nobody signed is not asked for, whatever the environment says', async () => {
  const { front, port, asked } = await selfSigned();
  // This machine's address stands for a public one: what is looked at here is the certificate.
  const here = publicFetch(nameServer('127.0.0.1'), () => true);
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  try {
    for (const [tenant, address] of [
      [home, `https://pictures.example.org:${port}/a.gif`],
      [`https://127.0.0.1:${port}`, `https://127.0.0.1:${port}/a.gif`],
    ] as const) {
      const own = profileOf({ kind: 'oss', name: 'T', endpoint: tenant, appId: 'a', images: true }, 't');
      const error = await readImage({ own: fetches.own, others: here }, own, address).catch(
        (thrown) => thrown,
      );
      expect(error, address).toMatchObject({ code: 'image.refused' });
      expect(error.cause?.cause?.code, address).toMatch(/SELF_SIGNED/);
    }
    expect(asked()).toBe(0);
  } finally {
    vi.unstubAllEnvs();
    front.close();
    front.closeAllConnections();
  }
});
