import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sized } from '../../doors/full.ts';
import { addSimulator, deskProgram, jobOf, type TestCore, testCore } from '../../doors/testing.ts';
import type { ExportFormat } from '../../shared/export-formats.ts';
import type { Row } from '../../shared/row.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { type Manifest, manifestPathOf } from './manifest.ts';

const kills = sized(50, 3);

/** The records of a CSV file by another program: Python's own reader. */
const readByPython = (content: Buffer): Record<string, string>[] => {
  const script =
    'import csv,sys,json,io; print(json.dumps(list(csv.DictReader(io.StringIO(sys.stdin.buffer.read().decode("utf-8-sig"), newline="")))))';
  const options = { input: content, encoding: 'utf8', maxBuffer: 1e9 } as const;
  return JSON.parse(execFileSync('python3', ['-c', script], options)) as Record<string, string>[];
};

/** The ids in a finished file, in their order, as another reader finds them. */
const idsIn = async (path: string, format: ExportFormat): Promise<unknown[]> => {
  const content = readFileSync(path);
  switch (format) {
    case 'parquet':
      return (
        await parquetReadObjects({
          file: content.buffer.slice(content.byteOffset, content.byteOffset + content.length) as ArrayBuffer,
        })
      ).map(({ id }) => id);
    case 'json':
      return (JSON.parse(String(content)) as Row[]).map(({ id }) => id);
    case 'csv':
      return readByPython(content).map((row) => row.id);
    default:
      return String(content)
        .split('\n')
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as Row).id);
  }
};

