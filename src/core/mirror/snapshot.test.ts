import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Decrypter, Encrypter } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import type { Job } from '../job-kinds.ts';

const hasSqlite = spawnSync('which', ['sqlite3']).status === 0;
const passphrase = 'correct horse battery staple';

let server: Simulator;
let held: TestCore;
let other: TestCore;
let folder: string;
let path: string;
let profile: string;

beforeEach(async () => {
  server = await startSimulator({ users: 300, logs: 400, tied: [0, 0] });
  held = testCore();
  other = testCore();
  profile = (await addSimulator(held.core, server, 'Production')).id;
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-snapshot-'));
  path = join(folder, 'production.logtodesk');
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const take = async (secret: string | null = null, to = path): Promise<Job> => {
  const { id } = await held.core.startJob('snapshot', { profile, passphrase: secret }, { path: to });
  return held.core.jobs.ended(id);
};
const copy = async () =>
  held.core.jobs.ended((await held.core.startJob('copy', { profile, below: false })).id);
/** Mirrors of the other installation, and what was set aside of them. */
const mirrors = () => {
  const place = join(other.dataDir, 'mirror');
  return existsSync(place) ? readdirSync(place) : [];
};
const page = (tenant: string, resource: string, more: object = {}) =>
  other.core.pages.page({ query: { profile: tenant, resource, filters: {}, ...more }, index: 0 }, {});

describe('a snapshot', () => {
  test('is one file of what was mirrored, which another installation opens without a server', async () => {
    await copy();
    server.tenant.removeUser(server.tenant.users[3]?.id ?? '');
    await copy();
    expect(await take()).toMatchObject({
      state: 'done',
      result: { manifest: { tenant: { name: 'Production' } } },
    });
    // Personal data: for the operator alone, and nothing half-written beside it.
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['production.logtodesk']);
    const { endpoint } = server;
    await server.stop();

    const opened = await other.core.openSnapshot(path, null);
    expect(opened).toMatchObject({
      kind: 'snapshot',
      name: 'Production (snapshot)',
      access: 'read-only',
      endpoint,
    });
    const users = await page(opened.id, 'users', {
      filters: { keyword: ['a'] },
      where: [{ column: 'username', mode: 'filled', value: '' }],
      sort: { column: 'username', descending: true },
    });
    expect(users.total).toBeGreaterThan(10);
    expect(users.mirror).toMatchObject({ whole: true });
    expect((await page(opened.id, 'users')).total).toBe(299);
    expect(
      await other.core.pages.count({ profile: opened.id, resource: 'users', filters: {} }, undefined, {}),
    ).toBe(299);
    expect(
      await other.core.pages.newer({ profile: opened.id, resource: 'logs', filters: {} }, 0, {}),
    ).toEqual({
      count: 0,
      capped: false,
    });
    const single = await page(opened.id, 'sign-in-experience');
    expect(single.rows).toHaveLength(1);
    const [user] = users.rows;
    expect(await other.core.pages.row(opened.id, 'users', String(user?.id), {})).toEqual(user);
    expect((await other.core.mirrors.search(opened, String(user?.username), 5)).hits).toContainEqual(
      expect.objectContaining({ id: user?.id }),
    );
    const job = await other.core.startJob(
      'export',
      {
        query: { profile: opened.id, resource: 'logs', filters: {} },
        format: 'csv',
        columns: 'all',
        bom: false,
      },
      { path: join(folder, 'logs.csv') },
    );
    expect(await other.core.jobs.ended(job.id)).toMatchObject({ state: 'done', result: { rows: 400 } });
    // What needs a server says that there is none.
    await expect(other.core.sessionOf(opened.id)).rejects.toMatchObject({ code: 'snapshot.no_server' });
    await expect(page(opened.id, 'user-sessions', { parent: 'x' })).rejects.toMatchObject({
      code: 'snapshot.without',
    });
    expect(await other.core.openSnapshot(path, null)).toMatchObject({ name: 'Production (snapshot 2)' });
  });

  test('holds no secret of the tenant, and none of ours', async () => {
    await copy();
    await take();
    const content = readFileSync(path, 'latin1');
    // Every secret of the simulator says what it is.
    expect(content).not.toContain('sim-');
    expect(content).not.toContain(server.tokens.apps[0]?.secret);
    // The app that we come with is a row of the tenant as any other, and stands nowhere else.
    const file = new DatabaseSync(path, { readOnly: true });
    const tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    const holding = tables.filter(({ name }) =>
      JSON.stringify(file.prepare(`SELECT * FROM "${name}"`).all()).includes(
        server.tokens.apps[0]?.appId ?? '',
      ),
    );
    file.close();
    expect(holding.map(({ name }) => name)).toEqual(['rows']);
  });

  test.skipIf(!hasSqlite)('can be read by another program', async () => {
    await copy();
    await take();
    const out = execFileSync('sqlite3', [path, 'SELECT count(*) FROM rows WHERE resource = "users"'], {
      encoding: 'utf8',
    });
    expect(out.trim()).toBe('300');
  });

  test('encrypted, opens with its passphrase alone, here and in age', async () => {
    await copy();
    await take(passphrase);
    const content = readFileSync(path);
    expect(content.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n/);
    expect(content.includes(server.tenant.users[0]?.id ?? '')).toBe(false);
    await expect(other.core.openSnapshot(path, null)).rejects.toMatchObject({
      code: 'snapshot.passphrase',
    });
    const age = new Decrypter();
    age.addPassphrase(passphrase);
    const plain = await age.decrypt(content);
    expect(Buffer.from(plain).toString('latin1', 0, 15)).toBe('SQLite format 3');
    const { id } = await other.core.openSnapshot(path, passphrase);
    expect((await page(id, 'users')).total).toBe(300);

    // What is tried besides costs a passphrase of less work: each of ours takes a second and 256 MB.
    const sealer = new Encrypter();
    sealer.setPassphrase(passphrase);
    sealer.setScryptWorkFactor(10);
    const cheap = await sealer.encrypt(plain);
    const [whole, cut] = [join(folder, 'cheap'), join(folder, 'cut')];
    writeFileSync(whole, cheap);
    writeFileSync(cut, cheap.subarray(0, cheap.length - 70_000));
    const known = other.core.profiles.list();
    await expect(other.core.openSnapshot(whole, 'another passphrase')).rejects.toMatchObject({
      code: 'snapshot.passphrase',
    });
    await expect(other.core.openSnapshot(cut, passphrase)).rejects.toMatchObject({
      code: 'snapshot.damaged',
    });
    expect(other.core.profiles.list()).toEqual(known);
  });

  const spoil = (change: (db: DatabaseSync) => void) => {
    const spoiled = join(folder, 'spoiled');
    copyFileSync(path, spoiled);
    const db = new DatabaseSync(spoiled);
    change(db);
    db.close();
    return spoiled;
  };

  test('that is damaged, foreign or newer is refused with the reason, and nothing of it is taken over', async () => {
    await copy();
    await take();
    const bytes = readFileSync(path);
    const broken = Buffer.from(bytes);
    broken.fill(0xff, 40_960, 49_152);
    const made: Record<string, [string, string]> = {
      'a changed row': [
        spoil((db) => db.exec("UPDATE rows SET body = '{}' WHERE number = 1")),
        'snapshot.damaged',
      ],
    };
    const write = (name: string, content: Uint8Array | string) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    made['broken pages'] = [write('broken', broken), 'snapshot.damaged'];
    made['half a file'] = [write('half', bytes.subarray(0, bytes.length >> 1)), 'snapshot.damaged'];
    made['another file'] = [write('text', 'hello'), 'snapshot.foreign'];
    made['an empty file'] = [write('empty', ''), 'snapshot.foreign'];
    made['no file'] = [join(folder, 'none'), 'snapshot.foreign'];
    made['a device'] = ['/dev/zero', 'snapshot.foreign'];
    made['a folder'] = [folder, 'snapshot.foreign'];
    made['a mirror'] = [join(held.dataDir, 'mirror', `${profile}.sqlite`), 'snapshot.foreign'];
    for (const [what, [file, code]] of Object.entries(made))
      await expect(other.core.openSnapshot(file, null), what).rejects.toMatchObject({ code });
    const newer = spoil((db) => db.exec('PRAGMA user_version = 9'));
    await expect(other.core.openSnapshot(newer, null)).rejects.toMatchObject({
      code: 'snapshot.newer',
      detail: { reason: expect.stringContaining('Logto Desk') },
    });
    expect(other.core.profiles.list()).toEqual([]);
    expect(mirrors()).toEqual([]);
  });

  test('of nothing, or into no place, says so', async () => {
    expect(await take()).toMatchObject({ state: 'failed', error: { code: 'mirror.empty' } });
    await copy();
    expect(await take(null, '/no/such/folder/x')).toMatchObject({
      state: 'failed',
      error: { code: 'export.not_writable' },
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('goes with its profile, the file stays', async () => {
    await copy();
    await take();
    const { id } = await other.core.openSnapshot(path, null);
    await other.core.profiles.remove(id);
    expect(mirrors()).toEqual([]);
    expect(readdirSync(folder)).toEqual(['production.logtodesk']);
  });
});
