import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneLine, plain } from './output.ts';

/** What a terminal would obey: a clipboard write, a wiped screen, a title, C1 forms, overrides and what hides. */
const hostile =
  'a\u001b]52;c;cm0gLXJm\u0007b\u001b[2J\u001b[1;1Hc\u009b31md\u0090qe\u202ef\u2066g\u200bh\ri\u0008j\u00adk\u{e0041}l';
const obeyed =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/u;

test('any text: nothing that a terminal obeys is left, and what a person reads stays', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...hostile),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      expect(plain(text)).not.toMatch(obeyed);
      expect(oneLine(text)).not.toMatch(/[\n\t]/);
      expect(plain(plain(text))).toBe(plain(text));
    }),
    { numRuns: 2_000 },
  );
  const read = 'Zoë Ömer 你好 👩‍💻 שלום\tnext\nline';
  expect(plain(read)).toBe(read);
});

const server = createServer((request, response) => {
  if (request.url?.endsWith('/oidc/token')) {
    response.writeHead(200, { 'content-type': 'application/json' });
    return response.end(JSON.stringify({ access_token: 'a-token', expires_in: 3600, scope: 'all' }));
  }
  if (request.url?.includes('/api/roles')) {
    response.writeHead(400, { 'content-type': 'application/json' });
    return response.end(JSON.stringify({ message: `${hostile}\ndesk: all is well`, code: hostile }));
  }
  response.writeHead(200, { 'content-type': 'application/json', 'total-number': '1' });
  return response.end(JSON.stringify([{ id: hostile, name: hostile, username: `${hostile}\nforged` }]));
});
let dataDir = '';
const desk = (...args: string[]) =>
  new Promise<{ out: string; err: string }>((resolve) => {
    const env = { ...process.env, LOGTO_DESK_KEYCHAIN_SERVICE: `logto-desk-test-${process.pid}` };
    const program = join(import.meta.dirname, 'main.ts');
    const child = execFile(
      process.execPath,
      [program, '--data-dir', dataDir, ...args],
      { env },
      (_e, out, err) => resolve({ out, err }),
    );
    child.stdin?.end('a-long-enough-secret');
  });

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-terminal-'));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const added = ['profiles', 'add', '--oss', endpoint, '--name', 'Prod', '--app-id', 'a', '--secret-stdin'];
  expect((await desk(...added)).out).toContain('Added prod');
});
afterAll(async () => {
  await desk('profiles', 'remove', 'prod');
  server.close();
  server.closeAllConnections();
  rmSync(dataDir, { recursive: true, force: true });
});

test.each([
  ['rows', ['list', 'users', '--profile', 'prod']],
  ['rows as JSON', ['list', 'users', '--profile', 'prod', '--json']],
  ['a server’s message', ['list', 'roles', '--profile', 'prod']],
  ['a word of the command line', ['list', hostile.replace(/\0/g, ''), '--profile', 'prod']],
  ['a tenant that is not there', ['list', 'users', '--profile', hostile]],
])('nothing that a terminal obeys comes out of %s', async (_what, args) => {
  const { out, err } = await desk(...args);
  expect(`${out}${err}`).not.toBe('');
  expect(`${out}${err}`).not.toMatch(obeyed);
  // A message is one line: none poses as the desk's own.
  expect(err).not.toMatch(/^desk: all is well/m);
});

test('a tenant’s name out of the settings is named, too', async () => {
  const path = join(dataDir, 'settings.json');
  const settings = JSON.parse(readFileSync(path, 'utf8'));
  settings.profiles[0].name = hostile.slice(0, 50);
  writeFileSync(path, JSON.stringify(settings));
  const listed = await desk('profiles', 'list');
  expect(`${listed.out}${listed.err}`).not.toMatch(obeyed);
});

test('the terminal is written to in one place only', () => {
  for (const name of readdirSync(import.meta.dirname)) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts') || name === 'output.ts') continue;
    const source = readFileSync(join(import.meta.dirname, name), 'utf8')
      // A question of our own, and commander's words through `plain`.
      .replace(/write(?:Out|Err): \(text\) => process\.\w+\.write\(plain\(text\)\)/g, '')
      .replace(/process\.stderr\.write\((?:question|'\\n')\)/g, '');
    expect(source, name).not.toMatch(/console\.|process\.std(?:out|err)\.write/);
  }
});
