import { catalog } from '../../shared/catalog/index.ts';
import { matchOfTerm } from './search-text.ts';
import type { Statements } from './statements.ts';
import { mostPlaces, placeName } from './typed/schema.ts';
import type { Shelves } from './typed/shelves.ts';
import type { Terms } from './typed/terms.ts';

/** The codes that stand in some column of some row. */
const codesInUse = (sql: Statements): Set<number> => {
  const names = Array.from({ length: mostPlaces }, (_, place) => placeName(place));
  const codes = names.map(
    (name) =>
      `json_group_array(DISTINCT ${name}) FILTER (WHERE typeof(${name}) = 'integer' AND ${name} < 0) AS ${name}`,
  );
  const found = sql.run(`SELECT ${codes.join(', ')} FROM cells`).get() as Record<string, string>;
  return new Set(Object.values(found).flatMap((list) => JSON.parse(list) as number[]));
};

/** Frequent values that no row has anymore are dropped too. */
const forgetTerms = (sql: Statements, terms: Terms) => {
  terms.refresh();
  const inUse = codesInUse(sql);
  const isFound = sql.run('SELECT 1 FROM texts WHERE texts MATCH ? LIMIT 1');
  const unused = [...terms.all()].filter(([code, value]) => {
    if (inUse.has(code)) return false;
    const match = matchOfTerm(code, value);
    return match === null || isFound.get(match) === undefined;
  });
  if (unused.length > 0) terms.forget(unused.map(([code]) => code));
};

/**
 * Drops rows that were made before a moment (unix ms), of lists that can be cut by time; the file becomes smaller when
 * that frees much of it. Returns how many rows went.
 */
export const forgetRows = (
  sql: Statements,
  { shelves, terms, indexes }: { shelves: Shelves; terms: Terms; indexes: readonly string[] },
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
    if (sum > 0) forgetTerms(sql, terms);
    return sum;
  });
  if (forgotten === 0) return 0;
  const { left } = sql.run('SELECT count(*) AS left FROM rows').get() as { left: number };
  // Making the file smaller costs as much as writing what is left.
  if (forgotten * 8 > left)
    sql.db.exec("INSERT INTO texts (texts) VALUES ('optimize'); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
  return forgotten;
};
