import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSimulator, jobOf, type TestCore, testCore } from '../../doors/testing.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { folderManifest } from './file-names.ts';
import { listItems, viewItems } from './folder.ts';

let server: Simulator;
let held: TestCore;
let folder: string;
let profile: string;

beforeEach(async () => {
  server = await startSimulator({ users: 1_500, logs: 300, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-folder-'));
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (items: ReturnType<typeof listItems>, resume = false) => {
  const asked = { items, format: 'ndjson' as const, folder, resume, mirrored: false };
  return held.core.jobs.ended((await held.core.startJob('folder', asked)).id);
};
const lines = (name: string) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean);

test('lists and saved views become a file each, with one manifest over all of them', async () => {
  const views = [
    { name: 'Kims', url: '/users?keyword=kim' },
    { name: '../../etc/passwd', url: '/roles' },
  ];
  const items = [
    ...listItems(['users', 'sign-in-experience'], profile),
    ...viewItems(views, ['kims', '../../etc/passwd'], profile),
  ];
  const { result, state } = await start(items);
  expect(state).toBe('done');
  expect(result?.files.map((file) => [file.file, file.state])).toEqual([
    ['users.ndjson', 'complete'],
    ['sign-in-experience.ndjson', 'complete'],
    ['views/Kims.ndjson', 'complete'],
    ['views/--..-etc-passwd.ndjson', 'complete'],
  ]);
  expect(lines('users.ndjson')).toHaveLength(1_500);
  expect(lines('views/Kims.ndjson').length).toBeLessThan(1_500);
  expect(JSON.parse(readFileSync(join(folder, folderManifest), 'utf8'))).toMatchObject({
    files: result?.files,
    tenant: { name: held.core.profiles.get(profile).name, endpoint: server.endpoint },
  });
  expect(() => viewItems(views, ['Lees'], profile)).toThrow(/there are: Kims/);
});

test('views that are named like lists, manifests, devices or one another stand in the place of nothing', async () => {
  const names = [
    'roles',
    'tenant.manifest',
    'roles.ndjson.manifest',
    'NUL',
    'con.txt',
    'a:b',
    'a?b',
    'ends. ',
    '...',
  ];
  const views = names.map((name) => ({ name, url: '/hooks' }));
  const items = [...listItems(['roles'], profile), ...viewItems(views, names, profile)];
  // What an earlier program kept of a folder that broke off is held to the same.
  items.push({ name: '../../escaped', query: { profile, resource: 'hooks', filters: {} } });
  const { result, state } = await start(items);
  expect(state).toBe('done');
  const written = result?.files.map(({ file }) => file) ?? [];
  expect(written).toEqual([
    'roles.ndjson',
    'views/roles.ndjson',
    'views/tenant.manifest.ndjson',
    'views/roles.ndjson.manifest.ndjson',
    'views/_NUL.ndjson',
    'views/_con.txt.ndjson',
    'views/a-b.ndjson',
    'views/a-b 2.ndjson',
    'views/ends.ndjson',
    'views/-.ndjson',
    '-/-/escaped.ndjson',
  ]);
  expect(lines('roles.ndjson')).toHaveLength(server.tenant.roles.length);
  const there = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const file of written) expect(there).toEqual(expect.arrayContaining([file, `${file}.manifest.json`]));
  expect(JSON.parse(readFileSync(join(folder, folderManifest), 'utf8'))).toMatchObject({
    files: result?.files,
  });
});

test('a folder that an export makes, and all in it, is its owner’s alone, whatever the umask', async () => {
  const umask = process.umask(0);
  try {
    rmSync(folder, { recursive: true, force: true });
    const items = [
      ...listItems(['roles'], profile),
      ...viewItems([{ name: 'a', url: '/hooks' }], ['a'], profile),
    ];
    expect((await start(items)).state).toBe('done');
  } finally {
    process.umask(umask);
  }
  const there = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })];
  expect(there.length).toBeGreaterThan(5);
  for (const name of there) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
});

