import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { isComplete } from '../../shared/complete.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { databaseUrl, exportToPostgres } from './postgres.ts';

const home = '/usr/lib/postgresql';
const versions = existsSync(home) ? readdirSync(home).sort() : [];
const bin = join(home, versions.at(-1) ?? '', 'bin');

/** A port that was free a moment ago. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** A connection as soon as the server takes one. */
const connected = async (url: string): Promise<pg.Client> => {
  for (let tried = 1; ; tried += 1) {
    const client = new pg.Client({ connectionString: url });
    const error = await client.connect().then(
      () => null,
      (reason: unknown) => reason,
    );
    if (error === null) return client;
    if (tried === 100) throw error;
    await wait(100);
  }
};

test.each(['mysql://a@b/c', 'not an address', 'postgres://user:secret@host/db'])('%s is refused', (url) => {
  expect(() => databaseUrl(url)).toThrow(expect.objectContaining({ code: 'query.invalid' }));
});

describe.skipIf(versions.length === 0)('a PostgreSQL table', () => {
  let folder: string;
  let url: string;
  let database: ReturnType<typeof spawn>;
  let client: pg.Client;
  let server: Simulator;
  let held: TestCore;
  let profile: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'logto-desk-postgres-'));
    // PostgreSQL refuses to run as root.
    const asRoot = process.getuid?.() === 0;
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    const owner = asRoot ? { uid: id('-u'), gid: id('-g') } : {};
    if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid ?? 0);
    const data = join(folder, 'data');
    const user = asRoot ? 'postgres' : userInfo().username;
    execFileSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', user, '-E', 'UTF8'], {
      ...owner,
      stdio: 'ignore',
    });
    const port = await freePort();
    database = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder],
      {
        ...owner,
        stdio: 'ignore',
      },
    );
    url = `postgres://${user}@127.0.0.1:${port}/postgres`;
    client = await connected(url);
    server = await startSimulator({ users: 1_200, logs: 12_000, tied: [100, 400] });
    held = testCore();
    profile = (await addSimulator(held.core, server)).id;
  }, 60_000);
  afterAll(async () => {
    await client?.end();
    database.kill('SIGINT');
    await once(database, 'exit');
    await held?.[Symbol.asyncDispose]();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const load = async (
    resource: string,
    resume = false,
    signal = new AbortController().signal,
    onProgress = () => {},
  ) => {
    const query = { profile, resource, filters: {} };
    const source = await held.core.sourceOf({ query });
    return exportToPostgres(
      { query, url, table: `logto_${resource}`, resume },
      { source, clock: Date.now, signal, onProgress },
    );
  };
  const column = async (sql: string) =>
    (await client.query({ text: sql, rowMode: 'array' })).rows.map(([value]) => value);

  test('takes every row once, typed and whole, and a repeated run changes nothing', async () => {
    server.tenant.users[5]!.name = 'nul \0 and half \ud800 "quoted", \\N\n';
    server.tenant.users[6]!.name = '';
    for (let run = 0; run < 2; run += 1) {
      const reports = await load('users');
      expect(reports.every(isComplete)).toBe(true);
      expect(await column('SELECT id FROM logto_users ORDER BY id COLLATE "C"')).toEqual(
        server.tenant.users.map(({ id }) => id).sort(),
      );
    }
    const { rows } = await client.query('SELECT * FROM logto_users WHERE id = $1', [
      server.tenant.users[5]?.id,
    ]);
    expect(rows[0]).toMatchObject({
      tenant: server.endpoint,
      name: 'nul \ufffd and half \ufffd "quoted", \\N\n',
      created_at: new Date(server.tenant.users[5]?.createdAt ?? 0),
      is_suspended: server.tenant.users[5]?.isSuspended,
      body: expect.objectContaining({ id: server.tenant.users[5]?.id }),
    });
    expect(await column(`SELECT name FROM logto_users WHERE id = '${server.tenant.users[6]?.id}'`)).toEqual([
      '',
    ]);
    expect(await column('SELECT count(*) FROM logto_users WHERE name IS NULL')).toEqual([
      String(server.tenant.users.filter(({ name }) => name === null).length),
    ]);
  });

  test('goes on where an interrupted run was, then reads what is newer', async () => {
    const control = new AbortController();
    // Cut off as soon as something was committed.
    const interrupted = load('logs', true, control.signal, () => control.abort());
    await expect(interrupted).rejects.toMatchObject({ code: 'cancelled' });
    const [first] = await column('SELECT count(*) FROM logto_logs');
    expect(Number(first)).toBeGreaterThan(1_000);
    expect(Number(first)).toBeLessThan(12_000);
    server.tenant.insertLog((server.tenant.logs.times[0] ?? 0) + 1_000, 'Interaction.End');
    const reports = await load('logs', true);
    expect(reports.every(isComplete)).toBe(true);
    // What was loaded is not read again.
    expect(reports.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThan(12_100 - Number(first) + 200);
    const expected = Array.from({ length: 12_000 }, (_, at) => server.tenant.logs.row(at).id);
    const found = await column('SELECT id FROM logto_logs');
    expect(found).toHaveLength(12_001);
    expect(expected.filter((id) => !new Set(found).has(id))).toEqual([]);
    const before = server.seen.length;
    await load('logs', true);
    expect(server.seen.length - before).toBeLessThan(12);
    expect(await column('SELECT payload_result FROM logto_logs GROUP BY 1 ORDER BY 1')).toEqual([
      'Error',
      'Success',
    ]);
  });

  test('that cannot be reached is named', async () => {
    const query = { profile, resource: 'roles', filters: {} };
    const source = await held.core.sourceOf({ query });
    const asked = { query, url: 'postgres://nobody@127.0.0.1:9/none', table: 'x', resume: false };
    const { signal } = new AbortController();
    await expect(exportToPostgres(asked, { source, clock: Date.now, signal })).rejects.toMatchObject({
      code: 'export.database',
      detail: { where: '127.0.0.1:9' },
    });
  });
});
