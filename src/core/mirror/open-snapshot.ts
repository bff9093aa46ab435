import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { findResource } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Row } from '../../shared/row.ts';
import { fileError, systemCode } from '../base/file-errors.ts';
import { copyPlain, isEncrypted, openEncrypted } from './encryption.ts';
import { openMirror, snapshotTables } from './file.ts';
import {
  manifestTable,
  type SnapshotManifest,
  sha256,
  snapshotId,
  snapshotManifestSchema,
  snapshotVersion,
  sumsOf,
} from './manifest.ts';
import { BadFile, walkTrees } from './pages-of-file.ts';
import { type Answered, reading } from './reading.ts';
import { keepRows } from './rows.ts';

import { Statements } from './statements.ts';
import { Shelves } from './typed/shelves.ts';
import { Terms } from './typed/terms.ts';

/** Longest manifest and longest row of a file that is taken in, bytes. */
const longestManifest = 64 * 1024 * 1024;
const longestRow = 32 * 1024 * 1024;
/** Rows and bytes that are copied at a time. */
const rowsAtOnce = 500;
const bytesAtOnce = 8 * 1024 * 1024;

const damaged = (path: string, reason: string, cause?: unknown) =>
  new DeskError('snapshot.damaged', { where: path, reason }, { cause });
const foreign = (path: string, cause?: unknown) =>
  new DeskError('snapshot.foreign', { where: path }, { cause });

const definedColumns = { name: 'text', rootpage: 'number', sql: 'text?' } as const;
type Defined = Answered<typeof definedColumns>;

const plainSql = (sql: string | null) => (sql ?? '').replace(/\s+/g, ' ');

/**
 * Holds what a file defines to the tables of a snapshot, word for word: a view, a trigger or a generated column would run
 * when it is read. Nothing of the file runs for this. Returns where its tables begin. Throws `snapshot.foreign`.
 */
const knownRoots = (db: DatabaseSync, shown: string): number[] => {
  const defined = reading(db.prepare('SELECT name, rootpage, sql FROM sqlite_schema'), definedColumns).all();
  const known = snapshotTables(manifestTable);
  const isKnown = ({ name, sql }: Defined) =>
    known.get(name)?.some((text) => plainSql(text) === plainSql(sql));
  if (
    defined.length > known.size ||
    !defined.every(isKnown) ||
    !defined.some(({ name }) => name === 'manifest')
  )
    throw foreign(shown);
  return defined.map(({ rootpage }) => rootpage).filter((root) => root > 0);
};

/** The manifest of a plain snapshot whose pages have an end. Throws `snapshot.newer`, `snapshot.damaged`. */
const manifestOf = (db: DatabaseSync, shown: string): SnapshotManifest => {
  const [size] = db.prepare('SELECT octet_length(json) AS bytes FROM manifest LIMIT 1').all();
  if (Number(size?.bytes ?? 0) > longestManifest) throw damaged(shown, 'its manifest is too long');
  const [kept] = reading(db.prepare('SELECT json, sha256 FROM manifest LIMIT 1'), {
    json: 'text',
    sha256: 'text',
  }).all();
  if (!kept || sha256(kept.json) !== kept.sha256) throw damaged(shown, 'its manifest was changed');
  const content: unknown = JSON.parse(kept.json);
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > snapshotVersion) {
    const app = typeof content === 'object' && content && 'app' in content ? String(content.app) : '';
    throw new DeskError('snapshot.newer', { where: shown, reason: app });
  }
  const parsed = snapshotManifestSchema.safeParse(content);
  if (!parsed.success) throw damaged(shown, parsed.error.issues[0]?.message ?? '');
  return parsed.data;
};

/** Holds the rows to the manifest: as many bytes as the file can have, and the very ones that were put into it. */
const verifyRows = (db: DatabaseSync, fileSize: number, manifest: SnapshotManifest, shown: string) => {
  const { longest, all, rows } = db
    .prepare(
      `SELECT coalesce(max(octet_length(body)), 0) AS longest, count(*) AS rows, coalesce(sum(
         octet_length(body) + octet_length(id) + octet_length(resource) + octet_length(parent)), 0) AS "all" FROM rows`,
    )
    .get() as { longest: number; all: number; rows: number };
  if (longest > longestRow) throw damaged(shown, 'a row is too long');
  const listed = manifest.lists.reduce((sum, list) => sum + list.rows, 0);
  if (all > fileSize || rows !== listed || JSON.stringify(sumsOf(db)) !== JSON.stringify(manifest.lists))
    throw damaged(shown, 'its rows are not those of its manifest');
};

