import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DeskError } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';
import { keepPages } from './statements.ts';
import { typedSchema } from './typed/schema.ts';

/** Version of the file's format: 2 has typed columns. */
const storeVersion = 2;

/**
 * Marks a file as a mirror of ours (`file(1)` and SQLite's application_id). One with typed columns has another mark: a
 * program that would write rows without them takes it for a stranger's and leaves it as it is.
 */
const applicationId = 0x4c44_6d32;
const firstApplicationId = 0x4c44_6d72;

/** What a mirror is a copy of. Recorded in its file, which is refused to anybody else. */
export type MirrorOwner = {
  endpoint: string;
  /** The tenant's resource indicator; empty for a snapshot. */
  tenant: string;
};

/** Whose mirror a profile's is. The demo tenant is the same one on whatever port it listens, and another one at another moment. */
export const ownerOf = ({
  kind,
  endpoint,
  resource,
  takenAt = 0,
}: Pick<Profile, 'kind' | 'endpoint' | 'resource' | 'takenAt'>) => ({
  endpoint: kind === 'demo' ? `demo of ${new Date(takenAt).toISOString()}` : endpoint,
  tenant: resource,
});

/** The tables of rows, as every program had them; those of a snapshot, too. */
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
  CREATE TABLE IF NOT EXISTS owner (endpoint TEXT NOT NULL, tenant TEXT NOT NULL);
`;

/** What programs before typed columns had besides; snapshots of theirs have it. */
const before = `
  CREATE INDEX rows_by_id ON rows (resource, id);
  CREATE INDEX rows_in_order ON rows (resource, parent, gone_at, made_at DESC);
  CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'trigram', content = '', contentless_delete = 1);
`;

/** What this program has besides. A list's own order is that of its typed columns. */
const besides = `
  DROP INDEX IF EXISTS rows_by_time;
  DROP INDEX IF EXISTS rows_in_order;
  DROP INDEX IF EXISTS rows_by_id;
  CREATE INDEX IF NOT EXISTS rows_below_by_id ON rows (resource, id) WHERE parent <> '';
  CREATE TABLE IF NOT EXISTS seen_changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    seen_after INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    resource TEXT NOT NULL,
    parent TEXT NOT NULL,
    id TEXT NOT NULL,
    label TEXT NOT NULL,
    fields TEXT
  );
  CREATE INDEX IF NOT EXISTS seen_changes_by_time ON seen_changes (seen_at);
  CREATE TABLE IF NOT EXISTS told_lists (
    resource TEXT NOT NULL,
    parent TEXT NOT NULL,
    told_from INTEGER NOT NULL,
    PRIMARY KEY (resource, parent)
  );
  ${typedSchema}
