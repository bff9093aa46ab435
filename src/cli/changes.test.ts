import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workbookOf } from '../core/changes/import/testing.ts';
import { sized } from '../doors/full.ts';
import { keychainService } from '../doors/keychain-service.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { startDesk } from './testing.ts';
import { runInside } from './testing-here.ts';

const app = { appId: 'cli-app', secret: 'cli secret', managementRole: true };
const env = { LOGTO_DESK_KEYCHAIN_SERVICE: keychainService, LOGTO_DESK_DATA_DIR: '' };
let server: Simulator;
let folder: string;

const desk = (args: readonly string[], input = '') => runInside(args, env, input);
const at = (name: string) => join(folder, name);
const write = (name: string, text: string | Uint8Array) => {
  writeFileSync(at(name), text);
  return at(name);
};
const addTenant = (endpoint: string, name: string, ...more: string[]) =>
  desk(
    ['profiles', 'add', '--oss', endpoint, '--name', name, '--app-id', app.appId, '--secret-stdin', ...more],
    app.secret,
  );
const user = (of: number) => server.tenant.users[of] ?? expect.fail('no such user');
const byEmail = (email: string) => server.tenant.users.find(({ primaryEmail }) => primaryEmail === email);

beforeAll(async () => {
  server = await startSimulator({ apps: [app], users: 200, logs: 1, tied: [0, 0] });
  env.LOGTO_DESK_DATA_DIR = mkdtempSync(join(tmpdir(), 'logto-desk-changes-'));
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-changes-out-'));
  await addTenant(server.endpoint, 'Prod', '--label', 'production', '--allow-changes');
});
afterAll(async () => {
  await desk(['profiles', 'remove', 'prod']);
  await server.stop();
  for (const path of [env.LOGTO_DESK_DATA_DIR, folder]) rmSync(path, { recursive: true, force: true });
});

test('a change is planned, reviewed, applied, noted and undone, and a plan is applied once', async () => {
  const [one, two] = [user(0), user(1)];
  const before = structuredClone([one.customData, two.customData]);
  const plan = at('plan.json');
  const planned = await desk([
    ...['change', 'users', '--profile', 'prod', one.id, two.id],
    ...['--set', 'customData.plan=gold', '--plan', plan],
  ]);
  expect(planned).toMatchObject({ code: 0 });
  expect(planned.out).toContain(`Edit user  `);
  expect(planned.out).toMatch(/customData.plan: .*gold/);
  expect(planned.err).toContain('2 to change');
  expect(planned.err).toContain('Nothing was changed. To apply it, add --unlock.');
  expect([one.customData, two.customData]).toEqual(before);
  expect(statSync(plan).mode & 0o777).toBe(0o600);
  // A run begins locked; a name has to be right.
  const locked = await desk(['apply', plan]);
  expect([locked.code, locked.err]).toEqual([4, expect.stringContaining('add --unlock')]);
  expect(await desk(['apply', plan, '--confirm', 'prod'])).toMatchObject({ code: 4 });
  expect([one.customData, two.customData]).toEqual(before);
  const applied = await desk(['apply', plan, '--confirm', 'Prod']);
  expect(applied).toMatchObject({ code: 0 });
  expect([one, two].map(({ customData }) => customData.plan)).toEqual(['gold', 'gold']);
  const [, run = ''] = /desk undo (\S+)/.exec(applied.err) ?? [];
  const again = await desk(['apply', plan, '--unlock']);
  expect([again.code, again.err]).toEqual([4, expect.stringContaining('has changed since')]);

  const journal = await desk(['journal', '--profile', 'prod', '--job', run, '--json']);
  expect(JSON.parse(journal.out)).toEqual([
    expect.objectContaining({ door: 'terminal', outcome: 'done', operation: 'users.update' }),
    expect.objectContaining({ door: 'terminal', outcome: 'done', status: 200 }),
  ]);
  const shown = await desk(['journal', '--profile', 'prod', '--object', one.id, '--since', '1h', '--utc']);
  expect(shown.out).toMatch(/^\d+ {2}\d{4}-.*Edit user.*Done\n {4}customData\.plan: .*gold\n$/);
  expect((await desk(['journal', '--profile', 'prod', '--outcome', 'not-done'])).err).toBe('0 entries\n');

  const undone = await desk(['undo', run, '--profile', 'prod', '--unlock']);
  expect(undone).toMatchObject({ code: 0 });
  expect([one.customData, two.customData]).toEqual(before);
  // What was undone is not undone again.
  expect(await desk(['undo', run, '--profile', 'prod', '--unlock'])).toMatchObject({ code: 4 });
});

