import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { runDesk } from './testing.ts';

let server: Simulator;
let folder: string;
let out: string;
const desk = (...args: string[]) => runDesk(args, { LOGTO_DESK_DATA_DIR: join(folder, 'data') });
const dossier = (user: string, format: string) =>
  desk(
    'dossier',
    user,
    '--profile',
    'prod',
    '--format',
    format,
    '--output',
    join(out, `one.${format}`),
    '--zone',
    'Asia/Seoul',
  );

beforeAll(async () => {
  server = await startSimulator({ users: 20, logs: 500, tied: [0, 0] });
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-dossier-cli-'));
  out = mkdtempSync(join(folder, 'out-'));
  const [app] = server.tokens.apps;
  const add = `profiles add --oss ${server.endpoint} --name Prod --app-id ${app?.appId} --secret-stdin`;
  const env = { LOGTO_DESK_DATA_DIR: join(folder, 'data') };
  expect(await runDesk(add.split(' '), env, `${app?.secret}\n`)).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await desk('profiles', 'remove', 'prod');
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('one command writes one file, of a user that is found by email; its exit code tells whether it has all', async () => {
  const user = server.tenant.users.find(({ primaryEmail }) => primaryEmail !== null);
  const email = String(user?.primaryEmail);
  const json = await dossier(email, 'json');
  expect(json, json.err).toMatchObject({ code: 0, out: '' });
  expect(json.err).toContain('; complete');
  const read = JSON.parse(readFileSync(join(out, 'one.json'), 'utf8'));
  expect(read).toMatchObject({ version: 1, manifest: { complete: true }, user: { id: user?.id } });
  expect(statSync(join(out, 'one.json')).mode & 0o777).toBe(0o600);
  server.faults.add({ kind: 'status', status: 500 }, { on: `/api/users/${user?.id}/grants`, times: 99 });
  const html = await dossier(email, 'html');
  expect(html.code, html.err).toBe(3);
  expect(html.err).toMatch(/HTTP 500[\s\S]*; not complete/);
  expect(readFileSync(join(out, 'one.html'), 'utf8')).toContain('UTC+09:00');
  expect(readdirSync(out).sort()).toEqual(['one.html', 'one.json']);
});

test('who is not there, or may be several, is refused with words, and no file is made', async () => {
  const [one, other] = server.tenant.users;
  Object.assign(one ?? {}, { primaryPhone: '821055556666' });
  Object.assign(other ?? {}, { primaryPhone: '441055556666' });
  const before = readdirSync(out);
  const nobody = await dossier('nobody@nowhere.test', 'json');
  expect(nobody.code).toBe(1);
  expect(nobody.err).toContain('There is no user “nobody@nowhere.test”');
  const several = await dossier('01055556666', 'json');
  expect(several.code).toBe(1);
  for (const id of [one?.id, other?.id]) expect(several.err).toContain(id);
  expect(readdirSync(out)).toEqual(before);
  expect((await dossier('x', 'pdf')).code).toBe(2);
});
