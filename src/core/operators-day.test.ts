import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import { isComplete } from '../shared/complete.ts';
import type { Count } from '../shared/local.ts';
import type { Query } from '../shared/query.ts';
import type { Row } from '../shared/row.ts';
import { eras } from '../simulator/eras.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import type { ExportRequest } from './export/request.ts';

/** What operators are asked for, from beginning to end, on servers of each era. */
let server: Simulator;
let held: TestCore;
let folder: string;
let profile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-day-'));
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Debian's own Python: openpyxl is a package of it. */
const python = '/usr/bin/python3';
const isReaderHere = spawnSync(python, ['-c', 'import openpyxl']).status === 0;
const sheetOf = (path: string): unknown[][] => {
  const script = `
import openpyxl, json, sys
sheet = openpyxl.load_workbook(sys.argv[1]).active
print(json.dumps([[str(c) if c is not None else None for c in row] for row in sheet.iter_rows(values_only=True)]))`;
  return JSON.parse(
    execFileSync(python, ['-c', script, path], { encoding: 'utf8', maxBuffer: 1e9 }),
  ) as unknown[][];
};

describe.each(eras)('on Logto %s', (era) => {
  beforeEach(async () => {
    server = await startSimulator({ users: 900, logs: 20, tied: [100, 400], era });
    held = testCore();
    profile = (await addSimulator(held.core, server)).id;
  });

  const exported = async (asked: Pick<ExportRequest, 'query' | 'format'> & Partial<ExportRequest>) => {
    const path = join(folder, `out.${asked.format}`);
    const job = await held.core.startJob('export', { columns: 'all', bom: false, ...asked }, { path });
    const { result, error } = await held.core.jobs.ended(job.id);
    expect(error).toBeNull();
    return { path, result };
  };

  test.skipIf(!isReaderHere)('all suspended users with their roles, as Excel', async () => {
    const { path, result } = await exported({
      query: {
        profile,
        resource: 'users',
        filters: {},
        columns: ['id', 'isSuspended', 'roles'],
        where: [{ column: 'isSuspended', mode: 'is', value: 'Yes' }],
      },
      format: 'xlsx',
      columns: 'visible',
      joined: ['roles'],
    });
    const suspended = server.tenant.users.filter(({ isSuspended }) => isSuspended);
    expect(suspended.length).toBeGreaterThan(5);
    expect(result && isComplete(result)).toBe(true);
    const rolesOf = (id: string) =>
      server.tenant.roles
        .filter((role) => server.tenant.usersByRole.get(String((role as Row).id))?.has(id))
        .map(({ name }) => String(name));
    const [head, ...rows] = sheetOf(path);
    expect(head?.slice(0, 2)).toEqual(['id', 'isSuspended']);
    const found = new Map(rows.map(([id, , roles]) => [String(id), String(roles ?? '')]));
    expect([...found.keys()].sort()).toEqual(suspended.map(({ id }) => id).sort());
    for (const { id } of suspended) for (const name of rolesOf(id)) expect(found.get(id)).toContain(name);
  });

  test('300 emails from a ticket: who is there, who is suspended, and all of those as a file', async () => {
    const users = server.tenant.users.filter(({ primaryEmail }) => primaryEmail !== null).slice(0, 290);
    const strangers = Array.from({ length: 10 }, (_, n) => `nobody${n}@nowhere.test`);
    const text = [...users.map(({ primaryEmail }) => `Somebody <${primaryEmail}>`), ...strangers].join('\n');
    const found = await held.core.pages.find(profile, text, { mirrored: false });
    const missing = found.entries.filter(({ ids }) => ids.length === 0).map(({ text: thing }) => thing);
    expect(missing).toEqual(strangers);
    expect(found.suspended.sort()).toEqual(
      users
        .filter(({ isSuspended }) => isSuspended)
        .map(({ id }) => id)
        .sort(),
    );
    if (!found.query) throw new Error('nobody was found');
    const { path, result } = await exported({ query: found.query, format: 'ndjson' });
    expect(result && isComplete(result)).toBe(true);
    const ids = readFileSync(path, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as Row).id);
    expect(ids.sort()).toEqual(users.map(({ id }) => id).sort());
    expect(server.seen.every(({ status }) => status < 400 || status === 404)).toBe(true);
  });

  test('failed sign-ins of an address in the last 7 days, and what was used most in them, by the hour', async () => {
    await server.stop();
    await held[Symbol.asyncDispose]();
    const now = Date.now();
    const logMoments = Array.from({ length: 2_000 }, (_, n) => now - 60_000 - n * 600_000);
    server = await startSimulator({ users: 40, tied: [0, 0], era, logMoments });
    held = testCore();
    profile = (await addSimulator(held.core, server)).id;
    const { scans } = held.core;
    const of = (asked: Partial<Query>): Query => ({
      profile,
      resource: 'logs',
      filters: { time: ['7d'] },
      ...asked,
    });
    const lookAtAll = async (asked: Omit<Parameters<typeof scans.start>[0], 'mirrored'>) => {
      const id = await scans.start({ ...asked, mirrored: false });
      await expect.poll(() => scans.look(id, 0).state).toBe('done');
      return scans.look(id, 0);
    };
    const all = logMoments.map((_, at) => server.tenant.logs.row(at));
    const within = all.filter(({ createdAt }) => createdAt >= Date.now() - 7 * 86_400_000);
    expect(within.length).toBeGreaterThan(900);
    const failed = within.filter(({ payload }) => payload.result === 'Error');
    const ip = String(failed[0]?.payload.ip);
    const hit = await lookAtAll({
      query: of({
        where: [
          { column: 'payload.ip', mode: 'is', value: ip },
          { column: 'payload.result', mode: 'is', value: 'Error' },
        ],
      }),
    });
    expect(hit.report && isComplete(hit.report)).toBe(true);
    expect(hit.found.map(({ row }) => row.id).sort()).toEqual(
      failed
        .filter(({ payload }) => payload.ip === ip)
        .map(({ id }) => id)
        .sort(),
    );
    const sum = (counts: readonly Count[] | null) =>
      (counts ?? []).reduce((rows, { count }) => rows + count, 0);
    const used = await lookAtAll({
      query: of({}),
      counts: { column: 'payload.applicationId', bucket: null },
    });
    expect(sum(used.counts)).toBe(within.length);
    const hours = await lookAtAll({
      query: of({}),
      counts: { column: 'createdAt', bucket: 'hour', zone: 'Asia/Seoul' },
    });
    expect(sum(hours.counts)).toBe(within.length);
    // Six logs an hour, of each whole hour.
    expect(hours.counts?.filter(({ count }) => count === 6).length).toBeGreaterThan(160);
  });
});