test('a search, a condition, a file and names of roles say what is changed; deletes of production ask for its name', async () => {
  const one = user(5);
  const [role] = server.tenant.roles.filter(({ type }) => type === 'User');
  const json = await desk([
    ...['change', 'users', `id:"${one.id}"`, '--profile', 'prod', '--do', 'addRoles'],
    ...['--set', `roles=${role?.name}`, '--json'],
  ]);
  expect(JSON.parse(json.out)).toMatchObject({
    counts: { change: 1 },
    planned: [
      { change: { target: { id: one.id }, after: { roleIds: [role?.id] } }, curl: expect.any(String) },
    ],
  });
  const plain = await desk([
    'change',
    'users',
    one.id,
    '--profile',
    'prod',
    '--do',
    'addRoles',
    '--set',
    `roles=${role?.id}`,
  ]);
  expect(plain.out).toContain(`Roles: ${role?.name}`);
  const list = write('leavers.txt', `${one.primaryEmail ?? one.id}\nnobody@old.test\n`);
  const suspended = await desk([
    ...['change', 'users', '--file', list, '--do', 'suspend', '--profile', 'prod', '--unlock'],
  ]);
  expect([suspended.code, suspended.out]).toEqual([3, expect.stringContaining('nobody@old.test')]);
  expect(one.isSuspended).toBe(true);
  server.tenant.parts.setIdentities(one, { github: { userId: 'g' }, google: { userId: 'o' } });
  const unlink = ['change', 'users', one.id, '--profile', 'prod', '--do', 'unlinkIdentity'];
  const other = await desk([...unlink, '--set', 'target=gitlab']);
  expect([other.code, other.out]).toEqual([4, expect.stringContaining('It has: github, google.')]);
  const scope = server.tenant.scopes.find(({ name }) => name !== 'all');
  const api = server.tenant.resources.find(({ id }) => id === scope?.resourceId);
  const named = await desk([
    ...['change', 'roles', String(role?.id), '--profile', 'prod', '--do', 'addScopes', '--json'],
    ...['--set', `scopes=${api?.indicator} ${scope?.name}`],
  ]);
  expect(JSON.parse(named.out)).toMatchObject({
    planned: [{ change: { after: { scopeIds: [scope?.id] } } }],
  });
  const token = await desk([
    ...['change', 'users', one.id, '--profile', 'prod', '--do', 'createAccessToken', '--json', '--utc'],
    ...['--set', 'name=deploy', '--set', 'expiresAt=2030-12-31'],
  ]);
  expect(JSON.parse(token.out)).toMatchObject({
    planned: [{ change: { after: { expiresAt: Date.UTC(2031, 0, 1) - 1 } } }],
  });
  const gone = user(6);
  const del = ['change', 'users', gone.id, '--do', 'delete', '--profile', 'prod'];
  expect(await desk([...del, '--unlock'])).toMatchObject({ code: 4 });
  expect(server.tenant.users).toContain(gone);
  expect(await desk([...del, '--confirm', 'Prod'])).toMatchObject({ code: 0 });
  expect(server.tenant.users.some(({ id }) => id === gone.id)).toBe(false);
});