const proofOf = (path: string) => {
  const manifest = JSON.parse(readFileSync(manifestPathOf(path), 'utf8')) as Manifest;
  expect(manifest.file.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
  return manifest;
};

describe('an export that broke off', () => {
  let server: Simulator;
  let held: TestCore;
  let folder: string;
  let profile: string;

  beforeEach(async () => {
    server = await startSimulator({ users: 1_500, logs: 3_000, tied: [300, 800] });
    held = testCore();
    profile = (await addSimulator(held.core, server)).id;
    folder = mkdtempSync(join(tmpdir(), 'logto-desk-resume-'));
  });
  afterEach(async () => {
    await held[Symbol.asyncDispose]();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (resource: string, format: ExportFormat, name: string) =>
    held.core.startJob(
      'export',
      { query: { profile, resource, filters: {} }, format, columns: 'all', bom: false, mirrored: false },
      { path: join(folder, name) },
    );
  const hidden = () => readdirSync(folder).filter((name) => name.startsWith('.'));
  const pagesAsked = (path: string) => server.seen.filter((one) => one.path === path).length;

  test.each(['ndjson', 'csv', 'json', 'parquet'] as const)(
    'by an error resumes where it was, and the file is whole: %s',
    async (format) => {
      const path = join(folder, `users.${format}`);
      // The first rule that fits is taken.
      server.faults.add(
        { kind: 'status', status: 500, body: { message: 'Internal server error.' } },
        { on: ({ query }) => Number(query.get('page')) >= 10, times: 9_999 },
      );
      server.faults.add(
        { kind: 'latency', ms: 120 },
        { on: ({ path: on }) => on === '/api/users', times: 999 },
      );
      const failed = await held.core.jobs.ended((await start('users', format, `users.${format}`)).id);
      expect(failed).toMatchObject({ state: 'failed', error: { code: 'http.server' } });
      await expect.poll(() => held.core.jobs.find(failed.id)?.resumable).toBe(true);
      // Nothing is in the file's place yet.
      expect(readdirSync(folder).every((name) => name.startsWith('.'))).toBe(true);
      server.faults.clear();
      const before = pagesAsked('/api/users');
      const job = await held.core.resumeJob(failed.id);
      const done = await held.core.jobs.ended(job?.id ?? '');
      expect(done).toMatchObject({ state: 'done', result: { rows: 1_500, missing: 0 } });
      expect(held.core.jobs.find(failed.id)).toBeUndefined();
      expect((await idsIn(path, format)).sort()).toEqual(server.tenant.users.map(({ id }) => id).sort());
      expect(proofOf(path)).toMatchObject({ complete: true, file: { rows: 1_500 } });
      expect(hidden()).toEqual([]);
      expect(held.core.settings.keptJobs).toEqual([]);
      // Of the pages read before, none but the first is read again, if ties need no mending.
      if (format === 'ndjson') expect(jobOf(done, 'export').result?.repeated).toBeLessThan(200);
      expect(pagesAsked('/api/users') - before).toBeLessThan(2 * 15);
    },
  );

  test('of logs reads only what is older, and its bytes are those of an unbroken one', async () => {
    const { result } = await held.core.jobs.ended((await start('logs', 'ndjson', 'whole')).id);
    expect(result).toMatchObject({ rows: 3_000, missing: 0 });
    server.faults.add({ kind: 'latency', ms: 100 }, { on: ({ path }) => path === '/api/logs', times: 999 });
    const job = await start('logs', 'ndjson', 'broken');
    await expect.poll(() => held.core.jobs.find(job.id)?.rows, { timeout: 10_000 }).toBeGreaterThan(1_200);
    await held.core.jobs.interruptAll();
    await expect.poll(() => held.core.jobs.find(job.id)?.resumable).toBe(true);
    server.faults.clear();
    // What comes meanwhile is none of it.
    server.tenant.insertLog(Date.now(), 'Interaction.Create');
    const before = pagesAsked('/api/logs');
    const again = await held.core.resumeJob(job.id);
    const done = await held.core.jobs.ended(again?.id ?? '');
    expect(done.result).toMatchObject({ rows: 3_000, missing: 0, expected: 3_000 });
    expect(pagesAsked('/api/logs') - before).toBeLessThan(30);
    expect(readFileSync(join(folder, 'broken'), 'utf8')).toBe(readFileSync(join(folder, 'whole'), 'utf8'));
  });

  test('of counts continues counting', async () => {
    const query = { profile, resource: 'logs', filters: {} };
    const counts = { column: 'payload.result', bucket: null };
    const asked = { query, counts, format: 'csv', columns: 'all', bom: true, mirrored: false } as const;
    const whole = await held.core.startJob('export', asked, { path: join(folder, 'whole.csv') });
    expect((await held.core.jobs.ended(whole.id)).result?.rows).toBeGreaterThan(1);
    server.faults.add({ kind: 'latency', ms: 100 }, { on: ({ path }) => path === '/api/logs', times: 999 });
    const job = await held.core.startJob('export', asked, { path: join(folder, 'broken.csv') });
    await expect.poll(() => held.core.jobs.find(job.id)?.rows, { timeout: 10_000 }).toBeGreaterThan(1_200);
    await held.core.jobs.interruptAll();
    await expect.poll(() => held.core.jobs.find(job.id)?.resumable).toBe(true);
    server.faults.clear();
    const before = pagesAsked('/api/logs');
    const again = await held.core.resumeJob(job.id);
    expect(await held.core.jobs.ended(again?.id ?? '')).toMatchObject({ state: 'done', error: null });
    expect(pagesAsked('/api/logs') - before).toBeLessThan(30);
    expect(readFileSync(join(folder, 'broken.csv'), 'utf8')).toBe(
      readFileSync(join(folder, 'whole.csv'), 'utf8'),
    );
    expect(readFileSync(join(folder, 'broken.csv'), 'utf8')).toMatch(/^\ufeff/);
    expect(hidden()).toEqual([]);
  });

  test('of what is nested under rows resumes in the list where it was', async () => {
    const members = ({ path }: { path: string }) => /^\/api\/roles\/[^/]+\/users$/.test(path);
    const pagesOf = () => server.seen.filter(members).length;
    // One of them is long: breaks fall into it.
    const [, long] = server.tenant.usersByRole.values();
    for (const { id } of server.tenant.users) long?.add(id);
    const expected = [...server.tenant.usersByRole].flatMap(([role, users]) =>
      [...users].map((user) => `${role}/${user}`),
    );
    const path = join(folder, 'members');
    const query = { profile, resource: 'roles', filters: {} };
    const asked = { query, below: 'role-users', columns: 'all', bom: false, mirrored: false } as const;
    const whole = await held.core.startJob(
      'export',
      { ...asked, format: 'json' },
      { path: join(folder, 'whole') },
    );
    expect((await held.core.jobs.ended(whole.id)).result?.rows).toBe(expected.length);
    const pages = pagesOf();
    for (const format of ['ndjson', 'csv'] as const) {
      server.faults.add({ kind: 'latency', ms: 60 }, { on: members, times: 9_999 });
      const before = pagesOf();
      let job = await held.core.startJob('export', { ...asked, format }, { path });
      let breaks = 0;
      for (let rows = 100; rows < expected.length - 300; rows += 400) {
        await expect
          .poll(() => held.core.jobs.find(job.id)?.rows, { interval: 5, timeout: 20_000 })
          .toBeGreaterThan(rows);
        await held.core.jobs.interruptAll();
        await expect.poll(() => held.core.jobs.find(job.id)?.resumable).toBe(true);
        breaks += 1;
        const again = await held.core.resumeJob(job.id);
        if (again) job = again;
      }
      expect(breaks).toBeGreaterThan(2);
      const done = await held.core.jobs.ended(job.id);
      expect(done).toMatchObject({
        state: 'done',
        result: { rows: expected.length, missing: 0, unproven: 0 },
      });
      const found =
        format === 'csv'
          ? readByPython(readFileSync(path))
          : String(readFileSync(path))
              .split('\n')
              .filter(Boolean)
              .map((line) => JSON.parse(line) as Row);
      expect(found.map(({ parentId, id }) => `${parentId}/${id}`).sort()).toEqual(expected.sort());
      expect(proofOf(path)).toMatchObject({ complete: true, below: 'role-users' });
      // Of each break, the pages are read again that were under way or had not had their turn.
      expect(pagesOf() - before).toBeLessThan(pages + breaks * 16);
      expect(hidden()).toEqual([]);
      server.faults.clear();
      rmSync(path);
    }
  });

  test.each(['parquet', 'xlsx'] as const)(
    'while %s is made leaves nothing when cancelled, and resumes when not',
    async (format) => {
      const name = `logs.${format}`;
      /** An export whose file is being made; one that was done before anybody saw it making is begun again. */
      const startMaking = async () => {
        for (;;) {
          const job = await start('logs', format, name);
          const state = () => {
            if (hidden().some((one) => one.endsWith('.made'))) return 'making';
            return held.core.jobs.find(job.id)?.state;
          };
          await expect.poll(state, { interval: 1, timeout: 60_000 }).not.toBe('running');
          if (held.core.jobs.find(job.id)?.state === 'running') return job;
          for (const file of readdirSync(folder)) rmSync(join(folder, file));
        }
      };
      const job = await startMaking();
      await held.core.jobs.cancel(job.id);
      expect(held.core.jobs.find(job.id)?.state).toBe('cancelled');
      await expect.poll(() => readdirSync(folder)).toEqual([]);

      const broken = await startMaking();
      await held.core.jobs.interruptAll();
      await expect.poll(() => held.core.jobs.find(broken.id)?.resumable).toBe(true);
      const again = await held.core.resumeJob(broken.id);
      expect((await held.core.jobs.ended(again?.id ?? '')).result).toMatchObject({ rows: 3_000, missing: 0 });
      expect(proofOf(join(folder, name))).toMatchObject({ complete: true, file: { rows: 3_000 } });
      expect(hidden()).toEqual([]);
    },
  );

  test('is there after a restart, and can be given up', async () => {
    server.faults.add({ kind: 'latency', ms: 200 }, { on: ({ path }) => path === '/api/users', times: 999 });
    const job = await start('users', 'csv', 'users.csv');
    await expect.poll(() => held.core.jobs.find(job.id)?.rows, { timeout: 10_000 }).toBeGreaterThan(700);
    await held.core.jobs.interruptAll();
    expect(hidden()).toHaveLength(2);
    // Personal data: for the operator alone.
    await using next = testCore({}, { dataDir: held.dataDir });
    await next.core.takeUp();
    const [left] = next.core.jobs.list();
    expect(left).toMatchObject({
      state: 'failed',
      resumable: true,
      fileName: 'users.csv',
      error: { code: 'export.interrupted' },
    });
    await next.core.dismiss(left?.id ?? '');
    expect(next.core.jobs.list()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
    expect(next.core.settings.keptJobs).toEqual([]);
  });

  test('takes the place of none that broke off in another file', async () => {
    server.faults.add({ kind: 'latency', ms: 200 }, { on: ({ path }) => path === '/api/users', times: 999 });
    const jobs = [await start('users', 'csv', 'one.csv'), await start('users', 'csv', 'other.csv')];
    for (const { id } of jobs)
      await expect.poll(() => held.core.jobs.find(id)?.rows, { timeout: 20_000 }).toBeGreaterThan(500);
    await held.core.jobs.interruptAll();
    await using next = testCore({}, { dataDir: held.dataDir });
    await next.core.takeUp();
    const left = next.core.jobs.list().map(({ fileName, resumable }) => [fileName, resumable]);
    expect(left.sort()).toEqual([
      ['one.csv', true],
      ['other.csv', true],
    ]);
  });

  test('is not resumed by another export of the same name', async () => {
    server.faults.add({ kind: 'latency', ms: 200 }, { on: ({ path }) => path === '/api/users', times: 999 });
    const job = await start('users', 'csv', 'same');
    await expect.poll(() => held.core.jobs.find(job.id)?.rows, { timeout: 10_000 }).toBeGreaterThan(700);
    await held.core.jobs.interruptAll();
    server.faults.clear();
    const query = { profile, resource: 'users', filters: { keyword: ['kim'] } };
    const other = await held.core.startJob(
      'export',
      { query, format: 'csv', columns: 'all', bom: false, mirrored: false },
      { path: join(folder, 'same'), resume: true },
    );
    const done = await held.core.jobs.ended(other.id);
    expect(done.result?.rows).toBeLessThan(1_000);
    expect(done.result?.missing).toBe(0);
    expect(hidden()).toEqual([]);
  });
});

test(`an export that is killed at ${kills} random moments is whole in the end`, async () => {
  await using server = await startSimulator({ users: 4_000, logs: 6_000, tied: [200, 900] });
  const dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-kill-'));
  const service = `logto-desk-test-${randomUUID()}`;
  await using held = testCore({}, { dataDir, service });
  const { id } = await addSimulator(held.core, server, 'Killed', 'keychain');
  const run = (resource: string, format: string, output: string) =>
    spawn(
      process.execPath,
      [deskProgram, 'export', resource, '--profile', id, '--format', format, '--output', output, '--resume'],
      {
        env: { ...process.env, LOGTO_DESK_DATA_DIR: dataDir, LOGTO_DESK_KEYCHAIN_SERVICE: service },
        stdio: 'ignore',
      },
    );
  // Slow enough for a file to need many of the moments that a process lives.
  server.faults.add(
    { kind: 'latency', ms: 150 },
    { on: ({ path }) => path.startsWith('/api/'), times: 99_999 },
  );
  const files = [
    { resource: 'users', format: 'ndjson' },
    { resource: 'users', format: 'parquet' },
    { resource: 'logs', format: 'csv' },
    { resource: 'logs', format: 'json' },
  ] as const;
  const ended = new Set<string>();
  let reached = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const { resource, format } = files[kill % files.length] as (typeof files)[number];
    const output = join(dataDir, `${resource}.${format}`);
    if (ended.has(output)) continue;
    const child = run(resource, format, output);
    const exit = once(child, 'exit');
    await Promise.race([wait(400 + Math.random() * 900), exit]);
    if (child.exitCode === null && child.kill('SIGKILL')) reached += 1;
    await exit;
    if (child.exitCode === 0) ended.add(output);
    else expect(readdirSync(dataDir)).not.toContain(`${resource}.${format}`);
  }
  expect(reached).toBeGreaterThanOrEqual(kills / 4);
  server.faults.clear();
  for (const { resource, format } of files) {
    const output = join(dataDir, `${resource}.${format}`);
    if (!ended.has(output)) expect((await once(run(resource, format, output), 'exit'))[0]).toBe(0);
    const expected =
      resource === 'users'
        ? server.tenant.users.map((user) => user.id)
        : Array.from({ length: 6_000 }, (_, at) => server.tenant.logs.row(at).id);
    expect((await idsIn(output, format)).sort(), output).toEqual(expected.sort());
    expect(proofOf(output).complete).toBe(true);
  }
  expect(readdirSync(dataDir).filter((name) => name.includes('.part'))).toEqual([]);
  rmSync(dataDir, { recursive: true, force: true });
}, 300_000);
