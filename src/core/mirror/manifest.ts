import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { isWebAddress } from '../../shared/profile.ts';
import { plainText } from '../../shared/text.ts';
import { reading } from './reading.ts';

/** Marks a file as a snapshot of ours (`file(1)` and SQLite's application_id). */
export const snapshotId = 0x4c44_7368;
/** Version of the file's format. */
export const snapshotVersion = 1;

const count = z.number().int().min(0);

/** What a snapshot says of itself. Times in unix ms. */
export const snapshotManifestSchema = z.object({
  kind: z.literal('logto-desk-snapshot'),
  version: z.number().int(),
  app: z.string(),
  tenant: z.object({
    name: plainText.max(60),
    endpoint: z.string().max(2_048).refine(isWebAddress, 'not an http or https address'),
  }),
  takenAt: z.number().int().min(0).max(8_640_000_000_000_000),
  lists: z.array(
    z.object({
      resource: z.string(),
      parent: z.string(),
      rows: count,
      /** When all of it was last read; null when only parts were. */
      wholeAt: z.number().nullable(),
      /** Of ids and rows in the order of the ids. */
      sha256: z.string(),
    }),
  ),
});
export type SnapshotManifest = z.infer<typeof snapshotManifestSchema>;

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export const manifestTable = 'CREATE TABLE manifest (json TEXT NOT NULL, sha256 TEXT NOT NULL)';

/** The lists of a file, each with the sum of its rows. */
export const sumsOf = (db: DatabaseSync): SnapshotManifest['lists'] => {
  const lists = reading(
    db.prepare('SELECT resource, parent, whole_at AS wholeAt FROM lists ORDER BY resource, parent'),
    { resource: 'text', parent: 'text', wholeAt: 'number?' },
  ).all();
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