test('of two terminals that undo the same job at the same time, each delete is undone once', async () => {
  const { organizations } = server.tenant;
  const all = () => organizations.map(({ name }) => String(name)).sort();
  const before = all();
  const ids = organizations.slice(0, 6).map(({ id }) => String(id));
  const deleted = await desk([
    ...['change', 'organizations', ...ids, '--do', 'delete', '--profile', 'prod'],
    ...['--confirm', 'Prod', '--force', 'in-use'],
  ]);
  expect([deleted.code, organizations.length]).toEqual([0, before.length - 6]);
  const [, run = ''] = /desk undo (\S+)/.exec(deleted.err) ?? [];
  // What is sent is held until one found that the other is at it, or both are.
  const { promise, resolve } = Promise.withResolvers<void>();
  const isPost = ({ method, path }: { method: string; path: string }) =>
    method === 'POST' && path === '/api/organizations';
  server.faults.add({ kind: 'held', until: promise }, { on: isPost, times: ids.length });
  const undo = ['undo', run, '--profile', 'prod', '--unlock'];
  const both = [startDesk(undo, env), startDesk(undo, env)];
  using journals = new DatabaseSync(join(env.LOGTO_DESK_DATA_DIR, 'journals', 'prod.sqlite'));
  const undoers = journals.prepare('SELECT DISTINCT pid FROM entries WHERE undoes IS NOT NULL AND path = ?');
  const isMet = () =>
    both.some(({ child }) => child.exitCode !== null) || undoers.all('/api/organizations').length > 1;
  await expect.poll(isMet, { timeout: 60_000 }).toBe(true);
  resolve();
  const ends = await Promise.all(both.map(({ ended }) => ended));
  // The other one is met by whoever plans before it, or notes what it sends; or it has noted all of it.
  const met = { code: 3, err: expect.stringContaining('Another program') };
  const noted = { code: 4, out: expect.stringMatching(/^(✗ .* It has been changed again since\.\n){6}/) };
  const [late] = ends.filter(({ code }) => code !== 0);
  expect(late).toMatchObject(late?.code === 4 ? noted : met);
  expect(all()).toEqual(before);
  const journal = await desk([
    'journal',
    '--profile',
    'prod',
    '--operation',
    'organizations.delete',
    '--json',
  ]);
  const entries: { job: string; undoneBy: number | null }[] = JSON.parse(journal.out);
  const by = entries.flatMap(({ job, undoneBy }) => (job === run ? [undoneBy] : []));
  expect([by.length, by.includes(null), new Set(by).size]).toEqual([6, false, 6]);
  expect(await desk(undo)).toMatchObject({ code: 4 });
}, 120_000);

test.each([
  [['--set', 'customDta.plan=pro'], /"customDta.plan" is not a field of users.update/],
  [['--set', 'plan'], /expected FIELD=VALUE/],
  [['--do', 'explode'], /users has no change "explode"/],
  [['--do', 'addRoles', '--set', 'roles=No such role'], /"No such role" was not found in roles/],
  [['--do', 'setPassword', '--set', 'password=hunter2'], /must not be in a command line/],
  [['--do', 'createAccessToken', '--set', 'expiresAt=soon'], /soon is not a time for expiresAt/],
  [['--do', 'suspend', '--set', 'isSuspended=perhaps'], /"perhaps" is not a value of isSuspended/],
])('wrong usage %j says what is wrong', async (args, reason) => {
  const ended = await desk(['change', 'users', user(9).id, '--profile', 'prod', ...args]);
  expect([ended.code, ended.err]).toEqual([2, expect.stringMatching(reason)]);
});

const lines = sized(1_000, 150);
const good = lines - 5;

