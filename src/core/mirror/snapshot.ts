import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import pack from '../../../package.json' with { type: 'json' };
import { DeskError } from '../../shared/errors.ts';
import { markAsMirror } from './file.ts';
import { isSealed, openSealed, seal } from './sealed.ts';

/** Marks a file as a snapshot of ours (`file(1)` and SQLite's application_id). */
const applicationId = 0x4c44_7368;
/** Version of the file's format. */
const snapshotVersion = 1;

/** What a snapshot says of itself. Times in unix ms. */
export const snapshotManifestSchema = z.object({
  kind: z.literal('logto-desk-snapshot'),
  version: z.number().int(),
  app: z.string(),
  tenant: z.object({ name: z.string().max(60), endpoint: z.string().max(2_048) }),
  takenAt: z.number().int(),
  lists: z.array(
    z.object({
      resource: z.string(),
      parent: z.string(),
      rows: z.number().int(),
      /** When all of it was last read; null when only parts were. */
      wholeAt: z.number().nullable(),
      /** Of ids and rows in the order of the ids. */
      sha256: z.string(),
    }),
  ),
});
export type SnapshotManifest = z.infer<typeof snapshotManifestSchema>;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

type ListRow = { resource: string; parent: string; wholeAt: number | null };

/** The lists of a file, each with the sum of its rows. */
const sumsOf = (db: DatabaseSync): SnapshotManifest['lists'] => {
  const lists = db
    .prepare('SELECT resource, parent, whole_at AS wholeAt FROM lists ORDER BY resource, parent')
    .all() as unknown as ListRow[];
  const rowsOf = db.prepare('SELECT id, body FROM rows WHERE resource = ? AND parent = ? ORDER BY id');
  return lists.map(({ resource, parent, wholeAt }) => {
    const hash = createHash('sha256');
    let rows = 0;
    for (const { id, body } of rowsOf.iterate(resource, parent)) {
      hash.update(`${id}\n${body}\n`);
      rows += 1;
    }
    return { resource, parent, rows, wholeAt, sha256: hash.digest('hex') };
  });
};