test('a folder that is not empty is refused; one that broke off is resumed', async () => {
  writeFileSync(join(folder, 'mine.txt'), 'x');
  expect(await start(listItems(['roles'], profile))).toMatchObject({
    error: { code: 'export.not_writable' },
  });
  rmSync(join(folder, 'mine.txt'));
  server.faults.add(
    { kind: 'status', status: 500, body: { message: 'x' } },
    { on: ({ path, query }) => path === '/api/users' && Number(query.get('page')) >= 9, times: 9_999 },
  );
  const items = listItems(['roles', 'users'], profile);
  // The server fails on one list: the others are written all the same.
  const first = await start([...items, ...listItems(['organizations'], profile)]);
  expect(first.result?.files.map(({ state }) => state)).toEqual(['complete', 'incomplete', 'complete']);
  expect(readdirSync(folder)).not.toContain('users.ndjson');
  server.faults.clear();
  const asked = server.seen.filter(({ path }) => path === '/api/roles').length;
  const { result } = await start(items, true);
  expect(result?.files.map(({ state }) => state)).toEqual(['kept', 'complete']);
  expect(server.seen.filter(({ path }) => path === '/api/roles')).toHaveLength(asked);
  expect(lines('users.ndjson')).toHaveLength(1_500);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a folder of a server that fails altogether fails, with the reason', async () => {
  server.faults.add(
    { kind: 'status', status: 500, body: { message: 'x' } },
    { on: ({ path }) => path.startsWith('/api/'), times: 99_999 },
  );
  const items = listItems(['roles', 'organizations'], profile);
  expect(await start(items)).toMatchObject({ state: 'failed', error: { code: 'http.server' } });
  server.faults.clear();
});

test('while a folder is made it says which list is read, which one that is, and how many rows there are', async () => {
  server.faults.add(
    { kind: 'hang' },
    { on: ({ path, query }) => path === '/api/users' && query.get('page') === '5', times: 9_999 },
  );
  const asked = {
    items: listItems(['roles', 'users'], profile),
    format: 'ndjson' as const,
    folder,
    resume: false,
    mirrored: false,
  };
  const { id } = await held.core.startJob('folder', asked);
  const roles = server.tenant.roles.length;
  await expect.poll(() => held.core.jobs.find(id)?.rows).toBeGreaterThan(roles + 300);
  expect(held.core.jobs.find(id)).toMatchObject({ title: 'users', part: { number: 2, of: 2 }, total: null });
  await held.core.jobs.interruptAll();
});

test('a folder that broke off is offered after a restart, and resumes there', async () => {
  server.faults.add({ kind: 'hang' }, { on: ({ path }) => path === '/api/users', times: 9_999 });
  const items = listItems(['roles', 'users'], profile);
  const asked = { items, format: 'ndjson' as const, folder, resume: false, mirrored: false };
  await held.core.startJob('folder', asked);
  await expect.poll(() => readdirSync(folder)).toContain('roles.ndjson');
  await held.core.jobs.interruptAll();
  server.faults.clear();
  await using next = testCore({}, { dataDir: held.dataDir });
  await next.core.takeUp();
  const [left] = next.core.jobs.list();
  expect(left).toMatchObject({ kind: 'folder', state: 'failed', resumable: true, profile });
  // The secret was for the run that ended.
  await next.core.secrets.set(next.core.profiles.get(profile), server.tokens.apps[0]?.secret ?? '', 'memory');
  const job = await next.core.resumeJob(left?.id ?? '');
  const done = await next.core.jobs.ended(job?.id ?? '');
  expect(jobOf(done, 'folder').result?.files.map(({ state }) => state)).toEqual(['kept', 'complete']);
  expect(lines('users.ndjson')).toHaveLength(1_500);
  expect(next.core.jobs.list().map(({ id }) => id)).toEqual([job?.id]);
  await expect.poll(() => next.core.settings.keptJobs).toEqual([]);
});