test(`of ${lines.toLocaleString('en')} lines with 5 bad ones, ${good} are imported; the 5 are mended and given again; run again nothing changes`, async () => {
  const people = Array.from({ length: lines }, (_, n) => `p${n}@import.test;Person ${n};pro`);
  people[10] = 'not-an-email;A;pro';
  people[20] = 'p20@import.test;B';
  people[30] = 'p31@import.test;C;pro';
  people[40] = `p40@import.test;${'x'.repeat(200)};pro`;
  const file = write('people.csv', `E-mail;Name;customData.plan\n${people.join('\n')}\n`);
  const failed = at('failed.csv');
  const args = ['import', 'users', file, '--profile', 'prod', '--match', 'email', '--failed', failed];
  const before = server.tenant.users.length;
  const dry = await desk([...args, '--dry-run']);
  expect([dry.code, dry.err]).toEqual([3, expect.stringContaining(`${good} to create, 5 refused`)]);
  expect(dry.err).toContain(`${good} to create, 5 refused`);
  for (const line of [12, 22, 32, 33, 42]) expect(dry.out).toContain(`✗ line ${line}: `);
  expect(server.tenant.users).toHaveLength(before);
  const rows = readFileSync(failed, 'utf8').trim().split('\r\n');
  expect(rows).toHaveLength(6);
  expect(rows[0]).toBe('E-mail,Name,customData.plan,reason');

  // More than 20 of production: its name.
  expect(await desk([...args, '--unlock'])).toMatchObject({ code: 4 });
  expect(server.tenant.users).toHaveLength(before);
  const applied = await desk([...args, '--confirm', 'Prod']);
  expect([applied.code, applied.err]).toEqual([3, expect.stringContaining(`${good} changes made`)]);
  expect(server.tenant.users).toHaveLength(before + good);
  expect(byEmail(`p${lines - 1}@import.test`)).toMatchObject({
    name: `Person ${lines - 1}`,
    customData: { plan: 'pro' },
  });

  const again = await desk([...args, '--dry-run', '--json']);
  expect(JSON.parse(again.out).counts).toMatchObject({ create: 0, change: 0, unchanged: good, refused: 5 });
  const mended = readFileSync(failed, 'utf8')
    .replace('not-an-email', 'p10@import.test')
    .replace('p20@import.test,B,,', 'p20@import.test,B,pro,')
    .replace('p31@import.test,C', 'p30@import.test,C')
    .replace('x'.repeat(200), 'X');
  const fixed = write('mended.csv', mended);
  const rest = await desk(['import', 'users', fixed, '--profile', 'prod', '--unlock']);
  expect([rest.code, rest.err]).toEqual([0, expect.stringContaining('5 changes made')]);
  expect(rest.err).toContain('Columns left out: reason');
  expect(server.tenant.users).toHaveLength(before + lines);
}, 240_000);

test('passwords stay in the file: a plan points at them, and is refused when the file is another', async () => {
  const file = write('secrets.csv', 'email,password\nsecret@import.test,"correct-horse;battery"\n');
  const plan = at('secrets.json');
  const planned = await desk(['import', 'users', file, '--profile', 'prod', '--plan', plan]);
  expect(planned).toMatchObject({ code: 0 });
  expect(planned.out + planned.err + readFileSync(plan, 'utf8')).not.toContain('horse');
  writeFileSync(file, 'email,password\nsecret@import.test,"wrong-horse;battery"\n');
  expect(await desk(['apply', plan, '--unlock'])).toMatchObject({ code: 4 });
  writeFileSync(file, 'email,password\nsecret@import.test,"correct-horse;battery"\n');
  expect(await desk(['apply', plan, '--unlock'])).toMatchObject({ code: 0 });
  expect(byEmail('secret@import.test')?.hasPassword).toBe(true);
  const journal = await desk(['journal', '--profile', 'prod', '--text', 'secret@import.test', '--json']);
  expect(journal.out).toContain('users.create');
  expect(journal.out).not.toContain('horse');
});

test('headings, values, and keys of a hostile file draw no lines of their own, and move no cursor', async () => {
  const evil = '\u001b[2J\nImport: 0 refused';
  const lines = `email,"Note${evil}","customData.k${evil}",name\nh@import.test,x,v,"a${evil}"\n`;
  const shown = await desk([
    'import',
    'users',
    write('evil.csv', lines),
    '--profile',
    'prod',
    '--all-changes',
  ]);
  expect(shown.code).toBe(0);
  expect(shown.out + shown.err).not.toContain('\u001b');
  expect((shown.out + shown.err).split('\n')).not.toContain('Import: 0 refused');
});

