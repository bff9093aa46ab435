import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { resourceOf } from '../../shared/catalog/index.ts';
import { isComplete } from '../../shared/complete.ts';
import type { Condition } from '../../shared/local.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { databaseUrl, exportToDatabase } from './database.ts';
import { tableColumns } from './table.ts';

/** A port that was free a moment ago. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** What works as soon as a server that was just started does. */
const soon = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (tried === 150) throw error;
      await wait(100);
    }
  }
};

/** A database server of the test's own. */
type Engine = {
  url: string;
  /** The same by a user whose password is `open sesame`, where the engine has one. */
  guarded?: string;
  /** Rows of a statement, in which `{t}` stands for a table as it is read. */
  rows(sql: string): Promise<Record<string, unknown>[]>;
  /** Cuts every connection that is open, where the engine keeps any. */
  cut?(): Promise<void>;
  stop(): Promise<void>;
};

const postgresHome = '/usr/lib/postgresql';
const postgresVersions = existsSync(postgresHome) ? readdirSync(postgresHome).sort() : [];

const startPostgres = async (folder: string): Promise<Engine> => {
  const bin = join(postgresHome, postgresVersions.at(-1) ?? '', 'bin');
  // PostgreSQL refuses to run as root.
  const asRoot = process.getuid?.() === 0;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const owner = asRoot ? { uid: id('-u'), gid: id('-g') } : {};
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid ?? 0);
  const data = join(folder, 'data');
  const user = asRoot ? 'postgres' : userInfo().username;
  const init = ['-D', data, '-A', 'trust', '-U', user, '-E', 'UTF8'];
  execFileSync(join(bin, 'initdb'), init, { ...owner, stdio: 'ignore' });
  const port = await freePort();
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder],
    { ...owner, stdio: 'ignore' },
  );
  const url = `postgres://${user}@127.0.0.1:${port}/postgres`;
  const client = await soon(async () => {
    const opened = new pg.Client({ connectionString: url });
    opened.on('error', () => {});
    await opened.connect();
    return opened;
  });
  return {
    url,
    rows: async (sql) => (await client.query(sql.replace(/\{(\w+)\}/g, '$1'))).rows,
    cut: async () =>
      void (await client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL',
      )),
    async stop() {
      await client.end();
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
    },
  };
};

const hasClickHouse = spawnSync('which', ['clickhouse-server']).status === 0;