const beside = (path: string) =>
  join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.part`);

/** A database, and what SQLite keeps beside it while it is open. */
const remove = (path: string) => {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
};

/** What the system says of a file, as an error that names it. */
const fileError = (error: unknown, path: string): DeskError => {
  if (error instanceof DeskError) return error;
  const reason = error instanceof Error ? error.message : '';
  const isFull = /ENOSPC|EDQUOT|disk is full/.test(reason);
  return new DeskError(
    isFull ? 'export.disk_full' : 'export.not_writable',
    { where: path, reason },
    { cause: error },
  );
};

export type SnapshotAsked = {
  path: string;
  tenant: SnapshotManifest['tenant'];
  /** Encrypts the file (age, https://age-encryption.org/v1); null: plain. */
  passphrase: string | null;
};

/**
 * Writes what a mirror has at this moment into one file, which appears in its place when it is whole. Rows that are gone
 * from the server stay behind. Throws `mirror.empty`, `export.not_writable`, `export.disk_full`.
 */
export const writeSnapshot = async (
  mirror: DatabaseSync,
  { path, tenant, passphrase }: SnapshotAsked,
  now: number,
): Promise<SnapshotManifest> => {
  const plain = beside(path);
  const sealed = beside(path);
  try {
    const { found } = mirror.prepare('SELECT count(*) AS found FROM lists').get() as { found: number };
    if (found === 0) throw new DeskError('mirror.empty', { where: tenant.name });
    // One statement, one moment: whatever is written to the mirror meanwhile is not in it.
    mirror.prepare('VACUUM INTO ?').run(plain);
    chmodSync(plain, 0o600);
    const db = new DatabaseSync(plain);
    try {
      db.exec('PRAGMA journal_mode = DELETE; BEGIN');
      db.exec('DELETE FROM words WHERE rowid IN (SELECT number FROM rows WHERE gone_at IS NOT NULL)');
      db.exec('DELETE FROM rows WHERE gone_at IS NOT NULL');
      db.exec('DELETE FROM progress');
      const manifest: SnapshotManifest = {
        kind: 'logto-desk-snapshot',
        version: snapshotVersion,
        app: `${pack.productName} ${pack.version}`,
        tenant,
        takenAt: now,
        lists: sumsOf(db),
      };
      const json = JSON.stringify(manifest);
      db.exec('CREATE TABLE manifest (json TEXT NOT NULL, sha256 TEXT NOT NULL)');
      db.prepare('INSERT INTO manifest VALUES (?, ?)').run(json, sha256(json));
      db.exec(
        `COMMIT; VACUUM; PRAGMA user_version = ${snapshotVersion}; PRAGMA application_id = ${applicationId}`,
      );
      db.close();
      if (passphrase !== null) await seal(plain, sealed, passphrase);
      const made = passphrase === null ? plain : sealed;
      const file = openSync(made, 'r+');
      fsyncSync(file);
      closeSync(file);
      renameSync(made, path);
      return manifest;
    } finally {
      if (db.isOpen) db.close();
    }
  } catch (error) {
    throw fileError(error, path);
  } finally {
    for (const left of [plain, sealed]) remove(left);
  }
};

const damaged = (path: string, reason: string, cause?: unknown) =>
  new DeskError('snapshot.damaged', { where: path, reason }, { cause });

/** The manifest of a plain snapshot, everything in the file held against it. Throws `snapshot.*`. */
const verified = (path: string, shown: string): SnapshotManifest => {
  let db: DatabaseSync;
  try {
    db = new DatabaseSync(path, { readOnly: true });
  } catch (error) {
    throw new DeskError('snapshot.foreign', { where: shown }, { cause: error });
  }
  try {
    const { application_id: owner } = db.prepare('PRAGMA application_id').get() as { application_id: number };
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (owner !== applicationId) throw new DeskError('snapshot.foreign', { where: shown });
    const [kept] = db.prepare('SELECT json, sha256 FROM manifest').all() as {
      json: string;
      sha256: string;
    }[];
    if (!kept || sha256(kept.json) !== kept.sha256) throw damaged(shown, 'its manifest was changed');
    const content: unknown = JSON.parse(kept.json);
    if (version > snapshotVersion) {
      const app = typeof content === 'object' && content && 'app' in content ? String(content.app) : '';
      throw new DeskError('snapshot.newer', { where: shown, reason: app });
    }
    const manifest = snapshotManifestSchema.parse(content);
    const [check] = db.prepare('PRAGMA quick_check').all() as { quick_check: string }[];
    if (check?.quick_check !== 'ok') throw damaged(shown, check?.quick_check ?? '');
    if (JSON.stringify(sumsOf(db)) !== JSON.stringify(manifest.lists))
      throw damaged(shown, 'its rows are not those of its manifest');
    return manifest;
  } catch (error) {
    if (error instanceof DeskError) throw error;
    const reason = error instanceof Error ? error.message : '';
    if (/not a database/.test(reason))
      throw new DeskError('snapshot.foreign', { where: shown }, { cause: error });
    throw damaged(shown, reason, error);
  } finally {
    db.close();
  }
};

/** Only files that can be read are opened: a device or a pipe would be read for ever. */
const refuseOthers = (path: string) => {
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).isFile()) return;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new DeskError('snapshot.foreign', { where: path, reason }, { cause: error });
  }
  throw new DeskError('snapshot.foreign', { where: path });
};

/**
 * Takes a snapshot in as a mirror at `mirrorPath`, after all of it was verified; a sealed one needs its passphrase.
 * Throws `snapshot.foreign`, `snapshot.damaged`, `snapshot.newer`, `snapshot.passphrase`, `export.disk_full`.
 */
export const openSnapshot = async (
  path: string,
  mirrorPath: string,
  passphrase: string | null,
): Promise<SnapshotManifest> => {
  const copy = beside(mirrorPath);
  refuseOthers(path);
  try {
    if (isSealed(path)) await openSealed(path, copy, passphrase);
    else copyFileSync(path, copy);
    chmodSync(copy, 0o600);
    const manifest = verified(copy, path);
    markAsMirror(copy);
    renameSync(copy, mirrorPath);
    return manifest;
  } catch (error) {
    throw fileError(error, path);
  } finally {
    remove(copy);
  }
};
