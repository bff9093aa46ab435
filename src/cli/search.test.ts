import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runInside } from './testing-here.ts';

// Each command starts a program and the demo tenant in it: on a busy machine some seconds each.
vi.setConfig({ testTimeout: 240_000 });

let folder: string;

/** What a command on the demo tenant ends with. */
const desk = (args: readonly string[], input = '') =>
  runInside([...args, '--profile', 'demo'], { LOGTO_DESK_DATA_DIR: join(folder, 'data') }, input);

type User = Record<'id' | 'name' | 'primaryEmail' | 'primaryPhone' | 'username', string | null> & {
  isSuspended: boolean;
};
const usersIn = (text: string): User[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as User);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-search-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a condition takes the title of a column, and any word for yes', async () => {
  const words = ['users', '--keyword', 'kim', '--format', 'ndjson', '--output', '-'];
  const all = usersIn((await desk(['export', ...words])).out);
  const suspended = all.filter(({ isSuspended }) => isSuspended).map(({ id }) => id);
  expect(suspended.length).toBeGreaterThan(0);
  for (const condition of ['Suspended is true', 'isSuspended is Yes']) {
    const found = await desk(['export', ...words, '--where', condition]);
    expect(found.err).toContain('complete');
    expect(usersIn(found.out).map(({ id }) => id)).toEqual(suspended);
  }
});

test.each([
  [['--where', 'nmae is admin'], '--where', 'did you mean "name"'],
  [['--where', 'customData.plam is pro'], '--where', 'did you mean "customData.plan"'],
  [['--count-by', 'nosuch'], '--count-by', 'no field "nosuch"'],
  [['--columns', 'n'], '--columns', 'did you mean "name"'],
])('a field that no row has is refused with the nearest name: %j', async (flags, flag, reason) => {
  const file = join(folder, 'refused.csv');
  const words = ['export', 'users', '--keyword', 'kim', '--format', 'csv', '--output', file];
  const refused = await desk([...words, ...flags]);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain(flag);
  expect(refused.err).toContain(reason);
  expect(readdirSync(folder).filter((name) => name.includes('refused'))).toEqual([]);
});

test('columns of a page are refused, too', async () => {
  const refused = await desk(['list', 'users', '--columns', 'n']);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain('did you mean "name"');
  const shown = await desk(['list', 'users', '--columns', 'Email,customData.plan', '--page-size', '100']);
  expect(shown.out.split('\n')[0]).toMatch(/^Email +customData\.plan/);
});

test('a list is looked up: who was found, who was not, and both as files', async () => {
  const page = await desk(['list', 'users', '--json', '--page-size', '100']);
  const { rows } = JSON.parse(page.out) as { rows: User[] };
  const [mailed, called, named] = [
    rows.find(({ primaryEmail }) => primaryEmail),
    rows.find(({ primaryPhone, primaryEmail }) => primaryPhone && primaryEmail),
    rows.findLast(({ username }) => username),
  ];
  const list = [
    `"${mailed?.primaryEmail?.toUpperCase()}";nobody@nowhere.test`,
    `+${called?.primaryPhone}`,
    named?.username,
    mailed?.primaryEmail,
  ].join('\n');
  // Whoever may write to the folder put a link in the file's place.
  const victim = join(folder, 'victim.txt');
  writeFileSync(victim, 'theirs', { mode: 0o644 });
  symlinkSync(victim, join(folder, 'missing.txt'));
  const told = await desk(['find', '--stdin', '--missing', join(folder, 'missing.txt')], list);
  expect(readFileSync(victim, 'utf8')).toBe('theirs');
  expect(told).toMatchObject({ code: 0 });
  expect(
    told.out
      .split('\n')
      .slice(0, 4)
      .map((line) => line.split('\t')[0]),
  ).toEqual(['found', 'not found', 'found', 'found']);
  expect(told.err).toContain('3 of 4 found; 1 not found; 1 listed more than once');
  expect(readFileSync(join(folder, 'missing.txt'), 'utf8')).toBe('nobody@nowhere.test\n');

  const file = join(folder, 'list.txt');
  const output = join(folder, 'found.ndjson');
  writeFileSync(file, list);
  const written = await desk(['find', '--file', file, '--format', 'ndjson', '--output', output]);
  expect(written.err).toMatch(/\d rows written; complete/);
  const wanted = new Set([mailed?.id, called?.id, named?.id]);
  expect(new Set(usersIn(readFileSync(output, 'utf8')).map(({ id }) => id))).toEqual(wanted);
  const manifest = JSON.parse(readFileSync(`${output}.manifest.json`, 'utf8')) as { result: object };
  expect(JSON.stringify(manifest)).toContain('"complete"');
});

test('who of a list is suspended is said', async () => {
  const { out } = await desk(['list', 'users', '--json', '--page-size', '100']);
  const { rows } = JSON.parse(out) as { rows: User[] };
  const [free, suspended] = [rows.find((row) => !row.isSuspended), rows.find((row) => row.isSuspended)];
  const told = await desk(['find', `${free?.id}`, `${suspended?.id}`]);
  const lines = told.out.trimEnd().split('\n');
  expect(lines.map((line) => line.endsWith('\tsuspended'))).toEqual([false, true]);
  expect(told.err).toContain('2 of 2 found; 1 user is suspended');
  const json = await desk(['find', `${free?.id}`, `${suspended?.id}`, '--json']);
  expect(JSON.parse(json.out)).toMatchObject({ suspended: [suspended?.id] });
});

test('what is said of changes to the demo tenant leads somewhere', async () => {
  const { out } = await desk(['list', 'users', '--json', '--page-size', '1']);
  const [{ id }] = (JSON.parse(out) as { rows: [User] }).rows;
  const change = ['change', 'users', String(id), '--set', 'customData.plan=gold'];
  const planned = await desk(change);
  expect(planned.code).toBe(0);
  expect(planned.err).toContain('read-only in the terminal: try changes in the app');
  expect(planned.err).not.toContain('allow-changes');
  const asked = { LOGTO_DESK_DATA_DIR: join(folder, 'data') };
  for (const refused of [
    await desk([...change, '--unlock']),
    await runInside(['profiles', 'allow-changes', 'demo'], asked),
  ]) {
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('the demo tenant is read-only in the terminal: try changes in the app');
  }
});

test('a list is given in one way, and one that names nobody writes no file', async () => {
  expect(await desk(['find'])).toMatchObject({ code: 2 });
  expect((await desk(['find', '--file', join(folder, 'none.txt')])).err).toContain('there is no file');
  const output = join(folder, 'nobody.csv');
  const nobody = await desk(['find', 'nobody@nowhere.test', '--format', 'csv', '--output', output]);
  expect(nobody).toMatchObject({ code: 0 });
  expect(nobody.err).toContain('Nobody was found');
  expect(existsSync(output)).toBe(false);
});
