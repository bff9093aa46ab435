import { catalog } from '../../shared/catalog/index.ts';
import type { Statements } from './statements.ts';
import type { Shelves } from './typed/shelves.ts';

/**
 * Lets go of rows that were made before a moment (unix ms), of lists that can be cut by time; the file becomes smaller when
 * that frees much of it. Returns how many rows went.
 */
export const forgetRows = (
  sql: Statements,
  shelves: Shelves,
  indexes: readonly string[],
  cutoff: number,
): number => {
  const cut = catalog.filter(({ pin }) => pin !== undefined).map(({ id }) => id);
  const forgotten = sql.together(() => {
    let sum = 0;
    for (const resource of cut) {
      for (const index of indexes)
        sql
          .run(
            `DELETE FROM ${index} WHERE rowid IN (SELECT number FROM rows WHERE resource = ? AND made_at < ?)`,
          )
          .run(resource, cutoff);
      shelves.removeOlder(resource, cutoff);
      const gone = sql.run('DELETE FROM rows WHERE resource = ? AND made_at < ?').run(resource, cutoff);
      if (Number(gone.changes) > 0)
        sql
          .run(
            'UPDATE lists SET since = ? WHERE resource = ? AND whole_at IS NOT NULL AND coalesce(since, 0) < ?',
          )
          .run(cutoff, resource, cutoff);
      sum += Number(gone.changes);
    }
    return sum;
  });
  if (forgotten === 0) return 0;
  const { left } = sql.run('SELECT count(*) AS left FROM rows').get() as { left: number };
  // Making the file smaller costs as much as writing what is left.
  if (forgotten * 8 > left)
    sql.db.exec("INSERT INTO texts (texts) VALUES ('optimize'); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
  return forgotten;
};
