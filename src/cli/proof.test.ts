import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/server.ts';
import { runInside } from './testing-here.ts';

/** What the terminal says of a list that is not proved to be complete, and how it ends. */
const app = { appId: 'cli-app', secret: 'cli secret', managementRole: true };
let server: Simulator;
let folder: string;

const desk = (args: readonly string[], input = '') =>
  runInside(args, { LOGTO_DESK_DATA_DIR: join(folder, 'data') }, input);

const open = async (options: SimulatorOptions) => {
  server = await startSimulator({ apps: [app], logs: 1, tied: [0, 0], ...options });
  const where = ['--oss', server.endpoint, '--name', 'T', '--app-id', app.appId, '--secret-stdin'];
  expect(await desk(['profiles', 'add', ...where], app.secret)).toMatchObject({ code: 0 });
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-cli-proof-'));
});
afterEach(async () => {
  await desk(['profiles', 'remove', 't']);
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a list that nobody counts is not said to be complete', async () => {
  await open({ users: 300, dropsTotals: true });
  const users = join(folder, 'users.ndjson');
  const ended = await desk(['export', 'users', '--profile', 't', '--format', 'ndjson', '--output', users]);
  expect(ended.code).toBe(3);
  expect(ended.err).toContain('300 rows written; ');
  expect(ended.err).toContain('not provable: the server’s count is missing (a proxy drops Total-Number)');
  expect(ended.err).not.toContain('complete');
  const roles = join(folder, 'roles.ndjson');
  expect(
    await desk(['export', 'roles', '--profile', 't', '--format', 'ndjson', '--output', roles]),
  ).toMatchObject({ code: 0, err: '45 rows written; complete\n' });
});

test('a row that the server fails on is named, its cure, too; cured, it is added', async () => {
  await open({ users: 300, longNames: [110] });
  const { users } = server.tenant;
  const path = join(folder, 'users.ndjson');
  const args = ['export', 'users', '--profile', 't', '--format', 'ndjson', '--output', path];
  const ended = await desk(args);
  const iso = (place: number) => new Date(users[place]?.createdAt ?? 0).toISOString();
  expect(ended).toMatchObject({
    code: 3,
    err: [
      '299 rows written; 1 row could not be read: the server fails on it',
      `  unreadable: 1, row 111 of the list, between ${iso(111)} and ${iso(109)}`,
      'A known cause is a name longer than 128 UTF-16 units, e.g. 65 emoji: desk change users --unreadable ROW --set name=NAME fixes it.',
      'Run it again with --resume to try these again.',
      '',
    ].join('\n'),
  });
  const listed = await desk(['list', 'users', '--profile', 't', '--page', '6', '--page-size', '20']);
  // No cell of it reads as if the user had nothing there.
  expect(listed.out).toMatch(/^\(could not be read: the server fails on it\)(\s+\?){7}$/m);
  expect(listed).toMatchObject({ code: 3, err: '20 of 300 rows, page 6\n' });
  const mirrored = await desk(['mirror', '--profile', 't', '--resources', 'users', '--no-below']);
  expect(mirrored.code).toBe(3);
  expect(mirrored.out).toContain(
    'Users: 299 rows, not complete; 1 row could not be read: the server fails on it\n',
  );

  // Whoever gets a part is told that it is one.
  const snapshot = ['snapshot', '--profile', 't', '--output', join(folder, 't.logtodesk')];
  expect(await desk(snapshot)).toMatchObject({ code: 3, err: '299 rows written\nNot complete: Users\n' });
  const failing = users[110];
  if (failing) failing.name = 'Short';
  const again = await desk([...args, '--resume']);
  expect(again).toMatchObject({ code: 0 });
  expect(again.err).toMatch(/^300 rows written; complete/);
  expect(String(readFileSync(path)).split('\n').filter(Boolean)).toHaveLength(300);
  expect(await desk(['mirror', '--profile', 't', '--resume'])).toMatchObject({ code: 0 });
  expect(await desk(snapshot)).toMatchObject({ code: 0 });
});

test('a whole tenant continues past rows that the server fails on', async () => {
  await open({ users: 120, longNames: [60] });
  const output = join(folder, 'all');
  const lists = ['--resources', 'users,roles', '--no-below'];
  const args = ['export-tenant', '--profile', 't', '--format', 'csv', '--output', output, ...lists];
  const ended = await desk(args);
  expect(ended.code).toBe(3);
  expect(ended.out).toContain(
    'Users: 119 rows, incomplete; 1 row could not be read: the server fails on it\n  unreadable: 1, row 61',
  );
  expect(ended.out).toContain('Roles: 45 rows, complete\n');
  expect(ended.err).toContain('Run it again with --resume to try these again.\n');
  const failing = server.tenant.users[60];
  if (failing) failing.name = 'Short';
  const again = await desk([...args, '--resume']);
  expect(again.code).toBe(0);
  expect(again.out).toContain('Users: 120 rows, complete\n');
});

test('of a list that is looked up, who could not be read is not said to be missing', async () => {
  await open({ users: 60, longNames: [7] });
  const { users } = server.tenant;
  const list = [users[3]?.id, users[7]?.id, 'nobodyatall1'].join('\n');
  const ended = await desk(['find', '--stdin', '--profile', 't'], list);
  expect(ended.code).toBe(3);
  expect(ended.out.split('\n').map((line) => line.split('\t').slice(0, 2).join(': '))).toEqual([
    `found: ${users[3]?.id}`,
    `could not be read: ${users[7]?.id}`,
    'not found: nobodyatall1',
    '',
  ]);
  expect(ended.err).toContain('1 of 3');
});

test('of Logto 1.30, a log that the server fails on is named by a list and an export', async () => {
  await open({ users: 3, logs: 320, era: '1.30' });
  const { logs } = server.tenant;
  const failing = logs.row(205).id;
  server.failsOn = ({ id }) => id === failing;
  const listed = await desk(['list', 'logs', '--profile', 't', '--page', '11', '--page-size', '20']);
  expect(listed).toMatchObject({ code: 3, err: '20 of 320 rows, page 11\n' });
  expect(listed.out).toContain('(could not be read: the server fails on it)');
  const path = join(folder, 'logs.ndjson');
  const iso = (place: number) => new Date(Number(logs.times[place])).toISOString();
  const time = ['--time', `${logs.times[300]}..${logs.times[10]}`];
  const inView = logs.times.filter((at) => at >= Number(logs.times[300]) && at <= Number(logs.times[10]));
  const above = logs.times.slice(0, 205).filter((at) => at <= Number(logs.times[10])).length;
  const words = ['export', 'logs', '--profile', 't', '--format', 'ndjson', '--output', path];
  for (const [view, place, rows] of [
    [[], 206, 319],
    [time, above + 1, inView.length - 1],
  ] as const) {
    const ended = await desk([...words, ...view]);
    expect(ended.code).toBe(3);
    expect(ended.err).toContain(`${rows} rows written; 1 row could not be read: the server fails on it`);
    expect(ended.err).toContain(
      `unreadable: 1, row ${place} of the list, between ${iso(206)} and ${iso(204)}`,
    );
  }
  expect(String(readFileSync(path)).split('\n').filter(Boolean)).toHaveLength(inView.length - 1);
});
