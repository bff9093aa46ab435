import { closeSync, constants, copyFileSync, fsyncSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import pack from '../../../package.json' with { type: 'json' };
import { DeskError } from '../../shared/errors.ts';
import { fileError } from '../base/file-errors.ts';
import { seal } from './encryption.ts';
import { unsharedDropped } from './file.ts';
import {
  manifestTable,
  type SnapshotManifest,
  sha256,
  snapshotId,
  snapshotVersion,
  sumsOf,
} from './manifest.ts';

export type SnapshotAsked = {
  path: string;
  tenant: SnapshotManifest['tenant'];
  /** Encrypts the file (age, https://age-encryption.org/v1); null: plain. */
  passphrase: string | null;
};

/** Where a snapshot is made: `plain` in a folder of ours, and what is to be renamed to its place, `beside` that. */
export type SnapshotPlaces = { plain: string; beside: string };

/**
 * Writes what a mirror has at this moment into one file `beside` its place, encrypted where that is asked. Rows that are
 * gone from the server stay behind. Throws `mirror.empty`, `export.not_writable`, `export.disk_full`.
 */
export const writeSnapshot = async (
  mirror: DatabaseSync,
  { path, tenant, passphrase }: SnapshotAsked,
  { plain, beside }: SnapshotPlaces,
  now: number,
): Promise<SnapshotManifest> => {
  try {
    const { found } = mirror.prepare('SELECT count(*) AS found FROM lists').get() as { found: number };
    if (found === 0) throw new DeskError('mirror.empty', { where: tenant.name });
    // One statement, one moment: whatever is written to the mirror meanwhile is not in it.
    closeSync(openSync(plain, 'wx', 0o600));
    mirror.prepare('VACUUM INTO ?').run(plain);
    const db = new DatabaseSync(plain);
    try {
      db.exec('PRAGMA journal_mode = DELETE; BEGIN');
      // What can be made anew of the rows stays behind: the file is that of every program, and nothing gone is in it.
      db.exec('DELETE FROM rows WHERE gone_at IS NOT NULL');
      db.exec(unsharedDropped);
      // The manifest says where its rows came from, and nothing resumes from here.
      db.exec('DELETE FROM progress; DROP TABLE owner');
      const manifest: SnapshotManifest = {
        kind: 'logto-desk-snapshot',
        version: snapshotVersion,
        app: `${pack.productName} ${pack.version}`,
        tenant,
        takenAt: now,
        lists: sumsOf(db),
      };
      const json = JSON.stringify(manifest);
      db.exec(manifestTable);
      db.prepare('INSERT INTO manifest VALUES (?, ?)').run(json, sha256(json));
      db.exec(
        `COMMIT; VACUUM; PRAGMA user_version = ${snapshotVersion}; PRAGMA application_id = ${snapshotId}`,
      );
      db.close();
      if (passphrase === null) copyFileSync(plain, beside, constants.COPYFILE_EXCL);
      else await seal(plain, beside, passphrase);
      const file = openSync(beside, 'r+');
      fsyncSync(file);
      closeSync(file);
      return manifest;
    } finally {
      if (db.isOpen) db.close();
    }
  } catch (error) {
    throw fileError(error, path);
  }
};