test('a plan that was edited, is for another tenant, or is none at all is refused', async () => {
  const plan = at('hostile.json');
  await desk(['change', 'users', user(12).id, '--profile', 'prod', '--set', 'name=New', '--plan', plan]);
  const text = readFileSync(plan, 'utf8');
  const refusals = [
    text.replace('"New"', '"Other"'),
    text.replace('users.update', 'users.delete'),
    text.replace(user(12).id, '../../roles/admin'),
    text.replace(/"checksum": "\w+"/, '"checksum": ""'),
    '[]',
    '{"kind":"logto-desk-plan","version":99}',
    'not json',
  ];
  for (const hostile of refusals)
    expect(
      await desk(['apply', write('edited.json', hostile), '--profile', 'prod', '--unlock']),
    ).toMatchObject({
      code: 4,
    });
  await using other = await startSimulator({ apps: [app], users: 5, logs: 1, tied: [0, 0] });
  await addTenant(other.endpoint, 'Other', '--allow-changes');
  const foreign = await desk(['apply', plan, '--profile', 'other', '--unlock']);
  expect([foreign.code, foreign.err]).toEqual([4, expect.stringContaining('for another tenant')]);
  await desk(['profiles', 'remove', 'other']);
  expect(user(12).name).not.toBe('New');
});

test('a read-only tenant refuses, until changes are allowed', async () => {
  await addTenant(server.endpoint, 'Only read');
  const change = ['change', 'users', user(13).id, '--profile', 'only-read', '--set', 'name=Changed'];
  const plain = await desk(change);
  expect([plain.code, plain.err]).toEqual([0, expect.stringContaining('read-only here')]);
  expect(await desk([...change, '--unlock'])).toMatchObject({ code: 4 });
  expect((await desk(['profiles', 'allow-changes', 'only-read'])).out).toBe('only-read is read-write\n');
  expect(await desk([...change, '--unlock'])).toMatchObject({ code: 0 });
  expect(user(13).name).toBe('Changed');
  await desk(['profiles', 'deny-changes', 'only-read']);
  expect(await desk([...change.slice(0, -1), 'name=Again', '--unlock'])).toMatchObject({ code: 4 });
  await desk(['profiles', 'remove', 'only-read']);
});

test('Ctrl C ends an import after what is under way, says what was done, and the rest can be imported', async () => {
  const lines = Array.from({ length: 600 }, (_, n) => `c${n}@import.test`).join('\n');
  const args = [
    'import',
    'users',
    write('long.csv', `email\n${lines}\n`),
    '--profile',
    'prod',
    '--confirm',
    'Prod',
  ];
  const before = server.tenant.users.length;
  const { child, ended } = startDesk(args, env);
  await expect.poll(() => server.tenant.users.length, { timeout: 50_000 }).toBeGreaterThan(before + 20);
  child.kill('SIGINT');
  const { code, err } = await ended;
  expect(code).toBe(130);
  const [, made] = /(\d+) changes made/.exec(err) ?? [];
  expect(server.tenant.users).toHaveLength(before + Number(made));
  expect(Number(made)).toBeLessThan(600);
  expect(err).toContain('To continue: desk apply --resume ');
  expect(await desk(args)).toMatchObject({ code: 0 });
  expect(server.tenant.users).toHaveLength(before + 600);
}, 240_000);

