import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runDesk } from './testing.ts';

// Each step starts a program; on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 300_000 });

/** The password that a server whose certificate nobody vouches for must not get. */
const password = 'Mk7-sent-to-nobody';

let folder: string;
let cert: string;
/** All that clients said inside of TLS. */
let heard = '';
const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;

const keys = () => ({ key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(cert) });

/** A PostgreSQL that offers TLS, asks for a password in the clear and has no row. */
const postgres = createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => {
    socket.write('S');
    const secure = new TLSSocket(socket, { isServer: true, ...keys() });
    secure.on('error', () => {});
    let isAsked = false;
    secure.on('data', (data) => {
      heard += data.toString('latin1');
      if (isAsked) return secure.end();
      isAsked = true;
      // AuthenticationCleartextPassword
      return secure.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
    });
  });
});
let https: ReturnType<typeof createHttps>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-tls-'));
  cert = join(folder, 'cert.pem');
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const made = ['-keyout', join(folder, 'key.pem'), '-out', cert];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...made, ...subject],
    {
      stdio: 'ignore',
    },
  );
  https = createHttps(keys(), (request, response) => {
    const { authorization = '' } = request.headers;
    heard += `${request.url} ${Buffer.from(authorization.replace('Basic ', ''), 'base64')}`;
    response.writeHead(500).end('no');
  });
  for (const server of [postgres, https]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
});
afterAll(() => {
  postgres.close();
  https.close();
  https.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

const exportTo = async (to: string, env: NodeJS.ProcessEnv) => {
  heard = '';
  const args = ['export', 'users', '--profile', 'demo', '--to', to];
  return runDesk(args, {
    LOGTO_DESK_DATA_DIR: join(folder, 'data'),
    PGPASSWORD: password,
    CLICKHOUSE_PASSWORD: password,
    ...env,
  });
};

test.each([
  ['PostgreSQL', () => `postgres://ops@localhost:${portOf(postgres)}/audit?sslmode=require`],
  ['ClickHouse', () => `https://ops@localhost:${portOf(https)}/audit`],
])(
  '%s whose certificate nobody vouches for gets no password, whatever the environment says',
  async (_, to) => {
    for (const env of [{}, { NODE_TLS_REJECT_UNAUTHORIZED: '0', PGSSLMODE: 'no-verify' }]) {
      const { code, err } = await exportTo(to(), env);
      expect(code, err).toBe(1);
      expect(err).toMatch(/certificate/);
      expect(heard).toBe('');
    }
    // Vouched for, it gets as far as the password: that is what was kept back.
    await exportTo(to(), { NODE_EXTRA_CA_CERTS: cert });
    expect(heard).toContain(password);
  },
);

test('a server, and a proxy, whose certificate nobody vouches for gets no secret, whatever the environment says', async () => {
  const secure = `https://localhost:${portOf(https)}`;
  const env = { LOGTO_DESK_DATA_DIR: join(folder, 'data'), NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const add = (endpoint: string, name: string) =>
    runDesk(
      ['profiles', 'add', '--oss', endpoint, '--name', name, '--app-id', 'app', '--secret-stdin'],
      env,
      password,
    );
  try {
    heard = '';
    await add(secure, 'Unvouched');
    await add('http://10.255.255.1:3001', 'Behind');
    expect((await runDesk(['profiles', 'test', 'Unvouched'], env)).out).toMatch(/certificate/i);
    for (const [name, profile] of [
      ['HTTP_PROXY', 'Behind'],
      ['HTTPS_PROXY', 'Unvouched'],
    ] as const)
      expect((await runDesk(['profiles', 'test', profile], { ...env, [name]: secure })).code).toBe(1);
    expect(heard).toBe('');
    await runDesk(['profiles', 'test', 'Unvouched'], { ...env, NODE_EXTRA_CA_CERTS: cert });
    expect(heard).not.toBe('');
  } finally {
    for (const name of ['Unvouched', 'Behind']) await runDesk(['profiles', 'remove', name], env);
  }
});
