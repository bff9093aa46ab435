import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keychainService } from '../doors/keychain-service.ts';
import { spanOf } from '../shared/moments.ts';
import { isoIn } from '../shared/zone.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { type Ended, runDesk, startDesk } from './testing.ts';
import { runInside } from './testing-here.ts';

const main = join(import.meta.dirname, 'main.ts');
const app = { appId: 'cli-app', secret: 'cli secret ü', managementRole: true };
let server: Simulator;
let dataDir: string;
let folder: string;
const env = (more: Record<string, string> = {}) => ({
  LOGTO_DESK_DATA_DIR: dataDir,
  LOGTO_DESK_KEYCHAIN_SERVICE: keychainService,
  ...more,
});
type Given = { input?: string; env?: Record<string, string> };

const start = (args: readonly string[]) => startDesk(args, env());
/** As a shell runs it. */
const program = (args: readonly string[], given: Given = {}) => runDesk(args, env(given.env), given.input);
/** What the same command does, without a process. */
const desk = (args: readonly string[], given: Given = {}) => runInside(args, env(given.env), given.input);

beforeAll(async () => {
  server = await startSimulator({ apps: [app], users: 350, logs: 1_000, tied: [0, 0] });
  dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-cli-'));
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-cli-out-'));
});
afterAll(async () => {
  await server.stop();
  for (const path of [dataDir, folder]) rmSync(path, { recursive: true, force: true });
});

describe('profiles', () => {
  const add = (...more: string[]) => [
    'profiles',
    'add',
    '--oss',
    server.endpoint,
    '--name',
    'My tenant',
    '--app-id',
    app.appId,
    ...more,
  ];

  test('are added with a secret from standard input, listed, tested and removed', async () => {
    const added = await program(add('--secret-stdin'), { input: `${app.secret}\n` });
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).toBe(`Added my-tenant (${server.endpoint}, read-only)\n`);
    const listed = await program(['profiles', 'list', '--json']);
    expect(JSON.parse(listed.out)).toEqual([
      expect.objectContaining({ id: 'my-tenant', kind: 'oss', access: 'read-only' }),
    ]);
    const tested = await program(['profiles', 'test', 'My tenant']);
    expect([tested.code, tested.err]).toEqual([0, expect.any(String)]);
    expect(tested.out.match(/✓/g)).toHaveLength(7);
    expect((await program(['profiles', 'remove', 'my-tenant'])).out).toBe(
      'Removed my-tenant and its secret\n',
    );
    expect((await program(['profiles', 'list'])).out).toBe('');
  });

  test('ask on a terminal without showing what is typed', async () => {
    // script(1) gives the command a terminal, as a person would have.
    const command = [process.execPath, main, ...add()].map((part) => `'${part}'`).join(' ');
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      env: { ...process.env, ...env() },
    });
    let shown = '';
    child.stdout.on('data', (chunk) => {
      shown += chunk;
      if (String(chunk).includes('not shown')) child.stdin.write(`${app.secret}\r`);
    });
    await once(child, 'close');
    expect(shown).toContain('Added my-tenant');
    expect(shown).not.toContain(app.secret);
    expect((await desk(['list', 'users', '--profile', 'my-tenant'])).code).toBe(0);
  });

  test('without a terminal and without --secret-stdin say what to do', async () => {
    const answer = await desk(add('--label', 'x'));
    expect(answer.code).toBe(2);
    expect(answer.err).toContain('--secret-stdin');
  });

  test('refuse an empty secret before anything is kept', async () => {
    const answer = await desk(add('--secret-stdin', '--label', 'empty'), { input: '\n' });
    expect([answer.code, answer.err]).toEqual([
      2,
      expect.stringContaining('Invalid --secret-stdin. (it is empty'),
    ]);
  });

  test('tell the version, and where data and log are', async () => {
    const version = await program(['--version']);
    expect(version.out).toMatch(/^Logto Desk \d+\.\d+\.\d+ \(Node \d+/);
    const about = await desk(['about', '--json']);
    const { dataDir: data, logFile } = JSON.parse(about.out);
    expect([data, existsSync(logFile)]).toEqual([dataDir, true]);
  });

  test.each([
    [['--cloud', 'auth.example.com'], 'https://{tenant-id}.logto.app'],
    [['--oss', 'ftp://x'], 'http or https'],
    [[], 'one of --cloud'],
    [['--cloud', 'a', '--oss', 'http://localhost'], 'cannot be used with'],
  ])('refuse %j as wrong usage', async (where, reason) => {
    const answer = await desk(
      ['profiles', 'add', ...where, '--name', 'N', '--app-id', 'a', '--secret-stdin'],
      { input: 's' },
    );
    expect([answer.code, answer.err]).toEqual([2, expect.stringContaining(reason)]);
  });

  test('with a wrong secret fail their test at the step, with the reason', async () => {
    await desk(
      [
        'profiles',
        'add',
        '--oss',
        server.endpoint,
        '--name',
        'Wrong',
        '--app-id',
        app.appId,
        '--secret-stdin',
      ],
      { input: 'no' },
    );
    const tested = await desk(['profiles', 'test', 'wrong']);
    expect(tested.code).toBe(1);
    expect(tested.out).toContain('✗  Sign in with the app');
    expect(tested.err).toMatch(/^desk: The app secret is wrong\..*\n$/);
    await desk(['profiles', 'remove', 'wrong']);
  });

  test('without a keychain fail and store nothing', async () => {
    const none = { DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: folder };
    const answer = await program(add('--name', 'Keyless', '--secret-stdin'), { input: 's', env: none });
    expect(answer.code).toBe(1);
    expect(answer.err).toContain('keychain');
    expect((await desk(['profiles', 'list'])).out).not.toContain('Keyless');
  });
});