const rowColumns = { resource: 'text', parent: 'text', body: 'text', seenAt: 'number' } as const;
const listColumns = {
  resource: 'text',
  parent: 'text',
  wholeAt: 'number?',
  since: 'number?',
  seenAt: 'number',
  reached: 'number?',
} as const;

/** Writes the verified rows into a mirror of our own making, in their order. Lists that this version lacks stay behind. */
const takeOver = (from: DatabaseSync, to: Statements) => {
  const shelves = new Shelves(to, new Terms(to));
  const lists = reading(
    from.prepare(
      'SELECT resource, parent, whole_at AS wholeAt, since, seen_at AS seenAt, reached FROM lists',
    ),
    listColumns,
  ).all();
  to.together(() => {
    const add = to.run(
      'INSERT INTO lists (resource, parent, whole_at, since, seen_at, reached) VALUES (?, ?, ?, ?, ?, ?)',
    );
    for (const { resource, parent, wholeAt, since, seenAt, reached } of lists)
      if (findResource(resource)) add.run(resource, parent, wholeAt, since, seenAt, reached);
  });
  const rows = reading(
    from.prepare('SELECT resource, parent, body, seen_at AS seenAt FROM rows ORDER BY number'),
    rowColumns,
  ).iterate();
  let batch: Answered<typeof rowColumns>[] = [];
  let bytes = 0;
  const flush = () => {
    to.together(() => {
      for (const { resource, parent, body, seenAt } of batch)
        keepRows(to, shelves, resource, parent, [JSON.parse(body) as Row], () => seenAt);
    });
    batch = [];
    bytes = 0;
  };
  for (const row of rows) {
    if (!findResource(row.resource)) continue;
    batch.push(row);
    bytes += row.body.length;
    if (batch.length >= rowsAtOnce || bytes >= bytesAtOnce) flush();
  }
  flush();
};

/** Only files that can be read are opened: a device or a pipe would be read for ever. Returns a descriptor. */
const openFile = (path: string): number => {
  let file: number | null = null;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (fstatSync(file).isFile()) return file;
  } catch (error) {
    const reason = systemCode(error);
    throw new DeskError('snapshot.foreign', { where: path, reason }, { cause: error });
  }
  closeSync(file);
  throw foreign(path);
};

/** All of a plain file held against what it says of itself; `take` then gets it. Throws `snapshot.*`. */
const verified = (
  plain: string,
  shown: string,
  take: (db: DatabaseSync, manifest: SnapshotManifest) => void,
): SnapshotManifest => {
  const file = openSync(plain, 'r');
  let db: DatabaseSync | null = null;
  try {
    // SQLite reads the schema as soon as it is asked anything: that, too, has to have an end.
    walkTrees(file, [1]);
    db = new DatabaseSync(plain, { readOnly: true });
    db.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON');
    const { application_id: owner } = db.prepare('PRAGMA application_id').get() as { application_id: number };
    if (owner !== snapshotId) throw foreign(shown);
    walkTrees(file, [1, ...knownRoots(db, shown)]);
    const manifest = manifestOf(db, shown);
    verifyRows(db, fstatSync(file).size, manifest, shown);
    take(db, manifest);
    return manifest;
  } catch (error) {
    if (error instanceof DeskError) throw error;
    const reason = error instanceof Error ? error.message : '';
    if (/not a database/.test(reason)) throw foreign(shown, error);
    if (error instanceof BadFile || db) throw damaged(shown, reason, error);
    throw foreign(shown, error);
  } finally {
    db?.close();
    closeSync(file);
  }
};

/** Where a snapshot is looked at: its plain bytes, and the mirror that is made of them. Both in a folder of ours. */
export type OpeningPlaces = { plain: string; made: string };

/**
 * Makes a mirror of a snapshot at `made`, after all of it was verified; a sealed one needs its passphrase.
 * Throws `snapshot.foreign`, `snapshot.damaged`, `snapshot.newer`, `snapshot.passphrase`, `export.disk_full`.
 */
export const openSnapshot = async (
  path: string,
  { plain, made }: OpeningPlaces,
  passphrase: string | null,
): Promise<SnapshotManifest> => {
  const file = openFile(path);
  try {
    if (isEncrypted(file)) await openEncrypted(file, plain, passphrase, path);
    else await copyPlain(file, plain);
    return verified(plain, path, (db, { tenant }) => {
      const mirror = new Statements(openMirror(made, { endpoint: tenant.endpoint, tenant: '' }));
      try {
        takeOver(db, mirror);
        // One file, which is put in its place as it is.
        mirror.db.exec('PRAGMA journal_mode = DELETE');
      } finally {
        mirror.close();
      }
    });
  } catch (error) {
    throw fileError(error, path);
  } finally {
    closeSync(file);
  }
};
