import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { addSimulator, testCore } from '../doors/testing.ts';
import { startSimulator } from '../simulator/server.ts';
import { startDesk } from './testing.ts';

test('exports of the terminal are listed by every door, and one that broke off can be resumed in any of them', async () => {
  await using server = await startSimulator({ users: 800, logs: 50, tied: [0, 0] });
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-listed-'));
  const dataDir = join(folder, 'data');
  const service = `logto-desk-test-${randomUUID()}`;
  await using held = testCore({}, { dataDir, service });
  const { id } = await addSimulator(held.core, server, 'Listed', 'keychain');
  const start = (...words: string[]) =>
    startDesk([...words, '--profile', id], {
      LOGTO_DESK_DATA_DIR: dataDir,
      LOGTO_DESK_KEYCHAIN_SERVICE: service,
    });
  const to = (name: string) => ['--output', relative(process.cwd(), join(folder, name))];
  expect(await start('export', 'roles', '--format', 'csv', ...to('roles.csv')).ended).toMatchObject({
    code: 0,
    out: '',
    err: '45 rows written; complete\n',
  });
  const lists = ['--resources', 'roles', '--no-below'];
  expect(await start('export-tenant', '--format', 'csv', ...lists, ...to('tenant')).ended).toMatchObject({
    code: 0,
    out: 'Roles: 45 rows, complete\n',
    err: '',
  });

  server.faults.add({ kind: 'hang' }, { on: ({ query }) => query.get('page') === '6', times: 99 });
  const { child, ended } = start('export', 'users', '--format', 'ndjson', ...to('users.ndjson'));
  const part = () => readdirSync(folder).find((name) => /^\.users\.ndjson\..*\.part$/.test(name));
  const written = () => statSync(join(folder, part() ?? ''), { throwIfNoEntry: false })?.size ?? 0;
  await expect.poll(() => (part() ? written() : 0), { timeout: 20_000 }).toBeGreaterThan(0);
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 1, err: expect.stringContaining('--resume') });
  server.faults.clear();

  await held.core.restoreJobs();
  const jobs = held.core.jobs.list();
  const of = (name: string) => jobs.find(({ path }) => path === join(folder, name));
  expect(of('roles.csv')).toMatchObject({ kind: 'export', state: 'done', title: 'roles', rows: 45 });
  expect(of('tenant')).toMatchObject({ kind: 'folder', state: 'done', rows: 45 });
  expect(of('users.ndjson')).toMatchObject({ kind: 'export', state: 'failed', resumable: true });
  const job = await held.core.resumeJob(of('users.ndjson')?.id ?? '');
  expect(await held.core.jobs.ended(job?.id ?? '')).toMatchObject({ state: 'done', result: { rows: 800 } });
  const ids = String(readFileSync(join(folder, 'users.ndjson')))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).id);
  expect(ids.sort()).toEqual(server.tenant.users.map((user) => user.id).sort());
  rmSync(folder, { recursive: true, force: true });
}, 60_000);
