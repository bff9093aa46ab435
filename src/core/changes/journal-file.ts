import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DeskError } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';
import { ownerOf } from '../mirror/file.ts';

/** Marks a file as a journal of ours (`file(1)` and SQLite's application_id), and the version of its tables. */
const applicationId = 0x4c44_6a31;
const version = 1;

/**
 * Rows are only ever added: what was written before a request left, and what was known after, are two rows. What a delete
 * took along, and values that lists mask, are sealed, and alone are removed when their time is over.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS owner (endpoint TEXT NOT NULL, tenant TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS plans (
    job TEXT PRIMARY KEY, title TEXT NOT NULL, made_at INTEGER NOT NULL, body TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS applied (checksum TEXT PRIMARY KEY, job TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job TEXT NOT NULL, title TEXT NOT NULL, number INTEGER NOT NULL,
    user TEXT NOT NULL, host TEXT NOT NULL, door TEXT NOT NULL, pid INTEGER NOT NULL,
    operation TEXT NOT NULL, resource TEXT NOT NULL, object TEXT NOT NULL, parent TEXT NOT NULL, label TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
    sent_at INTEGER NOT NULL, undoes INTEGER
  );
  CREATE TABLE IF NOT EXISTS settlements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry INTEGER NOT NULL REFERENCES entries (id), at INTEGER NOT NULL, outcome TEXT NOT NULL,
    status INTEGER, request_id TEXT, error TEXT, made TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS saved (entry INTEGER PRIMARY KEY, until INTEGER NOT NULL, sealed BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS hidden (print TEXT PRIMARY KEY, until INTEGER NOT NULL, sealed BLOB NOT NULL);
  CREATE INDEX IF NOT EXISTS settlements_by_entry ON settlements (entry);
  CREATE INDEX IF NOT EXISTS entries_by_object ON entries (resource, object);
  CREATE INDEX IF NOT EXISTS entries_by_job_number ON entries (job, number);
  CREATE INDEX IF NOT EXISTS entries_by_undoes ON entries (undoes) WHERE undoes IS NOT NULL;
  ${['plans', 'applied', 'entries', 'settlements']
    .flatMap((table) =>
      ['UPDATE', 'DELETE'].map(
        (verb) => `CREATE TRIGGER IF NOT EXISTS ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
          BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;`,
      ),
    )
    .join('\n')}
`;

/** SQLite's name for a database without a file. */
const inMemory = ':memory:';

const companions = ['', '-wal', '-shm', '-journal'];

const keepPrivate = (path: string) => {
  // A link leads to another tenant's journal, or to what is none of ours: its rights and its rows would change.
  for (const suffix of companions)
    if (lstatSync(`${path}${suffix}`, { throwIfNoEntry: false })?.isFile() === false)
      throw new DeskError('changes.journal', { where: path, reason: 'it is not a regular file' });
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  for (const suffix of companions) if (existsSync(`${path}${suffix}`)) chmodSync(`${path}${suffix}`, 0o600);
};

export const journalPath = (folder: string, profile: string): string => join(folder, `${profile}.sqlite`);

const journalError = (path: string, error: unknown) =>
  error instanceof DeskError
    ? error
    : new DeskError('changes.journal', {
        where: path,
        reason: error instanceof Error ? error.message : '',
      });

const opened = (path: string): DatabaseSync => {
  if (path !== inMemory) keepPrivate(path);
  const db = new DatabaseSync(path);
  try {
    db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    const { application_id: id } = db.prepare('PRAGMA application_id').get() ?? {};
    const { user_version: known } = db.prepare('PRAGMA user_version').get() ?? {};
    const { tables } = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() ?? {};
    if (id !== applicationId && tables !== 0)
      throw new DeskError('changes.journal', { where: path, reason: 'it belongs to another program' });
    if (Number(known) > version)
      throw new DeskError('changes.journal', {
        where: path,
        reason: 'a newer version of Logto Desk made it',
      });
    db.exec(`BEGIN IMMEDIATE; ${schema} PRAGMA application_id = ${applicationId};
      PRAGMA user_version = ${version}; COMMIT`);
    // From here on `DurableWrites` puts the log on the disk before a request leaves, whatever becomes of this computer then.
    db.exec('PRAGMA synchronous = NORMAL');
    if (path !== inMemory) keepPrivate(path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/**
 * The journal's database of a profile; the journal of another tenant under this profile's id is set aside. Throws
 * `changes.journal`.
 */
export const openJournal = (
  folder: string,
  profile: Pick<Profile, 'id' | 'kind' | 'endpoint' | 'resource'>,
  now: number,
): DatabaseSync => {
  // The demo is another one in each run, and so is what was done to it.
  const path = profile.kind === 'demo' ? inMemory : journalPath(folder, profile.id);
  const owner = ownerOf(profile);
  try {
    const db = opened(path);
    const [known] = db.prepare('SELECT endpoint, tenant FROM owner').all();
    if (known && (known.endpoint !== owner.endpoint || known.tenant !== owner.tenant)) {
      // Nobody can undo it any more: what was kept for that does not outlive its 30 days here.
      db.exec('PRAGMA secure_delete = ON; DELETE FROM saved; DELETE FROM hidden');
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      db.close();
      renameSync(path, path.replace(/\.sqlite$/, `.before-${now}.sqlite`));
      for (const suffix of companions.slice(1)) rmSync(`${path}${suffix}`, { force: true });
      return openJournal(folder, profile, now);
    }
    if (!known) db.prepare('INSERT INTO owner VALUES (?, ?)').run(owner.endpoint, owner.tenant);
    return db;
  } catch (error) {
    throw journalError(path, error);
  }
};

/** Removes a profile's journal, and those of other tenants that were set aside under its id. */
export const removeJournal = (folder: string, profile: string): void => {
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    if (name.startsWith(`${profile}.before-`)) rmSync(join(folder, name), { force: true });
  for (const suffix of companions) rmSync(`${journalPath(folder, profile)}${suffix}`, { force: true });
};