test('what is nested under rows is a file for each kind, from server and mirror alike', async () => {
  const items = listItems(['roles', 'organizations', 'users'], profile, { below: true, belowUsers: false });
  expect(items.map(({ name }) => name)).toEqual([
    'roles',
    'role-users',
    'role-applications',
    'role-scopes',
    'organizations',
    'organization-users',
    'organization-applications',
    'organization-jit-domains',
    'organization-jit-roles',
    'organization-jit-sso-connectors',
    'users',
  ]);
  expect(listItems(['users'], profile, { below: true, belowUsers: true }).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['users', 'user-mfa', 'user-sessions', 'user-grants']),
  );
  const gone = String(server.tenant.roles[0]?.id);
  server.faults.add(
    { kind: 'status', status: 404, body: { code: 'entity.not_found', message: 'gone' } },
    { on: `/api/roles/${gone}/users`, times: 99 },
  );
  const { result, state, error } = await start(items);
  expect(error).toBeNull();
  expect(state).toBe('done');
  expect(result?.files.every((file) => file.state === 'complete')).toBe(true);
  type Member = { id: string; parentId: string; parentName: string };
  const members = (name: string) =>
    lines(name)
      .map((line) => JSON.parse(line) as Member)
      .map(({ parentId, id }) => `${parentId}/${id}`)
      .sort();
  const expected = [...server.tenant.usersByRole]
    .flatMap(([role, users]) => (role === gone ? [] : [...users].map((user) => `${role}/${user}`)))
    .sort();
  expect(expected.length).toBeGreaterThan(500);
  expect(members('role-users.ndjson')).toEqual(expected);
  const [first] = lines('role-users.ndjson').map((line) => JSON.parse(line) as Member);
  const role = server.tenant.roles.find(({ id }) => id === first?.parentId);
  expect(first?.parentName).toBe(role?.name);
  const proof = JSON.parse(readFileSync(join(folder, 'role-users.ndjson.manifest.json'), 'utf8')) as object;
  expect(proof).toMatchObject({ complete: true, below: 'role-users', file: { rows: expected.length } });

  server.faults.clear();
  await held.core.jobs.ended(
    (await held.core.startJob('copy', { profile, resources: ['roles', 'users'] })).id,
  );
  await server.stop();
  rmSync(folder, { recursive: true });
  const asked = {
    items: items.slice(0, 2),
    format: 'ndjson' as const,
    folder,
    resume: false,
    mirrored: true,
  };
  const offline = await held.core.jobs.ended((await held.core.startJob('folder', asked)).id);
  expect(offline.result?.files.map((file) => file.state)).toEqual(['complete', 'complete']);
  expect(members('role-users.ndjson').length).toBe(
    [...server.tenant.usersByRole.values()].reduce((sum, { size }) => sum + size, 0),
  );
});

test('what is nested under rows is not whole where those are only partly mirrored', async () => {
  const [role] = server.tenant.roles;
  const roles = { profile, resource: 'roles', filters: {} };
  const users = { profile, resource: 'role-users', parent: String(role?.id), filters: {} };
  await held.core.mirrors.put(held.core.profiles.get(profile), roles, [{ ...role }], 10);
  const startedAt = await held.core.mirrors.begin(held.core.profiles.get(profile), users, null);
  await held.core.mirrors.finish(held.core.profiles.get(profile), users, {
    startedAt,
    at: startedAt,
    since: null,
    marksGone: true,
  });
  const items = listItems(['roles'], profile, { below: true, belowUsers: false }).filter(
    ({ name }) => name === 'role-users',
  );
  const asked = { items, format: 'ndjson' as const, folder, resume: false, mirrored: true };
  const { result } = await held.core.jobs.ended((await held.core.startJob('folder', asked)).id);
  expect(result?.files.map((file) => file.state)).toEqual(['incomplete']);
});

test('where nothing was chosen it says so, and nothing is begun', async () => {
  await expect(start([])).rejects.toMatchObject({ code: 'export.nothing' });
  expect(readdirSync(folder)).toEqual([]);
});