test('members come from Excel, with an organization that is made for them as a line says; another file changes that; undoing takes all away', async () => {
  const [one, two] = [user(30), user(31)];
  const text = (value: string) => `<c t="str"><v>${value}</v></c>`;
  const rows = [
    ['Company', 'Member', 'Description', 'customData.plan'],
    ['Made here', one.id, 'From a file', 'pro'],
    ['Made here', two.primaryEmail ?? two.id, '', ''],
  ];
  const sheet = rows.map((cells) => `<row>${cells.map(text).join('')}</row>`).join('');
  const args = ['import', 'members', write('members.xlsx', await workbookOf(sheet)), '--profile', 'prod'];
  const refused = await desk([...args, '--unlock']);
  expect([refused.code, refused.out]).toEqual([4, expect.stringContaining('organizations: Made here')]);
  const made = await desk([...args, '--create-organizations', '--unlock']);
  expect(made).toMatchObject({ code: 0 });
  const listed = () =>
    desk(['list', 'organizations', '--profile', 'prod', '--keyword', 'Made here', '--json']);
  const { rows: found } = JSON.parse((await listed()).out);
  expect(found).toMatchObject([
    { name: 'Made here', description: 'From a file', customData: { plan: 'pro' } },
  ]);
  const members = ['list', 'organization-users', '--parent', found[0].id, '--profile', 'prod', '--json'];
  expect(JSON.parse((await desk(members)).out).total).toBe(2);
  const own = write('own.csv', `id,description,customData.plan\n${found[0].id},Otherwise,pro\n`);
  const again = ['import', 'organizations', own, '--profile', 'prod', '--unlock'];
  const changed = await desk(again);
  expect(changed).toMatchObject({ code: 0, err: expect.stringContaining('1 change made') });
  expect(JSON.parse((await listed()).out).rows).toMatchObject([
    { name: 'Made here', description: 'Otherwise', customData: { plan: 'pro' } },
  ]);
  expect((await desk(again)).err).not.toContain('1 change made');
  const [, last = ''] = /desk undo (\S+)/.exec(changed.err) ?? [];
  expect(await desk(['undo', last, '--profile', 'prod', '--unlock'])).toMatchObject({ code: 0 });
  expect(JSON.parse((await listed()).out).rows).toMatchObject([{ description: 'From a file' }]);
  const [, run = ''] = /desk undo (\S+)/.exec(made.err) ?? [];
  expect(
    await desk(['undo', run, '--profile', 'prod', '--confirm', 'Prod', '--force', 'in-use']),
  ).toMatchObject({
    code: 0,
  });
  expect(JSON.parse((await listed()).out).rows).toEqual([]);
});

test.each(['csv', 'ndjson', 'xlsx'])(
  'organizations that were exported as %s change nothing when they are imported again',
  async (format) => {
    const path = at(`organizations.${format}`);
    const exported = ['export', 'organizations', '--profile', 'prod', '--format', format, '--output', path];
    expect(await desk(exported)).toMatchObject({ code: 0 });
    const again = await desk(['import', 'organizations', path, '--profile', 'prod', '--dry-run']);
    expect(again).toMatchObject({ code: 0, err: expect.stringContaining('Import: 40 unchanged') });
  },
);

test('lines that fail while they are imported go to the file, too; a run stops after as many as it may, and is finished by another', async () => {
  const lines = Array.from({ length: 12 }, (_, n) => `f${n}@import.test`).join('\n');
  const failed = at('failed-later.csv');
  const args = [
    'import',
    'users',
    write('fails.csv', `email\n${lines}\n`),
    '--profile',
    'prod',
    '--failed',
    failed,
  ];
  const isPost = ({ method, path }: { method: string; path: string }) =>
    method === 'POST' && path === '/api/users';
  // Two are refused before they are made, one is made and its answer lost.
  server.faults.add({ kind: 'status', status: 503 }, { on: isPost, times: 2 });
  server.faults.add({ kind: 'cut', when: 'after' }, { on: isPost });
  const some = await desk([...args, '--unlock']);
  expect([some.code, some.err]).toEqual([3, expect.stringContaining('10 changes made')]);
  const rows = readFileSync(failed, 'utf8').trim().split('\r\n');
  expect(rows).toEqual([
    'email,reason',
    expect.stringContaining('Not done'),
    expect.stringContaining('Not done'),
  ]);
  server.faults.add({ kind: 'status', status: 503 }, { on: isPost, times: 2 });
  const stopped = await desk([...args, '--unlock', '--stop-after', '1']);
  expect(stopped.code).toBe(3);
  server.faults.clear();
  expect(await desk([...args, '--unlock'])).toMatchObject({ code: 0 });
  const made = server.tenant.users.filter(({ primaryEmail }) => /^f\d+@import/.test(primaryEmail ?? ''));
  expect(made).toHaveLength(12);
}, 120_000);

