import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applied, type Changeable, openChangeable, planOf } from '../../doors/changes-testing.ts';
import { addSimulator, testCore } from '../../doors/testing.ts';

let tenant: Changeable;
let folder: string;

beforeEach(async () => {
  tenant = await openChangeable(120);
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-history-'));
});
afterEach(async () => {
  await tenant.close();
  rmSync(folder, { recursive: true, force: true });
});

test('jobs of every kind are listed after a restart with what they came to, until they are dismissed', async () => {
  const { held, profile, user } = tenant;
  const { core } = held;
  const query = { profile, resource: 'users', filters: {} };
  const how = { format: 'csv', columns: 'all', bom: false, mirrored: false } as const;
  const end = ({ id }: { id: string }) => core.jobs.ended(id);
  await end(await core.startJob('export', { ...how, query }, { path: join(folder, 'users.csv') }));
  await end(
    await core.startJob('folder', {
      ...how,
      folder: join(folder, 'lists'),
      items: [{ name: 'roles', query: { ...query, resource: 'roles' } }],
      resume: false,
    }),
  );
  await end(await core.startJob('copy', { profile, resources: ['roles'] }));
  const one = { profile, user: user(3).id, format: 'json', mirrored: false } as const;
  await end(await core.startJob('dossier', one, { path: join(folder, 'one.json') }));
  await end(
    await core.startJob('snapshot', { profile, passphrase: null }, { path: join(folder, 'kept.logtodesk') }),
  );
  const plan = await planOf(core, {
    profile,
    operation: 'users.update',
    on: { kind: 'ids', parent: '', ids: [user(1).id] },
    values: { name: 'Another' },
  });
  await applied(core, plan.id);
  const cancelled = await core.startJob('export', { ...how, query }, { path: join(folder, 'none.csv') });
  await core.jobs.cancel(cancelled.id);
  await core.dismiss(cancelled.id);

  const before = core.jobs.list();
  expect(before.map(({ kind }) => kind)).toEqual([
    'export',
    'folder',
    'copy',
    'dossier',
    'snapshot',
    'changes',
  ]);
  for (const { error, result } of before) expect([error, result === null]).toEqual([null, false]);
  await expect.poll(() => core.settings.jobHistory).toHaveLength(6);

  await using next = testCore({}, { dataDir: held.dataDir });
  await next.core.takeUp();
  const after = next.core.jobs.list();
  expect(after.map(({ id, kind, state, rows, path }) => ({ id, kind, state, rows, path }))).toEqual(
    before.map(({ id, kind, state, rows, path }) => ({ id, kind, state, rows, path })),
  );
  for (const job of after) expect(job).toMatchObject({ earlier: true, resumable: false, error: null });
  expect(after.map((job) => job.query)).toEqual(before.map((job) => job.query));
  expect(after[0]?.query).toMatchObject(query);
  expect(after[0]?.result).toEqual(before[0]?.result);
  expect(after[2]?.result).toEqual(before[2]?.result);
  expect(after[5]).toMatchObject({ run: before[5]?.run, result: { outcomes: { done: 1 } } });
  const [first] = after;
  await next.core.dismiss(first?.id ?? '');
  expect(next.core.settings.jobHistory.map(({ kind }) => kind)).not.toContain('export');
  // Of a tenant that is removed nothing is kept, nor of what it ends.
  const slow = await next.core
    .startJob('export', { ...how, query }, { path: join(folder, 'slow.csv') })
    .catch(() => null);
  expect(slow?.state).toBe('running');
  await next.core.profiles.remove(profile);
  expect(next.core.settings.jobHistory).toEqual([]);
  expect(next.core.jobs.list().flatMap(({ query }) => query ?? [])).toEqual([]);
});

test('what broke off at a tenant’s old address is not resumed at its new one; what it came to stays', async () => {
  const { held, profile, server } = tenant;
  const { core } = held;
  server.failsOn = ({ id }) => id === server.tenant.users[5]?.id;
  const query = { profile, resource: 'users', filters: {} };
  const how = { format: 'csv', columns: 'all', bom: false, mirrored: false } as const;
  const job = await core.startJob('export', { ...how, query }, { path: join(folder, 'moved.csv') });
  await core.jobs.ended(job.id);
  await expect.poll(() => core.jobs.find(job.id)?.resumable).toBe(true);
  const { name, appId } = core.profiles.get(profile);
  const moved = {
    kind: 'oss' as const,
    name,
    appId,
    endpoint: server.endpoint.replace('127.0.0.1', 'localhost'),
  };
  await core.profiles.update(profile, moved, 'good-secret', 'memory');
  expect(core.jobs.find(job.id)).toMatchObject({ resumable: false, state: 'done', rows: expect.any(Number) });
  expect(await core.resumeJob(job.id)).toBeNull();
  expect(core.settings.keptJobs).toEqual([]);
  await expect
    .poll(() =>
      readdirSync(folder)
        .filter((file) => file.includes('moved'))
        .sort(),
    )
    .toEqual(['moved.csv', 'moved.csv.manifest.json']);
});