describe('list', () => {
  test('shows a page as JSON', async () => {
    const { code, out } = await desk([
      'list',
      'users',
      '--profile',
      'my-tenant',
      '--page',
      '4',
      '--page-size',
      '100',
      '--json',
    ]);
    const page = JSON.parse(out);
    expect([code, page.total, page.rows.length]).toEqual([0, 350, 50]);
  });

  test('shows a page as a table, and the count beside it', async () => {
    const { out, err } = await program([
      'list',
      'roles',
      '--profile',
      'my-tenant',
      '--type',
      'MachineToMachine',
      '--keyword',
      'read',
    ]);
    expect(out.split('\n')[0]).toMatch(/^Name +Type +Description/);
    expect(out).toContain('machine: read users');
    expect(err).toBe('2 of 2 rows, page 1\n');
  });

  test('costs one token and one page', async () => {
    const before = server.seen.length;
    const { code } = await desk(['list', 'users', '--profile', 'my-tenant']);
    expect([code, ...server.seen.slice(before).map(({ path }) => path)]).toEqual([
      0,
      '/oidc/token',
      '/api/users',
    ]);
  });

  test('knows lists below a row, time spans and the demo tenant', async () => {
    const user = server.tenant.users.find(({ id }) =>
      [...server.tenant.usersByRole.values()].some((set) => set.has(id)),
    );
    expect(
      (await desk(['list', 'user-roles', '--profile', 'my-tenant', '--parent', user?.id ?? '', '--json']))
        .out,
    ).toContain('"type": "User"');
    const { out } = await desk([
      'list',
      'logs',
      '--profile',
      'demo',
      '--time',
      '2026-11-20T08:00:00Z..2026-11-20T08:59:59Z',
      '--json',
    ]);
    expect(JSON.parse(out).total).toBeGreaterThan(50);
  });

  test('answers from wherever the window would: the copy when asked or when nobody is reached, a snapshot', async () => {
    const other = await startSimulator({ apps: [app], users: 30, logs: 5 });
    const add = ['profiles', 'add', '--oss', other.endpoint, '--name', 'Gone', '--app-id', app.appId];
    expect((await desk([...add, '--secret-stdin'], { input: app.secret })).code).toBe(0);
    expect((await desk(['mirror', '--profile', 'gone', '--resources', 'users'])).code).toBe(0);
    const list = ['list', 'users', '--profile', 'gone', '--page', '2', '--page-size', '20'];
    const asked: string[] = [];
    other.onRequest = ({ path }) => void asked.push(path);
    const mirrored = await desk([...list, '--mirrored', '--json']);
    const copy = JSON.parse(mirrored.out);
    expect([copy.total, copy.rows.length, copy.mirror.whole]).toEqual([30, 10, true]);
    expect(asked).toEqual([]);
    const file = join(folder, 'gone.logtodesk');
    expect((await desk(['snapshot', '--profile', 'gone', '--output', file])).code).toBe(0);
    await other.stop();
    const offline = await desk(list);
    expect([offline.code, offline.err]).toEqual([
      0,
      expect.stringContaining('10 of 30 rows, page 2; From the'),
    ]);
    const opened = await desk(['open-snapshot', file]);
    const id = /^Added (\S+)/.exec(opened.out)?.[1] ?? '';
    const snapshot = await desk(['list', 'users', '--profile', id, '--json']);
    expect([snapshot.code, JSON.parse(snapshot.out).total]).toEqual([0, 30]);
    expect(await desk(['list', 'roles', '--profile', 'gone', '--mirrored'])).toMatchObject({
      code: 1,
      out: '',
    });
  });

  test.each([
    [['--utc'], 'UTC'],
    [['--zone', 'Asia/Seoul'], 'Asia/Seoul'],
    [[], 'America/New_York'],
  ])('of a day in the zone of %j, which is shown with every time', async (flags, zone) => {
    const args = ['list', 'logs', '--profile', 'my-tenant', '--time', '2026-11-20..2026-11-20', ...flags];
    const zoned = { env: { TZ: 'America/New_York' } };
    const day = spanOf('2026-11-20', 0, zone);
    const times = server.tenant.logs.times.filter((at) => day && at >= day.from && at <= day.to);
    const { out } = await program([...args, '--json'], zoned);
    expect(JSON.parse(out).total).toBe(times.length);
    expect(times.length).toBeGreaterThan(0);
    const table = await program(args, zoned);
    expect(table.out).toContain(isoIn(Math.max(...times), zone));
  });

  test.each([
    [['nosuch', '--profile', 'demo'], 'Invalid <resource>. (there is no list "nosuch"'],
    [['users'], "required option '--profile"],
    [['users', '--profile', 'demo', '--page', '0'], 'integer from 1'],
    [['users', '--profile', 'demo', '--page-size', '101'], 'integer from 1 to 100'],
    [['users', '--profile', 'demo', '--nope'], "unknown option '--nope'"],
    [['users', '--profile', 'demo', '--type', 'User'], 'no filter "type"'],
    [['users', '--profile', 'demo', '--columns', 'nope'], 'no field "nope"; did you mean "name"?'],
    [['roles', '--profile', 'demo', '--type', 'Robot'], 'Invalid --type. ("Robot" is not one of User'],
    [['user-roles', '--profile', 'demo'], 'Invalid --parent.'],
    [['logs', '--profile', 'demo', '--time', '2026-02-02..2026-01-01'], 'start is after the end'],
    [
      ['logs', '--profile', 'demo', '--time', '2026-02-30..2026-03-05'],
      'Invalid --time. ("2026-02-30" is not a valid date',
    ],
    [['logs', '--profile', 'demo', '--time', '..'], 'Invalid --time.'],
    [['logs', '--profile', 'demo', '--zone', 'Mars/Olympus'], '--zone'],
    [['logs', '--profile', 'demo', '--zone', 'UTC', '--utc'], 'cannot be used with'],
  ])('refuses %j as wrong usage', async (args, reason) => {
    const answer = await desk(['list', ...args]);
    expect([answer.code, answer.err]).toEqual([2, expect.stringContaining(reason)]);
    expect(answer.out).toBe('');
  });

  test.each([
    [['--profile', 'nobody'], 'There is no tenant “nobody”'],
    [['--profile', 'dead'], 'refused the connection'],
  ])('fails with one clear line: %j', async (where, reason) => {
    await desk(
      ['profiles', 'add', '--oss', 'http://127.0.0.1:9', '--name', 'Dead', '--app-id', 'a', '--secret-stdin'],
      { input: 's' },
    );
    const answer = await desk(['list', 'users', ...where]);
    expect(answer.code).toBe(1);
    expect(answer.err.trim().split('\n')).toHaveLength(1);
    expect(answer.err).toContain(reason);
  });
});

