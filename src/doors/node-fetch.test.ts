import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/server.ts';
import { nodeFetch } from './node-fetch.ts';

const run = promisify(execFile);

/** Asks a server in a process of its own, with another environment; prints the token request's outcome. */
const probe = async (endpoint: string, env: Record<string, string>) => {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'fetch-probe.ts'), endpoint], {
    env: { ...process.env, ...env },
  });
  return stdout.trim();
};

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;

test('the environment’s proxy is used, with its password, and NO_PROXY is heeded', async () => {
  await using server = await startSimulator({ users: 1, logs: 1 });
  const asked: string[] = [];
  const proxy = createServer().on('connect', (incoming, socket) => {
    asked.push(`${incoming.url} ${incoming.headers['proxy-authorization'] ?? 'nobody'}`);
    const upstream = connect(server.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const HTTP_PROXY = `http://ops:pw@127.0.0.1:${portOf(proxy)}`;
  expect(await probe('http://logto.internal:3001', { HTTP_PROXY })).toBe('204');
  expect(asked).toEqual([`logto.internal:3001 Basic ${btoa('ops:pw')}`]);
  expect(await probe('http://logto.internal:3001', { HTTP_PROXY, NO_PROXY: '.internal' })).toBe(
    'network.dns',
  );
  // A network is excepted as curl and Go do it, whoever answers there.
  const network = { HTTP_PROXY, NO_PROXY: '240.0.0.0/4' };
  await probe('http://240.0.0.1:3001', network);
  expect(asked).toHaveLength(1);
  const open = { HTTP_PROXY: `http://127.0.0.1:${portOf(proxy)}` };
  expect(await probe('http://logto.internal:3001', open)).toBe('204');
  expect(asked.at(-1)).toBe('logto.internal:3001 nobody');
  // What runs on this machine never goes through a proxy.
  expect(await probe(server.endpoint, { HTTP_PROXY })).toBe('204');
  expect(asked).toHaveLength(2);
  proxy.close();
  proxy.closeAllConnections();
});

test('a certificate of an own authority is refused, and accepted when the authority is given', async () => {
  await using server = await startSimulator({ users: 1, logs: 1 });
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-ca-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject],
    { stdio: 'ignore' },
  );
  const front = createTlsServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    (incoming, outgoing) => {
      incoming.pipe(
        request(
          `${server.endpoint}${incoming.url}`,
          { method: incoming.method, headers: incoming.headers },
          (answer) => {
            outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(outgoing);
          },
        ),
      );
    },
  );
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const endpoint = `https://localhost:${portOf(front)}`;
  expect(await probe(endpoint, {})).toBe('network.tls');
  // A variable that people set and forget switches nothing off, with a proxy between or without, in front or behind.
  const off = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  expect(await probe(endpoint, off)).toBe('network.tls');
  const tunnel = createServer().on('connect', (_incoming, socket) => {
    const upstream = connect(portOf(front), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  tunnel.listen(0, '127.0.0.1');
  await once(tunnel, 'listening');
  const HTTPS_PROXY = `http://127.0.0.1:${portOf(tunnel)}`;
  expect(await probe('https://logto.internal:3001', { ...off, HTTPS_PROXY })).toBe('network.tls');
  expect(await probe('https://logto.internal:3001', { ...off, HTTPS_PROXY: endpoint })).toBe('network.tls');
  tunnel.close();
  tunnel.closeAllConnections();
  expect(await probe(endpoint, { NODE_EXTRA_CA_CERTS: cert })).toBe('204');
  front.close();
  front.closeAllConnections();
});

test('headers in which a long search stands four times are read', async () => {
  const server = createServer((_, answer) => {
    answer.setHeader('link', `<${'x'.repeat(40_000)}>`);
    answer.end('[]');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { signal } = new AbortController();
  const asked = { headers: {}, method: 'GET', signal, redirect: 'manual' } as const;
  expect(await nodeFetch({})(`http://127.0.0.1:${portOf(server)}/`, asked)).toMatchObject({ status: 200 });
  server.close();
  server.closeAllConnections();
});