test('of a tenant that is removed the next one of its name inherits no job to resume', async () => {
  const { held, profile, server } = tenant;
  const { core } = held;
  const { name } = core.profiles.get(profile);
  // One user cannot be read: the copy and the export could be resumed.
  server.failsOn = ({ id }) => id === server.tenant.users[5]?.id;
  const query = { profile, resource: 'users', filters: {} };
  await core.jobs.ended((await core.startJob('copy', { profile, resources: ['users'], below: false })).id);
  const how = { format: 'csv', columns: 'all', bom: false, mirrored: false } as const;
  await core.jobs.ended(
    (await core.startJob('export', { ...how, query }, { path: join(folder, 'users.csv') })).id,
  );
  await expect.poll(() => core.jobs.list().map(({ resumable }) => resumable)).toEqual([true, true]);
  expect(readdirSync(folder).length).toBeGreaterThan(2);
  await core.profiles.remove(profile);
  const again = await addSimulator(core, server, name);
  expect(again.id).toBe(profile);
  await using next = testCore({}, { dataDir: held.dataDir });
  await next.core.takeUp();
  expect(next.core.jobs.list()).toEqual([]);
  // The file stays, and nothing that would have been needed to resume.
  await expect.poll(() => readdirSync(folder).sort()).toEqual(['users.csv', 'users.csv.manifest.json']);
});

test('what an export was of stays known over a restart, but for a view of thousands of lines', async () => {
  const { held, profile } = tenant;
  const where = Array.from({ length: 20 }, (_, at) => ({
    column: 'name',
    mode: 'lacks' as const,
    value: `${'x'.repeat(900)}${at}`,
  }));
  const short = { profile, resource: 'users', filters: {}, where: where.slice(0, 2) };
  for (const [at, query] of [short, { ...short, where }].entries()) {
    const asked = { query, format: 'csv', columns: 'all', bom: false, mirrored: false } as const;
    const { id } = await held.core.startJob('export', asked, { path: join(folder, `${at}.csv`) });
    // Jobs are told many times a second, with their views.
    expect((await held.core.jobs.ended(id)).query).toEqual(at === 0 ? query : null);
  }
  await expect.poll(() => held.core.settings.jobHistory).toHaveLength(2);
  // A newer version may have a list that this one lacks.
  held.core.settings.changeJobHistory((before) => {
    const [first] = before;
    const later = first && { ...first, id: randomUUID(), query: { ...short, resource: 'lists-of-later' } };
    return later ? [...before, later] : before;
  });
  await using next = testCore({}, { dataDir: held.dataDir });
  await next.core.takeUp();
  expect(next.core.jobs.list().map(({ query }) => query)).toEqual([short, null, null]);
});

test('of what ends for a tenant that another program removed no view is kept', async () => {
  const { held, profile, server } = tenant;
  const query = {
    profile,
    resource: 'users',
    filters: {},
    where: [{ column: 'name', mode: 'is' as const, value: 'kim@example.com' }],
  };
  const asked = { query, format: 'csv', columns: 'all', bom: false, mirrored: false } as const;
  await using other = testCore({}, { dataDir: held.dataDir });
  const ended = async (name: string) =>
    held.core.jobs.ended((await held.core.startJob('export', asked, { path: join(folder, name) })).id);
  expect((await ended('here.csv')).query).toEqual(query);
  await expect.poll(() => held.core.settings.jobHistory).toHaveLength(1);
  let removal: Promise<unknown> | undefined;
  server.onRequest = () => {
    removal ??= other.core.profiles.remove(profile);
  };
  await ended('meanwhile.csv');
  await removal;
  expect(JSON.stringify(other.core.settings.jobHistory)).not.toContain('kim@');
});

test('of jobs that broke off and nobody resumes the newest are kept', async () => {
  const { held, profile } = tenant;
  const left = Array.from({ length: 150 }, (_, at) => ({
    kind: 'export',
    path: join(folder, `night-${at}.csv`),
    profile,
    title: 'users',
    pid: 0,
    pidAt: 0,
    startedAt: at,
    asked: null,
  }));
  held.core.settings.changeKeptJobs(() => left);
  const query = { profile, resource: 'users', filters: {} };
  const asked = { query, format: 'csv', columns: 'all', bom: false, mirrored: false } as const;
  const { id } = await held.core.startJob('export', asked, { path: join(folder, 'now.csv') });
  await held.core.jobs.ended(id);
  await expect.poll(() => held.core.settings.keptJobs.map(({ path }) => path)).toHaveLength(99);
  expect(held.core.settings.keptJobs.at(-1)?.path).toBe(left.at(-1)?.path);
});

test('a file that is being written is not written by a second job; what another program began there is its own', async () => {
  const { held, profile, server } = tenant;
  const query = { profile, resource: 'users', filters: {} };
  const asked = { query, format: 'csv', columns: 'all', bom: false, mirrored: false } as const;
  const path = join(folder, 'one.csv');
  const { promise: until, resolve: go } = Promise.withResolvers<void>();
  server.faults.add({ kind: 'held', until }, { on: '/api/users', times: Number.POSITIVE_INFINITY });
  const [first, second] = [1, 2].map(() => held.core.startJob('export', asked, { path }));
  const busy = { code: 'job.busy', detail: { where: path } };
  await expect(second).rejects.toMatchObject(busy);
  const { id } = (await first) ?? {};
  await expect(held.core.startJob('export', asked, { path })).rejects.toMatchObject(busy);
  const elsewhere = {
    kind: 'export',
    path,
    profile,
    title: 'users',
    pid: 1,
    pidAt: 1,
    startedAt: 1,
    asked: null,
  };
  held.core.settings.changeKeptJobs(() => [elsewhere]);
  server.faults.clear();
  go();
  expect(await held.core.jobs.ended(String(id))).toMatchObject({ state: 'done', result: { rows: 120 } });
  await expect.poll(() => held.core.settings.jobHistory.map((one) => one.path)).toEqual([path]);
  expect(held.core.settings.keptJobs).toEqual([elsewhere]);
  const again = await held.core.startJob('export', asked, { path });
  expect(await held.core.jobs.ended(again.id)).toMatchObject({ state: 'done' });
});
