import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keychainService } from '../doors/keychain-service.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { runInside } from './testing-here.ts';

/** What a terminal would obey: a clipboard write, a wiped screen, C1 forms, overrides, what hides, a forged line. */
const hostile =
  '\u001b]52;c;cm0gLXJm\u0007\u001b[2J\u009b31m\u0090q\u202e\u2066\u200b\u061c\r\u0008\u00ad\u{e0041}\ndesk: all is well';
const obeyed =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/u;

let server: Simulator;
/**
 * `rows`: it does what a server does, and every text and name has that in it; `changes`: but for IDs, as what has another one
 * than was asked for is never changed. `errors`: it fails, with that in its words.
 */
let does: 'rows' | 'changes' | 'errors' | 'pages' = 'rows';

const poisoned = (value: unknown): unknown => {
  if (typeof value === 'string') return `${value}${hostile}`;
  if (Array.isArray(value)) return value.map(poisoned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    key === 'id' && does === 'changes' ? inner : poisoned(inner),
  ]);
  return Object.fromEntries([...entries, [`own${hostile}`, hostile]]);
};

/** A server that stands between, and says of itself what it likes. */
const front = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const isToken = request.url?.endsWith('/oidc/token');
  if (!isToken && does === 'pages')
    return response
      .writeHead(403, { 'content-type': 'text/html', 'logto-core-request-id': 'a\u009b31m' })
      .end(`<title>${hostile}</title><h1>${hostile}</h1>`);
  if (!isToken && does === 'errors')
    return response
      .writeHead(422, { 'content-type': 'application/json' })
      .end(JSON.stringify({ code: `guard.${hostile}`, message: hostile, data: poisoned({ a: 'b' }) }));
  // What it gave away comes back in paths and questions.
  const asked = (request.url ?? '').replaceAll(encodeURIComponent(hostile), '');
  const answer = await fetch(`${server.endpoint}${asked}`, {
    method: request.method ?? 'GET',
    headers: Object.entries(request.headers)
      .filter(([name]) => ['authorization', 'content-type'].includes(name))
      .map(([name, value]) => [name, String(value)]),
    ...(body ? { body } : {}),
  });
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  for (const name of ['total-number', 'link']) {
    const value = answer.headers.get(name);
    if (value) headers[name] = value.replaceAll(server.endpoint, endpoint);
  }
  const text = await answer.text();
  const json = text && !isToken ? JSON.stringify(poisoned(JSON.parse(text))) : text;
  return response.writeHead(answer.status, headers).end(json);
});
let endpoint = '';
let folder = '';
const env = () => ({
  LOGTO_DESK_DATA_DIR: join(folder, 'data'),
  LOGTO_DESK_KEYCHAIN_SERVICE: keychainService,
});
const desk = (...args: string[]) => runInside(args, env(), 'nobody@example.test\n');

beforeAll(async () => {
  server = await startSimulator({ users: 12, logs: 20, tied: [0, 0] });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  endpoint = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-hostile-'));
  const [app] = server.tokens.apps;
  const args = [
    'profiles',
    'add',
    '--oss',
    endpoint,
    '--name',
    'Prod',
    '--app-id',
    app?.appId ?? '',
    '--secret-stdin',
    '--allow-changes',
  ];
  expect(await runInside(args, env(), app?.secret)).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await desk('profiles', 'remove', 'prod');
  front.close();
  front.closeAllConnections();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const userId = () => server.tenant.users[0]?.id ?? '';
const file = (name: string) => join(folder, name);
const ofProd = (line: string) => [...line.split(' '), '--profile', 'prod'];
/** Commands that show what a server said; those of `rows` only have nothing to show where it fails. */
const failing = () => [
  ofProd('list users'),
  ['profiles', 'test', 'prod'],
  ofProd('find user1@example.test nobody'),
  ofProd(`export users --format csv --output ${file(`${does}.csv`)}`),
  ofProd('copy --resources users,roles --no-below'),
  ofProd(`change users ${userId()} --set name=New --unlock`),
];
const working = () => [
  ...failing(),
  ofProd('list users --json'),
  ofProd('list logs'),
  ofProd(`export logs --format xlsx --output ${file('logs.xlsx')}`),
  ofProd(`export-tenant --format ndjson --no-below --resources users,roles --output ${file('all')}`),
  ofProd('search user'),
  ofProd('list users --mirrored'),
  ofProd(`snapshot --output ${file('prod.logtodesk')}`),
  ['open-snapshot', file('prod.logtodesk')],
];
/** What is written is answered, looked at, noted, and shown again. */
const changing = () => [
  ofProd(`change users ${userId()} --set name=New --plan ${file('plan.json')}`),
  ofProd(`change users ${userId()} --set name=New --unlock --all-changes`),
  ofProd(`change users ${userId()} --do suspend --unlock`),
  ofProd('journal'),
  ofProd('journal --json'),
];
const commands = { rows: working, changes: changing, errors: failing, pages: failing };

test.each(['rows', 'changes', 'errors', 'pages'] as const)(
  'whatever a server says in its %s, no command brings to the terminal what one obeys',
  async (how) => {
    does = how;
    let said = '';
    for (const args of commands[how]()) {
      const { code, out, err } = await desk(...args);
      expect(code, args.join(' ')).not.toBeNull();
      expect(out, args.join(' ')).not.toMatch(obeyed);
      expect(err, args.join(' ')).not.toMatch(obeyed);
      // A message is one line: none poses as the desk's own.
      expect(err, args.join(' ')).not.toMatch(/^desk: all is well/m);
      said += out + err;
    }
    if (how === 'changes') expect(server.seen.filter(({ method }) => method === 'PATCH')).toHaveLength(2);
    // The server's words were there to be named.
    expect(said).toMatch(/⟨U\+001B⟩|�]52;c/);
  },
  600_000,
);

const hasScript = spawnSync('script', ['--version']).status === 0;

test.runIf(hasScript)(
  'rows that are written to a terminal, and its lines of progress, are named, too',
  async () => {
    does = 'rows';
    const main = join(import.meta.dirname, 'main.ts');
    for (const args of ['export users --format ndjson --output -', 'copy --resources users --no-below']) {
      const command = `${process.execPath} ${main} ${args} --profile prod`;
      const { stdout: shown } = await promisify(execFile)('script', ['-qec', command, '/dev/null'], {
        env: { ...process.env, ...env() },
      });
      // The lines of progress that the desk itself writes over, and what a terminal makes of the end of a line.
      const own = shown.replaceAll('\r\u001b[2K', '').replaceAll('\r\n', '\n');
      expect(own).not.toMatch(obeyed);
    }
    expect(readdirSync(folder)).not.toEqual([]);
  },
);
