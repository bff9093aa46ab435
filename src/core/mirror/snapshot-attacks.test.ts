import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as breath } from 'node:timers/promises';
import { Encrypter } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestCore, testCore } from '../../doors/testing.ts';
import { secretMask } from '../../shared/row.ts';
import { sha256, snapshotManifestSchema } from './manifest.ts';

const passphrase = 'correct horse battery staple';
let held: TestCore;
let folder: string;
let path: string;
let profile: Awaited<ReturnType<TestCore['core']['profiles']['add']>>;

const users = { profile: '', resource: 'users', filters: {} };
const people = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `user${at}`, name: `Person ${at}`, createdAt: at + 1 }));

beforeEach(async () => {
  held = testCore();
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-attack-'));
  path = join(folder, 'a.logtodesk');
  const input = { kind: 'oss' as const, name: 'Prod', endpoint: 'http://127.0.0.1:9', appId: 'app' };
  profile = await held.core.profiles.add(input, 'secret', 'memory');
  await held.core.mirrors.put(profile, users, people(2_000), 10);
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const take = async (secret: string | null = null) => {
  const job = await held.core.startJob('snapshot', { profile: profile.id, passphrase: secret }, { path });
  return held.core.jobs.ended(job.id);
};
const scratch = () => join(held.dataDir, 'scratch');
const inScratch = (): string[] =>
  existsSync(scratch()) ? readdirSync(scratch(), { recursive: true, encoding: 'utf8' }) : [];
/** Files of work that is under way. */
const underWay = () => inScratch().filter((name) => /plain|made/.test(name));

describe('a snapshot on its way', () => {
  test('is plain in a folder of ours alone: beside its place stands only what is encrypted', async () => {
    const umask = process.umask(0);
    try {
      const job = await held.core.startJob('snapshot', { profile: profile.id, passphrase }, { path });
      let ended = false;
      void held.core.jobs.ended(job.id).then(() => {
        ended = true;
      });
      const seen = new Set<string>();
      while (!ended) {
        await breath();
        for (const name of readdirSync(folder)) {
          const start = Buffer.alloc(16);
          const file = openSync(join(folder, name), 'r');
          const length = readSync(file, start, 0, 16, 0);
          closeSync(file);
          expect(['', 'age-encryption.o']).toContain(start.toString('latin1', 0, length));
          expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
        }
        for (const name of inScratch()) {
          const found = statSync(join(scratch(), name), { throwIfNoEntry: false });
          if (found) expect(found.mode & 0o077, name).toBe(0);
          if (found?.isFile()) seen.add(name);
        }
      }
      expect([...seen].some((name) => name.endsWith('plain'))).toBe(true);
    } finally {
      process.umask(umask);
    }
    expect(readFileSync(path).toString('latin1', 0, 21)).toBe('age-encryption.org/v1');
    expect(underWay()).toEqual([]);
  });

  test('that is cancelled leaves nothing, here or there', async () => {
    for (const secret of [null, passphrase]) {
      const job = await held.core.startJob('snapshot', { profile: profile.id, passphrase: secret }, { path });
      // At its end, too: when all of it is made and not yet in its place.
      if (secret) await expect.poll(() => underWay().length).toBeGreaterThan(0);
      await held.core.jobs.cancel(job.id);
      expect(held.core.jobs.find(job.id)).toMatchObject({ state: 'cancelled', result: null });
      expect(readdirSync(folder)).toEqual([]);
      expect(underWay()).toEqual([]);
    }
  });

  test('that was killed is swept by the next start; one of a living program stays', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const places = [`${gone}-0123abcd`, `${process.pid}-89abcdef`, `${process.pid}-0123abcd`, 'not-ours'];
    for (const place of places) {
      mkdirSync(join(scratch(), place, 'work'), { recursive: true });
      writeFileSync(join(scratch(), place, 'work', 'plain'), 'rows of people');
    }
    chmodSync(scratch(), 0o755);
    // Of a program that is gone, of which this one has the number now.
    utimesSync(join(scratch(), places[1] ?? ''), 1, 1);
    await using next = testCore({}, { dataDir: held.dataDir });
    expect(readdirSync(scratch()).sort()).toEqual(places.slice(2).sort());
    next.core.scratch.folder();
    expect(statSync(scratch()).mode & 0o777).toBe(0o700);
  });

  test('has nothing of rows that are gone, in no word and no byte', async () => {
    const startedAt = await held.core.mirrors.begin(profile, users, null);
    const gone = { id: 'gone', name: 'Xylophonist Quetzal' };
    await held.core.mirrors.put(profile, users, [gone], 11);
    await held.core.mirrors.putCopied(profile, users, people(5), startedAt, null);
    await held.core.mirrors.finish(profile, users, {
      startedAt,
      at: startedAt,
      since: null,
      marksGone: true,
    });
    expect(await take()).toMatchObject({ state: 'done', rows: 5 });
    const db = new DatabaseSync(path, { readOnly: true });
    expect(db.prepare("SELECT count(*) AS rows FROM rows WHERE resource = 'users'").get()).toEqual({
      rows: 5,
    });
    // The words, and the values that come often, are made anew where it is opened.
    const { more } = db
      .prepare(
        "SELECT count(*) AS more FROM sqlite_schema WHERE name GLOB '[cstw]*' AND name NOT LIKE 'sqlite%'",
      )
      .get() as { more: number };
    expect(more).toBe(0);
    db.close();
    expect(readFileSync(path).includes('Quetzal')).toBe(false);
  });
});

describe('a crafted snapshot', () => {
  const open = (file: string, secret: string | null = null) => held.core.openSnapshot(file, secret);
  const refused = async (file: string, code: string, what: string) => {
    await expect(open(file), what).rejects.toMatchObject({ code });
    expect(held.core.profiles.list(), what).toHaveLength(1);
    expect(readdirSync(join(held.dataDir, 'mirror')).filter((name) => name.startsWith('snap'))).toEqual([]);
    expect(underWay()).toEqual([]);
  };
  const crafted = (change: (db: DatabaseSync) => void): string => {
    const file = join(folder, 'crafted.logtodesk');
    writeFileSync(file, readFileSync(path));
    const db = new DatabaseSync(file);
    change(db);
    db.close();
    return file;
  };
  const withManifest = (change: (content: Record<string, unknown>) => void) =>
    crafted((db) => {
      const content = JSON.parse(String(db.prepare('SELECT json FROM manifest').get()?.json));
      change(content);
      const json = JSON.stringify(content);
      db.prepare('UPDATE manifest SET json = ?, sha256 = ?').run(json, sha256(json));
    });
  const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n)';

  test('of other tables than a snapshot’s is refused before anything of it runs', async () => {
    await take();
    const foreign: Record<string, (db: DatabaseSync) => void> = {
      'an endless view in the place of the lists': (db) =>
        db.exec(
          `DROP TABLE lists; CREATE VIEW lists AS ${endless} SELECT i AS resource, i AS parent, i AS whole_at FROM n`,
        ),
      'an endless view in the place of the manifest': (db) =>
        db.exec(
          `DROP TABLE manifest; CREATE VIEW manifest AS ${endless} SELECT i AS json, i AS sha256 FROM n`,
        ),
      'a view beside them': (db) => db.exec(`CREATE VIEW more AS ${endless} SELECT i FROM n`),
      'a table beside them': (db) => db.exec('CREATE TABLE more (a)'),
      'a trigger': (db) => db.exec('CREATE TRIGGER t AFTER DELETE ON rows BEGIN DELETE FROM lists; END'),
      'an index on an expression': (db) => db.exec('CREATE INDEX more ON rows (length(body))'),
      'a column that is worked out': (db) =>
        db.exec('ALTER TABLE rows ADD COLUMN more AS (hex(zeroblob(100000000)))'),
      'another index of words': (db) =>
        db.exec("CREATE VIRTUAL TABLE words USING fts5(text, content = 'lists')"),
    };
    for (const [what, change] of Object.entries(foreign))
      await refused(crafted(change), 'snapshot.foreign', what);
  });

  test('that an earlier program took, with its own indexes, is opened', async () => {
    await take();
    const earlier = crafted((db) =>
      db.exec(`
        CREATE INDEX rows_by_id ON rows (resource, id);
        CREATE INDEX rows_in_order ON rows (resource, parent, gone_at, made_at DESC);
        CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'trigram', content = '', contentless_delete = 1);
        INSERT INTO words (rowid, text) VALUES (1, 'Person');
      `),
    );
    const { id } = await open(earlier);
    const made = new DatabaseSync(join(held.dataDir, 'mirror', `${id}.sqlite`), { readOnly: true });
    const { cells, rows } = made
      .prepare('SELECT (SELECT count(*) FROM cells) AS cells, (SELECT count(*) FROM rows) AS rows')
      .get() as { cells: number; rows: number };
    expect(rows).toBeGreaterThan(0);
    expect(cells).toBe(rows);
    made.close();
  });

  test('whose pages have no end is refused', async () => {
    await take();
    const bytes = readFileSync(path);
    const size = bytes.readUInt16BE(16);
    const db = new DatabaseSync(path, { readOnly: true });
    const roots = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name IN ('rows', 'lists')").all();
    db.close();
    for (const root of [1, ...roots.map(({ rootpage }) => Number(rootpage))]) {
      const made = Buffer.from(bytes);
      const at = (root - 1) * size + (root === 1 ? 100 : 0);
      // An interior page without cells, which leads to itself.
      made.fill(0, at, root * size);
      made[at] = 0x05;
      made.writeUInt16BE(size - 1, at + 5);
      made.writeUInt32BE(root, at + 8);
      writeFileSync(join(folder, 'loop'), made);
      await refused(join(folder, 'loop'), 'snapshot.damaged', `page ${root}`);
    }
  });

  test('that says more than it has, or has more than it says, is refused', async () => {
    await take();
    const add = "INSERT INTO rows (resource, parent, id, body, seen_at) VALUES ('roles', '', 'a', '{}', 1)";
    await refused(
      crafted((db) => db.exec(add)),
      'snapshot.damaged',
      'rows of no list',
    );
    for (const name of ['Prod\u001b]52;c;aGk=\u0007', 'Prod\u202Egnigats', 'two\nlines'])
      await refused(
        withManifest((content) => Object.assign(content, { tenant: { name, endpoint: profile.endpoint } })),
        'snapshot.damaged',
        JSON.stringify(name),
      );
    for (const endpoint of ['javascript:alert(1)', 'file:///etc/passwd', 'ftp://example.com', 'nonsense'])
      await refused(
        withManifest((content) => Object.assign(content, { tenant: { name: 'Prod', endpoint } })),
        'snapshot.damaged',
        endpoint,
      );
  });

  test('gives rows, not a file: what it hides beside them and its secrets are left out', async () => {
    await take();
    const apps = {
      resource: 'applications',
      body: JSON.stringify({ id: 'app', name: 'App', secret: 'hidden' }),
    };
    const file = crafted((db) => {
      db.prepare('INSERT INTO rows (resource, parent, id, body, seen_at) VALUES (?, ?, ?, ?, 1)').run(
        apps.resource,
        '',
        'app',
        apps.body,
      );
      db.exec("INSERT INTO lists (resource, parent, seen_at) VALUES ('applications', '', 1)");
      const content = snapshotManifestSchema.parse(
        JSON.parse(String(db.prepare('SELECT json FROM manifest').get()?.json)),
      );
      const list = { resource: 'applications', parent: '', rows: 1, wholeAt: null };
      const json = JSON.stringify({
        ...content,
        lists: [{ ...list, sha256: sha256(`app\n${apps.body}\n`) }, ...content.lists],
      });
      db.prepare('UPDATE manifest SET json = ?, sha256 = ?').run(json, sha256(json));
    });
    const opened = await open(file);
    const page = await held.core.pages.fromMirror({
      query: { profile: opened.id, resource: 'applications', filters: {} },
      index: 0,
    });
    expect(page.rows).toEqual([{ id: 'app', name: 'App' }]);
    expect(JSON.stringify(page.rows)).not.toContain(secretMask);
    const mirror = readFileSync(join(held.dataDir, 'mirror', `${opened.id}.sqlite`));
    expect(mirror.includes('hidden')).toBe(false);
  });

  test('whose passphrase costs more than ours is refused before it is tried', async () => {
    const age = new Encrypter();
    age.setPassphrase(passphrase);
    age.setScryptWorkFactor(10);
    const cheap = Buffer.from(await age.encrypt('x')).toString('latin1');
    for (const work of ['19', '20', '30', '99']) {
      writeFileSync(path, cheap.replace(/^(-> scrypt \S+) 10$/m, `$1 ${work}`), 'latin1');
      await expect(open(path, passphrase)).rejects.toMatchObject({
        code: 'snapshot.damaged',
        detail: { reason: expect.stringContaining(`2^${work}`) },
      });
    }
    writeFileSync(path, `age-encryption.org/v1\n${'-> scrypt AAAA 18\n'.repeat(100_000)}`);
    await refused(path, 'snapshot.damaged', 'a header without end');
  });

  test('one file that is opened twice at once is two tenants, each with its rows', async () => {
    await take();
    const opened = await Promise.all([open(path), open(path), open(path)]);
    expect(new Set(opened.map(({ id }) => id)).size).toBe(3);
    expect(new Set(opened.map(({ name }) => name)).size).toBe(3);
    for (const { id } of opened) {
      const asked = { query: { ...users, profile: id }, index: 0 };
      expect((await held.core.pages.page(asked, {})).total).toBe(2_000);
    }
  });

  test('opening that is cancelled adds nothing', async () => {
    await take(passphrase);
    const control = new AbortController();
    const opening = held.core.openSnapshot(path, passphrase, control.signal);
    control.abort();
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    expect(held.core.profiles.list()).toHaveLength(1);
    expect(underWay()).toEqual([]);
  });
});