const startClickHouse = async (folder: string): Promise<Engine> => {
  const port = await freePort();
  const config = join(folder, 'config.xml');
  mkdirSync(join(folder, 'data'));
  writeFileSync(
    config,
    `<yandex><logger><level>none</level><console>1</console></logger><http_port>${port}</http_port>
      <tcp_port>${await freePort()}</tcp_port><listen_host>127.0.0.1</listen_host><path>${folder}/data/</path>
      <tmp_path>${folder}/tmp/</tmp_path><users_config>${folder}/users.xml</users_config>
      <default_profile>default</default_profile><default_database>default</default_database>
      <mark_cache_size>5368709120</mark_cache_size></yandex>`,
  );
  writeFileSync(
    join(folder, 'users.xml'),
    `<yandex><profiles><default/></profiles><quotas><default/></quotas><users><default><password/>
      <networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default>
      <guarded><password>open sesame</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile>
      <quota>default</quota></guarded></users></yandex>`,
  );
  const server = spawn('clickhouse-server', ['--config-file', config], { stdio: 'ignore' });
  const address = `http://127.0.0.1:${port}/`;
  const rows = async (sql: string) => {
    const form = sql.startsWith('SELECT') ? ' FORMAT JSONEachRow' : '';
    const query = `${sql.replace(/\{(\w+)\}/g, '$1 FINAL')}${form}`;
    const answer = await fetch(address, { method: 'POST', body: query });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  await soon(() => rows('SELECT 1'));
  return {
    url: `clickhouse://default@127.0.0.1:${port}/default`,
    guarded: `clickhouse://guarded@127.0.0.1:${port}/default`,
    rows,
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
};

test.each([
  'mysql://a@b/c',
  'not an address',
  'postgres://user:secret@host/db',
  'clickhouse://user:secret@host:8123/db',
])('%s is refused', (url) => {
  expect(() => databaseUrl(url)).toThrow(
    expect.objectContaining({ code: 'usage.invalid', detail: expect.objectContaining({ where: '--to' }) }),
  );
});

test('outside this machine TLS is demanded, and nothing in an address gets round that', () => {
  const refused = [
    'postgres://ops@db.internal/audit',
    'postgres://ops@db.internal/audit?sslmode=disable',
    'postgres://ops@db.internal/audit?sslmode=no-verify',
    'postgres://ops@localhost/audit?host=db.internal',
    'postgres://ops@localhost/audit?ssl=false',
    'postgres://ops@localhost/audit?password=hunter2',
    'postgres://ops@localhost/audit?sslpassword=hunter2',
    'https://ch.internal:8443/audit?password=hunter2',
    'clickhouse://ops@ch.internal:8123/audit',
    'http://ch.internal:8123/audit',
    'http://localhost.evil.example:8123/audit',
    'http://127.0.0.1.evil.example:8123/audit',
  ];
  const isRefused = (url: string) => {
    try {
      return !databaseUrl(url).tls && /internal|evil/.test(new URL(url).host) && !url.startsWith('https:');
    } catch (error) {
      expect(error, url).toMatchObject({ code: 'usage.invalid' });
      expect(String(error)).not.toContain('hunter2');
      return true;
    }
  };
  // Without a mode, TLS is what is used.
  expect(databaseUrl('postgres://ops@db.internal/audit')).toMatchObject({ tls: true });
  for (const url of refused.slice(1)) expect(isRefused(url), url).toBe(true);
  expect(databaseUrl('postgres://ops@db.internal/audit?sslmode=verify-full')).toMatchObject({ tls: true });
  expect(databaseUrl('https://ch.internal:8443/audit').url.host).toBe('ch.internal:8443');
  for (const url of [
    'postgres://ops@127.0.0.1/audit',
    'postgres:///audit',
    'postgres://ops@[::1]/audit',
    'postgres://ops@%2Fvar%2Frun%2Fpostgresql/audit',
    'clickhouse://ops@localhost:8123/audit',
  ])
    expect(databaseUrl(url), url).toMatchObject({ tls: false });
  expect(databaseUrl('postgres://ops@db.internal/audit', true)).toMatchObject({ tls: false });
  expect(databaseUrl('clickhouse://ops@ch.internal:8123/audit', true).url.port).toBe('8123');
});

test.each([
  ['hunter2-hunter2', 'no entry for'],
  // Too short to be looked for in words: nothing of the message is kept.
  ['hun', '[removed]'],
  ['e', '[removed]'],
])('a password that a database writes back is taken out of the error: %s', async (password, said) => {
  const echoing = createServer((socket) => {
    let asked = false;
    socket.on('error', () => {});
    socket.on('data', (data) => {
      if (!asked) {
        asked = true;
        // AuthenticationCleartextPassword
        socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
        return;
      }
      const password = data.subarray(5, -1).toString();
      const fields = Buffer.from(`SFATAL\0C28P01\0Mno entry for ${password}\0\0`);
      const head = Buffer.from([0x45, 0, 0, 0, 0]);
      head.writeUInt32BE(fields.length + 4, 1);
      socket.end(Buffer.concat([head, fields]));
    });
  });
  echoing.listen(0, '127.0.0.1');
  await once(echoing, 'listening');
  const { port } = echoing.address() as AddressInfo;
  await using server = await startSimulator({ users: 1, logs: 1 });
  await using held = testCore();
  const { id } = await addSimulator(held.core, server);
  const query = { profile: id, resource: 'users', filters: {} };
  const source = await held.core.sourceOf({ query, mirrored: false });
  const before = process.env.PGPASSWORD;
  process.env.PGPASSWORD = password;
  const url = `postgres://ops@127.0.0.1:${port}/audit`;
  const asked = { query, url, table: 't', resume: false };
  const error = await exportToDatabase(asked, {
    source,
    clock: Date.now,
    signal: new AbortController().signal,
  }).catch((thrown) => thrown);
  if (before === undefined) delete process.env.PGPASSWORD;
  else process.env.PGPASSWORD = before;
  echoing.close();
  expect(error).toMatchObject({ code: 'export.database' });
  expect(error.detail.reason).toContain(said);
  const kept = error.detail.reason.replace('[removed]', '');
  expect(kept).not.toContain(password);
  expect(error.message.replace('[removed]', '')).toBe(`export.database: ${kept}`);
  if (password.length > 3) expect(JSON.stringify(error) + error.stack).not.toContain(password);
});

const engines = [
  { name: 'PostgreSQL', start: startPostgres, isHere: postgresVersions.length > 0 },
  { name: 'ClickHouse', start: startClickHouse, isHere: hasClickHouse },
];

describe.each(engines.filter(({ isHere }) => isHere))('a table of $name', ({ name, start }) => {
  let folder: string;
  let engine: Engine;
  let server: Simulator;
  let held: TestCore;
  let profile: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'logto-desk-database-'));
    engine = await start(folder);
    server = await startSimulator({ users: 1_200, logs: 4_000, tied: [100, 400] });
    held = testCore();
    profile = (await addSimulator(held.core, server)).id;
  }, 60_000);
  afterAll(async () => {
    await engine?.stop();
    await held?.[Symbol.asyncDispose]();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const load = async (
    resource: string,
    resume = false,
    signal = new AbortController().signal,
    onProgress = () => {},
    table = `logto_${resource}`,
  ) => {
    const query = { profile, resource, filters: {} };
    const source = await held.core.sourceOf({ query });
    return exportToDatabase(
      { query, url: engine.url, table, resume },
      { source, clock: Date.now, signal, onProgress },
    );
  };
  const ids = async (table: string) => (await engine.rows(`SELECT id FROM {${table}}`)).map(({ id }) => id);

  test.each(['applications', 'connectors', 'sso-connectors', 'hooks', 'one-time-tokens'])(
    'has no secret of the tenant: %s',
    async (resource) => {
      const table = `secrets_${resource.replaceAll('-', '_')}`;
      const [report] = await load(resource, false, undefined, undefined, table);
      const text = JSON.stringify(await engine.rows(`SELECT * FROM {${table}}`));
      expect(report?.rows).toBeGreaterThan(0);
      expect(text).toContain('••••');
      // Every secret of the simulator says what it is.
      expect(text).not.toContain('sim-');
    },
  );

  test('takes every row once, typed and whole, and a repeated run changes nothing', async () => {
    const [, , , , , fifth, sixth, seventh] = server.tenant.users;
    if (!fifth || !sixth || !seventh) throw new Error('there are users');
    fifth.isSuspended = true;
    sixth.isSuspended = false;
    // As an older server, or one that is not Logto, may send it.
    Object.assign(seventh, { isSuspended: null });
    fifth.name = 'nul \0 half \ud800 "quoted", \\N\n';
    sixth.name = '';
    for (let run = 0; run < 2; run += 1) {
      const reports = await load('users');
      expect(reports.every(isComplete)).toBe(true);
      expect((await ids('logto_users')).sort()).toEqual(server.tenant.users.map(({ id }) => id).sort());
    }
    // PostgreSQL's text holds no NUL.
    const nul = name === 'PostgreSQL' ? '\ufffd' : '\0';
    const [row] = await engine.rows(`SELECT * FROM {logto_users} WHERE id = '${fifth.id}'`);
    expect(row).toMatchObject({ tenant: server.endpoint, name: `nul ${nul} half \ufffd "quoted", \\N\n` });
    const suspended = await engine.rows(
      `SELECT id, is_suspended FROM {logto_users} WHERE id IN ('${fifth.id}', '${sixth.id}', '${seventh.id}')`,
    );
    const [yes, no] = name === 'PostgreSQL' ? [true, false] : [1, 0];
    expect(new Map(suspended.map(({ id, is_suspended: value }) => [id, value]))).toEqual(
      new Map([
        [fifth.id, yes],
        [sixth.id, no],
        [seventh.id, null],
      ]),
    );
    const body = typeof row?.body === 'string' ? (JSON.parse(row.body) as object) : row?.body;
    expect(body).toMatchObject({ id: fifth.id, createdAt: fifth.createdAt });
    const at = row?.created_at;
    const made = at instanceof Date ? at.getTime() : Date.parse(`${String(at).replace(' ', 'T')}Z`);
    expect(Math.floor(made / 1_000)).toBe(Math.floor(fifth.createdAt / 1_000));
    const [empty] = await engine.rows(`SELECT name FROM {logto_users} WHERE id = '${sixth.id}'`);
    expect(empty).toEqual({ name: '' });
    const without = await engine.rows(`SELECT id FROM {logto_users} WHERE name IS NULL`);
    expect(without).toHaveLength(server.tenant.users.filter((user) => user.name === null).length);
  });

  test('has its columns typed by what they hold, and nothing in them that is not of their type', async () => {
    const [app] = server.tenant.applications;
    Object.assign(app ?? {}, { createdAt: 'soon', isThirdParty: 'yes', description: { of: 'crm' } });
    const kinds = {
      time: /^timestamp with time zone$|DateTime/,
      seconds: /^timestamp with time zone$|DateTime/,
      boolean: /^boolean$|UInt8/,
      number: /^double precision$|Float64/,
    };
    const met = new Set<string>();
    for (const resource of ['applications', 'connectors', 'oidc-private-keys']) {
      const table = `typed_${resource.replaceAll('-', '_')}`;
      await load(resource, false, undefined, undefined, table);
      const described =
        name === 'PostgreSQL'
          ? `SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name = '${table}'`
          : `SELECT name, type FROM system.columns WHERE table = '${table}'`;
      const types = new Map(
        (await engine.rows(described)).map((one) => [String(one.name), String(one.type)]),
      );
      for (const { column, name: called } of tableColumns(resourceOf(resource))) {
        expect(types.get(called), called).toMatch(
          kinds[column.kind as keyof typeof kinds] ?? /^text$|String/,
        );
        met.add(column.kind);
      }
    }
    expect([...met]).toEqual(expect.arrayContaining(Object.keys(kinds)));
    // What is only JSON is in the body.
    expect([...met]).not.toContain('json');
    const [odd] = await engine.rows(
      `SELECT created_at, is_third_party, description FROM {typed_applications} WHERE id = '${app?.id}'`,
    );
    expect(odd).toEqual({ created_at: null, is_third_party: null, description: '{"of":"crm"}' });
  });

  test('resumes where an interrupted run was, then reads what is newer', async () => {
    const control = new AbortController();
    // Cut off as soon as something was committed.
    const interrupted = load('logs', true, control.signal, () => control.abort());
    await expect(interrupted).rejects.toMatchObject({ code: 'cancelled' });
    const first = (await ids('logto_logs')).length;
    expect(first).toBeGreaterThan(1_000);
    expect(first).toBeLessThan(4_000);
    server.tenant.insertLog((server.tenant.logs.times[0] ?? 0) + 1_000, 'Interaction.End');
    const reports = await load('logs', true);
    expect(reports.every(isComplete)).toBe(true);
    // What was loaded is not read again.
    expect(reports.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThan(12_100 - first + 200);
    const expected = Array.from({ length: 4_000 }, (_, at) => server.tenant.logs.row(at).id);
    const found = new Set(await ids('logto_logs'));
    expect(found.size).toBe(4_001);
    expect(expected.filter((id) => !found.has(id))).toEqual([]);
    // A time that is none, as a server may send it, ends no load.
    if (name === 'PostgreSQL')
      await engine.rows(
        `UPDATE {logto_logs} SET body = jsonb_set(body, ARRAY['createdAt'], '"soon"') WHERE id = '${expected[3]}'`,
      );
    const before = server.seen.length;
    await load('logs', true);
    expect(server.seen.length - before).toBeLessThan(12);
    const results = await engine.rows('SELECT DISTINCT payload_result AS result FROM {logto_logs}');
    expect(results.map(({ result }) => result).sort()).toEqual(['Error', 'Success']);
  });

  test('of a load that lacks rows the next one reads them; after a whole one only what is newer is read', async () => {
    const lost = server.tenant.logs.row(2_000).id;
    server.failsOn = ({ id }) => id === lost;
    const again = () => load('logs', true, undefined, undefined, 'again');
    const [first] = await again();
    expect(first && isComplete(first)).toBe(false);
    expect((await ids('again')).includes(lost)).toBe(false);
    server.failsOn = () => false;
    expect((await again()).every(isComplete)).toBe(true);
    expect((await ids('again')).includes(lost)).toBe(true);
    const before = server.seen.length;
    expect((await again()).every(isComplete)).toBe(true);
    const asked = server.seen.slice(before).filter(({ path }) => path === '/api/logs');
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter(({ query }) => !query.has('start_time'))).toEqual([]);
    // And where it was cut off after a row that lacks.
    const early = server.tenant.logs.row(500).id;
    server.failsOn = ({ id }) => id === early;
    const control = new AbortController();
    const cut = load('logs', true, control.signal, () => control.abort(), 'cut');
    await expect(cut).rejects.toMatchObject({ code: 'cancelled' });
    expect((await ids('cut')).length).toBeGreaterThan(600);
    server.failsOn = () => false;
    await load('logs', true, undefined, undefined, 'cut');
    expect((await ids('cut')).includes(early)).toBe(true);
    // And so after one that was whole at once.
    await load('logs', true, undefined, undefined, 'whole');
    const then = server.seen.length;
    await load('logs', true, undefined, undefined, 'whole');
    const more = server.seen.slice(then).filter(({ path }) => path === '/api/logs');
    expect(more.filter(({ query }) => !query.has('start_time'))).toEqual([]);
  });

  test('a view’s progress is its own: another view of the same table has all of its rows, and its own time', async () => {
    const { signal } = new AbortController();
    const into = async (change: { filters?: Record<string, string[]>; where?: Condition[] }) => {
      const query = { profile, resource: 'logs', filters: {}, ...change };
      const source = await held.core.sourceOf({ query });
      const asked = { query, url: engine.url, table: 'views', resume: true };
      return exportToDatabase(asked, { source, clock: Date.now, signal });
    };
    const { logs } = server.tenant;
    const all = Array.from({ length: logs.length }, (_, at) => logs.row(at));
    const within = [logs.row(400).createdAt, logs.row(300).createdAt] as const;
    const ofTime = all.filter(({ createdAt }) => createdAt >= within[0] && createdAt <= within[1]);
    for (let run = 0; run < 2; run += 1) {
      await into({ filters: { time: within.map(String) } });
      expect((await ids('views')).sort()).toEqual(ofTime.map(({ id }) => id).sort());
    }
    const event = String(logs.row(0).key);
    const ofEvent = all.filter(({ key }) => key === event);
    await into({ filters: { event: [event] } });
    const another = String(all.find(({ key }) => key !== event)?.key);
    await into({ filters: { event: [another] } });
    ofEvent.push(...all.filter(({ key }) => key === another));
    await into({ where: [{ column: 'key', mode: 'is', value: 'nothing is called this' }] });
    expect(new Set(await ids('views'))).toEqual(new Set([...ofTime, ...ofEvent].map(({ id }) => id)));
    // That nothing fits is known of all rows that were read.
    const before = server.seen.length;
    await into({ where: [{ column: 'key', mode: 'is', value: 'nothing is called this' }] });
    expect(server.seen.length - before).toBeLessThan(12);
    await into({});
    const there = new Set(await ids('views'));
    expect(all.filter(({ id }) => !there.has(id))).toEqual([]);
  });

  test('takes the rows that fit its conditions, and counts those', async () => {
    const wanted = server.tenant.users.slice(3, 6);
    for (const user of server.tenant.users) user.isSuspended = wanted.includes(user);
    const where = [{ column: 'isSuspended', mode: 'is' as const, value: 'Yes' }];
    const query = { profile, resource: 'users', filters: {}, where };
    const source = await held.core.sourceOf({ query });
    const { signal } = new AbortController();
    const reports = await exportToDatabase(
      { query, url: engine.url, table: 'suspended', resume: false },
      { source, clock: Date.now, signal },
    );
    expect(reports).toMatchObject([{ rows: 3, missing: 0 }]);
    expect((await ids('suspended')).sort()).toEqual(wanted.map(({ id }) => id).sort());
  });

  test('is written by a user whose password the environment has, and by none who lacks it', async () => {
    const { guarded } = engine;
    if (guarded === undefined) return;
    const query = { profile, resource: 'roles', filters: {} };
    const source = await held.core.sourceOf({ query });
    const { signal } = new AbortController();
    const asked = { query, url: guarded, table: 'guarded', resume: false };
    const into = () => exportToDatabase(asked, { source, clock: Date.now, signal });
    vi.stubEnv('CLICKHOUSE_PASSWORD', undefined);
    await expect(into()).rejects.toMatchObject({ code: 'export.database' });
    vi.stubEnv('CLICKHOUSE_PASSWORD', 'open sesame');
    expect(await into()).toMatchObject([{ rows: server.tenant.roles.length, missing: 0 }]);
    vi.unstubAllEnvs();
  });

  test('a table of an older version gets the columns that it lacks', async () => {
    await load('roles');
    await engine.rows('ALTER TABLE logto_roles DROP COLUMN type');
    await load('roles');
    const types = await engine.rows('SELECT DISTINCT type AS type FROM {logto_roles}');
    expect(types.map(({ type }) => type).sort()).toEqual(['MachineToMachine', 'User']);
  });

  test('a connection that is lost while rows are read ends the load with the reason', async () => {
    let cut = false;
    const lost = load(
      'logs',
      false,
      undefined,
      () => {
        if (!cut) void (engine.cut ?? engine.stop)();
        cut = true;
      },
      'lost',
    );
    await expect(lost).rejects.toMatchObject({
      code: 'export.database',
      detail: { where: new URL(engine.url).host },
    });
    if (!engine.cut) engine = await start(mkdtempSync(join(folder, 'again-')));
  });

  test('that cannot be reached is named', async () => {
    const query = { profile, resource: 'roles', filters: {} };
    const source = await held.core.sourceOf({ query });
    const url = name === 'PostgreSQL' ? 'postgres://nobody@127.0.0.1:9/none' : 'clickhouse://127.0.0.1:9';
    const { signal } = new AbortController();
    await expect(
      exportToDatabase({ query, url, table: 'x', resume: false }, { source, clock: Date.now, signal }),
    ).rejects.toMatchObject({ code: 'export.database', detail: { where: '127.0.0.1:9' } });
  });
});