describe('export-tenant', () => {
  const args = (...more: string[]) => [
    'export-tenant',
    '--profile',
    'my-tenant',
    '--format',
    'ndjson',
    '--output',
    join(folder, 'whole'),
    ...more,
  ];

  test('writes every list with its manifest, and resumes where it was', async () => {
    const first = await desk(args());
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toContain('Users: 350 rows, complete');
    const whole = JSON.parse(readFileSync(join(folder, 'whole', 'tenant.manifest.json'), 'utf8'));
    expect(whole.files).toHaveLength(first.out.trim().split('\n').length);
    expect(
      readFileSync(join(folder, 'whole', 'users.ndjson'), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(350);
    const files = readdirSync(join(folder, 'whole'));
    for (const name of files)
      expect(readFileSync(join(folder, 'whole', name), 'utf8'), name).not.toContain('sim-');

    expect(await desk(args())).toMatchObject({ code: 1, err: expect.stringContaining('not empty') });
    // One file is damaged, one is missing: those are written again, no other.
    writeFileSync(join(folder, 'whole', 'roles.ndjson'), 'damaged');
    rmSync(join(folder, 'whole', 'users.ndjson'));
    const resumed = await desk(args('--resume'));
    expect(resumed.out).toContain('Roles: 45 rows, complete');
    expect(resumed.out).toContain('Users: 350 rows, complete');
    expect(resumed.out).toMatch(/Audit logs: 1\d{3} rows, kept/);
  });
});

describe('the offline copy', () => {
  test('is filled, found in, and shown when the server is gone', async () => {
    const filled = await desk(['copy', '--profile', 'my-tenant', '--resources', 'users,logs']);
    expect([filled.code, filled.out]).toEqual([0, 'Users: 350 rows\nAudit logs: 1000 rows\n']);
    const again = await desk(['mirror', '--profile', 'my-tenant', '--resources', 'logs']);
    expect(again.out).toMatch(/^Audit logs: \d rows\n$/);
    const user = server.tenant.users.find(({ primaryEmail }) => primaryEmail);
    const { code, out } = await desk([
      'search',
      String(user?.primaryEmail),
      '--profile',
      'my-tenant',
      '--json',
    ]);
    expect([code, JSON.parse(out)]).toEqual([
      0,
      [expect.objectContaining({ resource: 'users', id: user?.id })],
    ]);
  });

  test('that is interrupted resumes where it was, when that is asked', async () => {
    const args = ['mirror', '--profile', 'my-tenant', '--resources', 'roles,users', '--no-below'];
    server.faults.add({ kind: 'hang' }, { on: ({ query }) => query.get('page') === '3', times: 99 });
    const before = server.seen.length;
    const { child, ended } = start(args);
    await expect
      .poll(() => server.seen.slice(before).filter(({ path }) => path === '/api/users').length, {
        timeout: 20_000,
      })
      .toBeGreaterThan(1);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 1, err: expect.stringContaining('--resume') });
    server.faults.clear();
    const from = server.seen.length;
    const resumed = await desk(['mirror', '--profile', 'my-tenant', '--resume']);
    expect([resumed.code, resumed.out]).toEqual([0, 'Roles: 45 rows\nUsers: 350 rows\n']);
    expect(server.seen.slice(from).some(({ path }) => path === '/api/roles')).toBe(false);
  });

  test('that does not say whose it is, is refused with the way out, and only the copy is removed', async () => {
    const path = join(dataDir, 'mirror', 'my-tenant.sqlite');
    const made = new DatabaseSync(path);
    made.exec('DELETE FROM owner');
    made.close();
    const mirror = (...more: string[]) => desk(['mirror', '--profile', 'my-tenant', ...more]);
    const refused = await mirror('--resources', 'roles');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('does not record which server') });
    expect(refused.err).toContain('desk copy --remove');
    expect(await mirror('--remove', '--logs', '30d')).toMatchObject({ code: 2 });
    expect(await mirror('--remove')).toMatchObject({ code: 0, err: expect.stringContaining('copy deleted') });
    expect(existsSync(path)).toBe(false);
    expect(await mirror('--remove')).toMatchObject({
      code: 0,
      err: expect.stringContaining('no offline copy'),
    });
    // The tenant and its secret are there still.
    expect(await mirror('--resources', 'roles', '--no-below')).toMatchObject({
      code: 0,
      out: 'Roles: 45 rows\n',
    });
  });

  test('of a list that is not there says which there are', async () => {
    const { code, err } = await desk(['mirror', '--profile', 'my-tenant', '--resources', 'nope']);
    expect([code, err]).toEqual([2, expect.stringContaining('there are users')]);
  });
});