`;

/** What a snapshot does not have of a mirror: it is made anew of the rows, or was before its moment. */
const unshared = ['words', 'texts', 'cells', 'terms', 'shelves', 'upgrades', 'seen_changes', 'told_lists'];
export const unsharedDropped = `${unshared.map((table) => `DROP TABLE IF EXISTS ${table};`).join(' ')} DROP INDEX IF EXISTS rows_below_by_id;`;

/** Gives a file of an earlier program the columns that it lacks. */
const complete = (db: DatabaseSync) => {
  const columns = db.prepare('PRAGMA table_info(lists)').all();
  if (!columns.some(({ name }) => name === 'reached'))
    db.exec('ALTER TABLE lists ADD COLUMN reached INTEGER');
};

/** What SQLite keeps of a database beside it while it is open. */
const companions = ['-wal', '-shm', '-journal'];

/** Copies of personal data are the owner's alone, whatever the umask says. */
const keepPrivate = (path: string) => {
  closeSync(openSync(path, 'a', 0o600));
  for (const suffix of ['', ...companions])
    if (existsSync(`${path}${suffix}`)) chmodSync(`${path}${suffix}`, 0o600);
};

/**
 * Whether a database is a mirror of ours, is empty, or is somebody else's: then nothing may be written to it. Another
 * program may be making a mirror of it: the tables are counted first, as they come with the id.
 */
const kindOf = (db: DatabaseSync): 'mirror' | 'empty' | 'foreign' => {
  const { tables } = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
  const { application_id: id } = db.prepare('PRAGMA application_id').get() as { application_id: number };
  if (id === applicationId || id === firstApplicationId) return 'mirror';
  return tables === 0 && id === 0 ? 'empty' : 'foreign';
};

const notOurs = (path: string) =>
  new DeskError('mirror.failed', { where: path, reason: `${path} belongs to another program` });

/** Writes down whose mirror this is, or holds that it is theirs. Throws `mirror.foreign`, `mirror.unowned`. */
const claim = (db: DatabaseSync, owner: MirrorOwner, isNew: boolean) => {
  const [known] = db.prepare('SELECT endpoint, tenant FROM owner').all() as MirrorOwner[];
  // A snapshot's mirror of an earlier program: its address was never anybody's to change.
  if (!known && (isNew || owner.tenant === ''))
    db.prepare('INSERT INTO owner VALUES (?, ?)').run(owner.endpoint, owner.tenant);
  else if (!known) throw new DeskError('mirror.unowned');
  else if (known.endpoint !== owner.endpoint || known.tenant !== owner.tenant)
    throw new DeskError('mirror.foreign', { where: known.endpoint });
};

/** Opens a mirror's file, made where it is not there yet. Throws as `openOrSetAside`, and what SQLite says of a damaged file. */
export const openMirror = (path: string, owner: MirrorOwner): DatabaseSync => {
  keepPrivate(path);
  const db = new DatabaseSync(path);
  try {
    // Rows are long: in larger pages less is left over, and more is written for each. A file that is there keeps its size.
    db.exec('PRAGMA busy_timeout = 5000; PRAGMA page_size = 8192');
    keepPages(db);
    if (kindOf(db) === 'foreign') throw notOurs(path);
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE');
    const isNew = kindOf(db) === 'empty';
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version > storeVersion) throw new DeskError('mirror.newer', { where: path });
    db.exec(schema);
    complete(db);
    db.exec(besides);
    claim(db, owner, isNew);
    db.exec(`PRAGMA user_version = ${storeVersion}; PRAGMA application_id = ${applicationId}; COMMIT`);
    db.prepare('SELECT count(*) FROM lists').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

const definitions = (db: DatabaseSync) =>
  db.prepare('SELECT name, sql FROM sqlite_schema').all() as { name: string; sql: string | null }[];

/** What a snapshot's file may define, by name: the tables of a mirror, as this program and earlier ones wrote them. */
export const snapshotTables = (manifestTable: string): ReadonlyMap<string, (string | null)[]> => {
  const known = new Map<string, (string | null)[]>();
  const now = `${schema}; ${before} ${manifestTable}`;
  const earlier = now.replace(/,\s*reached INTEGER/, '');
  for (const [text, isEarlier] of [
    [now, false],
    [earlier, true],
  ] as const) {
    const db = new DatabaseSync(':memory:');
    db.exec(text);
    if (isEarlier) complete(db);
    db.exec('DROP TABLE owner');
    for (const { name, sql } of definitions(db)) known.set(name, [...(known.get(name) ?? []), sql]);
    db.close();
  }
  return known;
};

/** True for a file that is a mirror of ours, or so damaged that it cannot be anybody's: it stands in our folder. */
const isOurs = (path: string): boolean => {
  try {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return kindOf(db) !== 'foreign';
    } finally {
      db.close();
    }
  } catch {
    return true;
  }
};

/** Damaged files of a mirror that were set aside. */
const setAsideOf = (path: string): string[] => {
  const [folder, name] = [dirname(path), basename(path, '.sqlite')];
  const form = new RegExp(`^${name}\\.damaged-\\d+\\.sqlite$`);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.filter((file) => form.test(file)).map((file) => join(folder, file));
};

/** True when there is anything that `removeMirror` would remove. */
export const hasMirror = (path: string): boolean => existsSync(path) || setAsideOf(path).length > 0;

/**
 * Removes a mirror, and what was set aside of it; another program's database in its place stays. False when there was
 * nothing to remove.
 */
export const removeMirror = (path: string): boolean => {
  const aside = setAsideOf(path);
  for (const file of aside) rmSync(file, { force: true });
  if (!existsSync(path) || !isOurs(path)) return aside.length > 0;
  for (const suffix of ['', ...companions]) rmSync(`${path}${suffix}`, { force: true });
  return true;
};

/** Puts a mirror that was made elsewhere in its place. */
export const placeMirror = (made: string, path: string): void => {
  removeMirror(path);
  if (existsSync(path)) throw notOurs(path);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  renameSync(made, path);
};

/**
 * Opens a mirror's file, made where it is not there yet; one that is damaged, or no mirror of this version, is set aside and
 * a new one begun. Throws `mirror.foreign` for another tenant's, `mirror.unowned` for one that does not say whose it is,
 * `mirror.newer` for one of a newer program, `mirror.failed` for a file that is not ours, and what
 * SQLite says where the disk or a permission is the reason.
 */
export const openOrSetAside = (
  path: string,
  owner: MirrorOwner,
  now: number,
): { db: DatabaseSync; setAside: string | null } => {
  try {
    return { db: openMirror(path, owner), setAside: null };
  } catch (error) {
    if (error instanceof DeskError) throw error;
    const message = error instanceof Error ? error.message : '';
    // A full disk or a missing permission is not damage: what is there stays.
    if (
      /disk|permission|locked|busy|unable to open/i.test(message) &&
      !/malformed|not a database/i.test(message)
    )
      throw error;
    const aside = path.replace(/\.sqlite$/, `.damaged-${now}.sqlite`);
    renameSync(path, aside);
    for (const suffix of companions) rmSync(`${path}${suffix}`, { force: true });
    return { db: openMirror(path, owner), setAside: aside };
  }
};
