import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { nodeFetch } from '../../doors/node-fetch.ts';
import { largestBody } from '../client/body.ts';
import { sender } from '../client/send.ts';

const run = promisify(execFile);

/** What a connection can do to one request, byte by byte, and what comes of it. */
const limits = { answer: 400, whole: 1_200 };
/** For what is not about time: a busy machine must not turn it into a time-out. */
const roomy = { answer: 8_000, whole: 16_000 };
/** Made before the time limits run. */
const bomb = gzipSync(Buffer.alloc(largestBody + 1_000_000));
const json = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

type Row = [name: string, serve: (socket: Socket) => void, expected: string | RegExp];

const chunk = (text: string | Buffer) =>
  Buffer.concat([Buffer.from(`${text.length.toString(16)}\r\n`), Buffer.from(text), Buffer.from('\r\n')]);

const endless = (socket: Socket, everyMs: number, part: Buffer) => {
  socket.write(`${json}Transfer-Encoding: chunked\r\n\r\n`);
  const timer = setInterval(() => socket.write(chunk(part)), everyMs);
  socket.on('close', () => clearInterval(timer));
};

/** As fast as the reader takes it. */
const flood = (socket: Socket, part: Buffer) => {
  socket.write(`${json}Transfer-Encoding: chunked\r\n\r\n`);
  const piece = chunk(part);
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
};

const rows: Row[] = [
  ['a reset before any answer', (socket) => socket.resetAndDestroy(), 'network.interrupted'],
  ['a close before any answer', (socket) => socket.end(), 'network.interrupted'],
  ['silence', () => {}, 'network.timeout'],
  [
    'headers that never end',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write(`X-${Date.now()}: y\r\n`), 20);
      socket.on('close', () => clearInterval(timer));
    },
    'network.timeout',
  ],
  ['what is not HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'), 'network.interrupted'],
  ['half a body', (socket) => socket.end(`${json}Content-Length: 100\r\n\r\n[{"id":`), 'network.interrupted'],
  [
    'a chunk that is cut',
    (socket) => socket.end(`${json}Transfer-Encoding: chunked\r\n\r\nff\r\n[{"id"`),
    'network.interrupted',
  ],
  ['a body that trickles on', (socket) => endless(socket, 50, Buffer.from(' ')), 'network.timeout'],
  ['a body without an end', (socket) => flood(socket, Buffer.alloc(1_000_000, 32)), 'http.unreadable'],
  [
    'a Content-Length that is too small',
    (socket) => socket.end(`${json}Content-Length: 4\r\n\r\n[{"id":1}]`),
    '[{"i',
  ],
  [
    'a Content-Length that is not a number',
    (socket) => socket.end(`${json}Content-Length: x\r\n\r\n[]`),
    'network.interrupted',
  ],
  [
    'bytes that are not UTF-8',
    (socket) =>
      socket.end(
        Buffer.concat([
          Buffer.from(`${json}Content-Length: 6\r\n\r\n["a`),
          Buffer.from([0xff, 0xfe]),
          Buffer.from('"'),
        ]),
      ),
    'http.unreadable',
  ],
  [
    'gzip that is none',
    (socket) => socket.end(`${json}Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello`),
    'network.interrupted',
  ],
  [
    'gzip that is cut',
    (socket) => {
      const body = gzipSync('x'.repeat(10_000)).subarray(0, 20);
      socket.end(
        Buffer.concat([Buffer.from(`${json}Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n`), body]),
      );
    },
    // What could be unpacked is passed on; the reader refuses it, as it is not JSON.
    /^$/,
  ],
  [
    'a small gzip that unpacks without end',
    (socket) => {
      const head = `${json}Content-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`;
      socket.end(Buffer.concat([Buffer.from(head), bomb]));
    },
    'http.unreadable',
  ],
  [
    'a slow answer within the limit',
    (socket) => setTimeout(() => socket.end(`${json}Content-Length: 2\r\n\r\n[]`), 200),
    '[]',
  ],
];

const listening = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const outcome = async (url: string, within = limits): Promise<string> =>
  sender(nodeFetch(), within)(url, {}).then(
    ({ text }) => text,
    (error: { code: string }) => error.code,
  );