describe('export', () => {
  const exporting = (...more: string[]) => [
    'export',
    'users',
    '--profile',
    'my-tenant',
    '--format',
    'csv',
    ...more,
  ];

  test('writes a file and says that it is complete', async () => {
    const path = join(folder, 'users.csv');
    const { code, out, err } = await program(exporting('--output', path, '--bom'));
    expect([code, out, err]).toEqual([0, '', '350 rows written; complete\n']);
    expect(readFileSync(path, 'utf8')).toMatch(/^\ufeffname,username,/);
  });

  test('writes to standard output, for a pipe', async () => {
    const { out } = await program([
      'export',
      'logs',
      '--profile',
      'my-tenant',
      '--format',
      'ndjson',
      '--output',
      '-',
      '--columns',
      'id,payload.ip',
    ]);
    const rows = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(1_000);
    expect(Object.keys(rows[0])).toEqual(['id', 'payload.ip']);
  });

  test('bears a reader that leaves early', async () => {
    const { child, ended } = start([
      'export',
      'logs',
      '--profile',
      'my-tenant',
      '--format',
      'ndjson',
      '--output',
      '-',
    ]);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await ended).toMatchObject({ code: 0, err: '' });
  });

  test('that is interrupted ends with 130 and leaves nothing', async () => {
    server.faults.add({ kind: 'latency', ms: 20_000 }, { on: ({ query }) => query.get('page') === '3' });
    const { child, ended } = start(exporting('--output', join(folder, 'cut.csv')));
    await expect.poll(() => readdirSync(folder).some((name) => name.includes('cut.csv'))).toBe(true);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130 });
    expect(readdirSync(folder).filter((name) => name.includes('cut.csv'))).toEqual([]);
    server.faults.clear();
  });

  test('of what fits only, and incomplete with a code of its own', async () => {
    const path = join(folder, 'errors.ndjson');
    const args = ['export', 'logs', '--profile', 'my-tenant', '--format', 'ndjson', '--output', path];
    const { code } = await desk([...args, '--where', 'payload.result is Error']);
    const rows = readFileSync(path, 'utf8').trim().split('\n');
    expect([code, rows.every((row) => row.includes('"result":"Error"'))]).toEqual([0, true]);
    expect((await desk([...args, '--where', 'payload.result equals Error'])).code).toBe(2);
    server.faults.add(
      { kind: 'status', status: 200, headers: { 'total-number': '50' }, body: server.tenant.roles },
      { on: '/api/roles', times: 99 },
    );
    const short = await desk([
      'export',
      'roles',
      '--profile',
      'my-tenant',
      '--format',
      'json',
      '--output',
      path,
    ]);
    expect([short.code, short.err]).toEqual([3, expect.stringContaining('5 of 50 missing')]);
    server.faults.clear();
  });

  test('of counts, of what is nested under rows, and of a network', async () => {
    const out = (resource: string, ...more: string[]) =>
      desk(['export', resource, '--profile', 'my-tenant', '--format', 'ndjson', '--output', '-', ...more]);
    const rowsIn = ({ out: text }: Ended) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    const counted = await out('logs', '--count-by', 'payload.result');
    expect(counted.code).toBe(0);
    expect(counted.err).toMatch(/^2 values written, with how many of [\d]+ rows read have each; complete/);
    const sum = rowsIn(counted).reduce((total, { count }) => total + Number(count), 0);
    expect(sum).toBeGreaterThanOrEqual(1_000);
    expect(
      rowsIn(counted)
        .map(({ value }) => value)
        .sort(),
    ).toEqual(['Error', 'Success']);
    const named = await out('logs', '--count-by', 'Application', '--names');
    const nameOf = (id: unknown) => server.tenant.applications.find((one) => one.id === id)?.name ?? null;
    for (const { value, name } of rowsIn(named)) expect(name).toBe(nameOf(value));
    expect(rowsIn(named).some(({ name }) => name !== null)).toBe(true);
    const unnamed = await out('logs', '--count-by', 'payload.result', '--names');
    expect(unnamed).toMatchObject({ code: 2, err: expect.stringContaining('--names') });
    const byHour = await out('logs', '--count-by', 'Time', '--per', 'hour', '--zone', 'Asia/Seoul');
    expect(byHour.err).toContain('rows read have each; times in Asia/Seoul; complete');
    const members = await out('roles', '--below', 'role-users');
    expect(members.code).toBe(0);
    expect(rowsIn(members)).toHaveLength(
      [...server.tenant.usersByRole.values()].reduce((total, { size }) => total + size, 0),
    );
    const inside = rowsIn(await out('logs', '--where', 'payload.ip network 203.0.0.0/20'));
    const ips = Array.from({ length: 1_000 }, (_, at) => String(server.tenant.logs.row(at).payload.ip));
    expect(inside).toHaveLength(ips.filter((ip) => Number(ip.split('.')[2]) < 16).length);

    const wrong = [
      await out('logs', '--where', 'payload.ip network 203.0.0.0/40'),
      await out('users', '--below', 'role-users'),
      await out('logs', '--per', 'hour'),
    ];
    expect(wrong.map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(wrong.map(({ err }) => err)).toEqual([
      expect.stringContaining('10.0.0.0/8'),
      expect.stringContaining('below "users"'),
      expect.stringContaining('--count-by'),
    ]);
  });

  test('without a format says that it is missing, not that it is wrong', async () => {
    const words = ['export', 'users', '--profile', 'my-tenant', '--output', '-'];
    const answer = await desk(words);
    expect(answer).toMatchObject({ code: 2, out: '' });
    expect(answer.err).toContain('--format is missing');
  });

  test('to a place that is not there fails with its reason', async () => {
    const answer = await desk(exporting('--output', '/no/such/folder/x.csv'));
    expect(answer).toMatchObject({ code: 1, out: '' });
    expect(answer.err).toContain('cannot be written');
    expect(existsSync('/no/such/folder')).toBe(false);
  });

  test('of a list that is not below its rows says which are', async () => {
    const { code, err } = await desk(exporting('--below', 'nope', '--output', '-'));
    expect(code).toBe(2);
    expect(err).toContain('there is no list "nope" below "users"; there are: user-roles');
  });

  test('to a folder that is not there makes no file of its name', async () => {
    const to = `${join(folder, 'not-there')}/`;
    const { code } = await desk([
      ...['export', 'roles', '--profile', 'my-tenant', '--format', 'csv'],
      ...['--output', to],
    ]);
    expect(code).toBe(1);
    expect(existsSync(join(folder, 'not-there'))).toBe(false);
  });

  test('knows no other format', async () => {
    expect(
      await desk(['export', 'users', '--profile', 'my-tenant', '--format', 'xml', '--output', '-']),
    ).toMatchObject({ code: 2 });
  });
});

test('why a line of an import is refused is told as a code and in words', async () => {
  const path = join(folder, 'lines.ndjson');
  writeFileSync(path, '{"primaryEmail":"somebody@example.test"}\n[]\n');
  const { out } = await desk(['import', 'users', path, '--profile', 'my-tenant', '--json']);
  const [, refused] = JSON.parse(out).planned;
  expect(refused).toMatchObject({
    guard: 'unreadable-line',
    about: 'not a JSON object',
    faults: [{ why: { code: 'line.notObject' } }],
  });
});

test('every help text has an example', async () => {
  for (const command of [[], ['list'], ['export'], ['profiles', 'add']]) {
    const { code, out } = await desk([...command, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/Examples?:/);
  }
});

test('no command takes a secret as an argument', async () => {
  const { out } = await desk(['profiles', 'add', '--help']);
  expect(out.match(/--secret\S*/g)).toEqual(['--secret-stdin', '--secret-stdin']);
});