test('a change that nobody could see is not told as one that was not made, and nothing offers to undo it', async () => {
  const one = user(120);
  const args = ['change', 'users', one.id, '--profile', 'prod', '--set', 'customData.seen=no', '--unlock'];
  const isPatch = ({ method }: { method: string }) => method === 'PATCH';
  server.faults.add({ kind: 'status', status: 403, body: {} }, { on: isPatch });
  const missed = await desk(args);
  expect([missed.code, missed.err]).toEqual([
    3,
    expect.stringContaining('0 changes made\nTo retry what was not done: desk apply --failed '),
  ]);
  expect(missed.err).not.toContain('undo');
  server.faults.clear();
  // The change is made, its answer is lost, and whoever looks is answered by nobody.
  let isSent = false;
  const sends = (asked: { method: string }) => {
    isSent ||= isPatch(asked);
    return isPatch(asked);
  };
  server.faults.add({ kind: 'cut', when: 'after' }, { on: sends });
  server.faults.add(
    { kind: 'status', status: 503 },
    { on: ({ method }) => isSent && method === 'GET', times: 999 },
  );
  const unseen = await desk(args);
  server.faults.clear();
  expect(one.customData.seen).toBe('no');
  expect([unseen.code, unseen.err]).toEqual([
    3,
    expect.stringContaining('0 changes made; 1 unknown: may or may not have been made\n'),
  ]);
  expect(unseen.err).not.toContain('undo');
}, 120_000);

test('nothing offers to undo what cannot be undone', async () => {
  const hook = String(server.tenant.hooks[0]?.id);
  const done = await desk([
    ...['change', 'hooks', hook, '--profile', 'prod', '--do', 'newSigningKey', '--unlock'],
  ]);
  expect([done.code, done.err]).toEqual([
    0,
    expect.stringMatching(/cannot be undone[\s\S]*\n1 change made; it cannot be undone\n$/),
  ]);
}, 60_000);

test('of a change that cannot be undone it is said so, and no way to undo it is offered', async () => {
  const args = ['change', 'users', '--do', 'users.setPassword', '--profile', 'prod', '--unlock'];
  const set = await desk(
    [...args.slice(0, 2), user(118).id, ...args.slice(2), '--password-stdin'],
    'Wk7!qhr2Zt-9xLm\n',
  );
  expect([set.code, set.err]).toEqual([0, expect.stringContaining('1 change made; it cannot be undone')]);
  expect(set.err).not.toContain('desk undo');
}, 60_000);

test('a run that stopped is resumed, and only what failed is tried again, never twice', async () => {
  const ids = [100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111].map((of) => user(of).id);
  const isPatch = ({ method }: { method: string }) => method === 'PATCH';
  const patched = () => server.seen.filter((one) => isPatch(one) && ids.some((id) => one.path.endsWith(id)));
  server.faults.add({ kind: 'status', status: 503 }, { on: isPatch, times: 1 });
  const first = await desk([
    ...['change', 'users', '--profile', 'prod', ...ids, '--set', 'customData.resumed=yes'],
    ...['--unlock', '--stop-after', '1'],
  ]);
  expect(first.code).toBe(3);
  server.faults.clear();
  const [entry] = JSON.parse((await desk(['journal', '--profile', 'prod', '--limit', '1', '--json'])).out);
  const { job } = entry as { job: string };
  const done = () => ids.filter((id) => server.tenant.users.find((one) => one.id === id)?.customData.resumed);
  const before = done().length;
  expect(before).toBeLessThan(ids.length);
  expect((await desk(['apply', '--failed', job, '--profile', 'prod'])).code).toBe(4);
  expect(await desk(['apply', '--failed', job, '--profile', 'prod', '--unlock'])).toMatchObject({ code: 0 });
  // Those that were noted, and had not left when it stopped, are of these, too.
  expect(done().length).toBeGreaterThan(before);
  expect(await desk(['apply', '--resume', job, '--profile', 'prod', '--unlock'])).toMatchObject({ code: 0 });
  expect(done()).toHaveLength(ids.length);
  // One was refused for now, and sent again; nothing else was sent twice.
  expect(patched()).toHaveLength(ids.length + 1);
  expect(await desk(['apply', '--resume', job, '--profile', 'prod', '--unlock'])).toMatchObject({ code: 0 });
  expect(patched()).toHaveLength(ids.length + 1);
  expect((await desk(['apply', '--resume', job])).code).toBe(2);
}, 120_000);