test.each(rows)(
  '%s',
  async (_name, serve, expected) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('data', () => serve(socket));
    });
    const host = await listening(server);
    const within = expected === 'network.timeout' ? limits : roomy;
    expect(await outcome(`http://${host}/api/users`, within)).toMatch(
      typeof expected === 'string' ? new RegExp(`^${expected.replace(/[.[\]{}]/g, '\\$&')}$`) : expected,
    );
    for (const socket of sockets) socket.destroy();
    server.close();
  },
  20_000,
);

test('a port that nobody listens at', async () => {
  const server = createServer();
  const host = await listening(server);
  server.close();
  await once(server, 'close');
  expect(await outcome(`http://${host}/`)).toBe('network.refused');
});

/** A port whose queue of connections is full, so that the system drops every further packet that wants in. */
const blackHole = `
import socket, time
server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen(0)
waiting = []
for _ in range(4):
    one = socket.socket()
    one.setblocking(False)
    one.connect_ex(server.getsockname())
    waiting.append(one)
time.sleep(0.2)
print(server.getsockname()[1], flush=True)
time.sleep(60)
`;

test.skipIf(process.platform !== 'linux')('a black hole: packets go in, nothing comes back', async () => {
  const hole = spawn('python3', ['-c', blackHole], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = (await once(hole.stdout, 'data')) as [Buffer];
    const socket = connect(Number(String(port)), '127.0.0.1');
    const connected = await Promise.race([once(socket, 'connect').then(() => true), wait(300, false)]);
    socket.destroy();
    expect(connected).toBe(false);
    expect(await outcome(`http://127.0.0.1:${String(port).trim()}/api/users`)).toBe('network.timeout');
  } finally {
    hole.kill();
  }
});

const certificate = (folder: string, days: string, name: string) => {
  const [key, cert] = [join(folder, `${name}-${days}.key`), join(folder, `${name}-${days}.pem`)];
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  const dates =
    days === 'expired'
      ? ['-not_before', '20200101000000Z', '-not_after', '20200102000000Z']
      : ['-days', days];
  try {
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...dates, '-keyout', key, '-out', cert, ...subject],
      { stdio: 'ignore' },
    );
  } catch {
    // OpenSSL before 3.4 knows no dates here; one that ends yesterday has to be signed by hand.
    const request = join(folder, 'request.pem');
    execFileSync(
      'openssl',
      ['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', request, ...subject],
      { stdio: 'ignore' },
    );
    const signed = ['x509', '-req', '-in', request, '-signkey', key, '-copy_extensions', 'copyall'];
    execFileSync('openssl', [...signed, '-days', '-1', '-out', cert], { stdio: 'ignore' });
  }
  return { file: cert, key: readFileSync(key), cert: readFileSync(cert) };
};

const probe = join(import.meta.dirname, '..', '..', 'doors', 'fetch-probe.ts');

/** Asks in a process of its own, which knows the certificate as an authority when it is given one. */
const asked = async (endpoint: string, authority: string | null): Promise<string> => {
  const env = { ...process.env, ...(authority ? { NODE_EXTRA_CA_CERTS: authority } : {}) };
  const { stdout } = await run(process.execPath, [probe, endpoint], { env });
  return stdout.trim();
};

// The authority is known in all rows but the first, so that nothing but what the row says can be the reason.
test.each([
  ['self-signed', '2', 'localhost', false, 'network.tls'],
  ['good, of an authority that was given', '2', 'localhost', true, '200'],
  ['expired', 'expired', 'localhost', true, 'network.tls'],
  ['for another host', '2', 'elsewhere.example', true, 'network.tls'],
])('a certificate that is %s', async (_name, days, name, known, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-ca-'));
  const { file, ...identity } = certificate(folder, days, name);
  let requests = 0;
  const server = createTlsServer(identity, (_request, response) => {
    requests += 1;
    response.end('[]');
  });
  const host = await listening(server);
  const endpoint = `https://${host.replace('127.0.0.1', 'localhost')}`;
  expect(await asked(endpoint, known ? file : null)).toBe(expected);
  expect(requests).toBe(expected === '200' ? 1 : 0);
  server.close();
  server.closeAllConnections();
});
