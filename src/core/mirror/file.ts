import { renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Version of the file's format. */
const storeVersion = 1;

/** Marks a file as a mirror of ours (`file(1)` and SQLite's application_id). */
const applicationId = 0x4c44_6d72;

const schema = `
  CREATE TABLE IF NOT EXISTS rows (
    number INTEGER PRIMARY KEY,
    resource TEXT NOT NULL,
    parent TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at INTEGER,
    seen_at INTEGER NOT NULL,
    gone_at INTEGER,
    UNIQUE (resource, parent, id)
  );
  CREATE INDEX IF NOT EXISTS rows_by_id ON rows (resource, id);
  DROP INDEX IF EXISTS rows_by_time;
  CREATE INDEX IF NOT EXISTS rows_in_order ON rows (resource, parent, gone_at, made_at DESC);
  CREATE TABLE IF NOT EXISTS lists (
    resource TEXT NOT NULL,
    parent TEXT NOT NULL,
    whole_at INTEGER,
    since INTEGER,
    seen_at INTEGER NOT NULL,
    reached INTEGER,
    PRIMARY KEY (resource, parent)
  );
  CREATE TABLE IF NOT EXISTS progress (
    resource TEXT NOT NULL,
    parent TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    begins INTEGER,
    state TEXT,
    PRIMARY KEY (resource, parent)
  );
  CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, tokenize = 'trigram', content = '', contentless_delete = 1);
`;

/** Gives a file of an earlier program the columns that it lacks. */
const complete = (db: DatabaseSync) => {
  const columns = db.prepare('PRAGMA table_info(lists)').all();
  if (!columns.some(({ name }) => name === 'reached'))
    db.exec('ALTER TABLE lists ADD COLUMN reached INTEGER');
};

const opened = (path: string): DatabaseSync => {
  const db = new DatabaseSync(path);
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    const { application_id: owner } = db.prepare('PRAGMA application_id').get() as { application_id: number };
    const fresh = version === 0 && owner === 0;
    if (!fresh && (owner !== applicationId || version > storeVersion))
      throw new Error('not a mirror of this version');
    db.exec(schema);
    complete(db);
    db.exec(`PRAGMA user_version = ${storeVersion}; PRAGMA application_id = ${applicationId};`);
    db.prepare('SELECT count(*) FROM lists').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** Makes a copy that was taken out of a mirror one again. */
export const markAsMirror = (path: string): void => {
  const db = new DatabaseSync(path);
  db.exec(
    `DROP TABLE IF EXISTS manifest; PRAGMA user_version = ${storeVersion}; PRAGMA application_id = ${applicationId};`,
  );
  db.close();
};

/**
 * Opens a mirror's file, made where it is not there yet; one that is damaged, or no mirror of this version, is set aside and
 * a new one begun. Throws what SQLite says where the disk or a permission is the reason.
 */
export const openOrSetAside = (path: string, now: number): { db: DatabaseSync; setAside: string | null } => {
  try {
    return { db: opened(path), setAside: null };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    // A full disk or a missing permission is no damage: what is there stays.
    if (
      /disk|permission|locked|busy|unable to open/i.test(message) &&
      !/malformed|not a database/i.test(message)
    )
      throw error;
    const aside = path.replace(/\.sqlite$/, `.damaged-${now}.sqlite`);
    renameSync(path, aside);
    for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    return { db: opened(path), setAside: aside };
  }
};
