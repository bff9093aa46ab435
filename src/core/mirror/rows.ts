import { resourceOf } from '../../shared/catalog/index.ts';
import { type Row, rowIdOf, valueAt, withoutSecrets } from '../../shared/row.ts';
import { wordsOf } from './search-text.ts';
import type { Statements } from './statements.ts';

type Kept = { number: number; body: string; seen_at: number; gone_at: number | null };

/**
 * Writes rows of a list as they are now, and what can be searched of them. `seenAt` tells the moment that a row is noted
 * as seen at by the one it was noted at before, unix ms. Returns how many rows are not what they were.
 */
export const keepRows = (
  sql: Statements,
  resourceId: string,
  parent: string,
  rows: readonly Row[],
  seenAt: (before: number | null) => number,
): number => {
  const resource = resourceOf(resourceId);
  const time = resource.pin?.column ?? 'createdAt';
  const known = sql.run(
    'SELECT number, body, seen_at, gone_at FROM rows WHERE resource = ? AND parent = ? AND id = ?',
  );
  const seen = sql.run('UPDATE rows SET seen_at = ?, gone_at = NULL WHERE number = ?');
  const changed = sql.run(
    'UPDATE rows SET body = ?, made_at = ?, seen_at = ?, gone_at = NULL WHERE number = ?',
  );
  const added = sql.run(
    'INSERT INTO rows (resource, parent, id, body, made_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const forget = sql.run('DELETE FROM words WHERE rowid = ?');
  const learn = sql.run('INSERT INTO words (rowid, text) VALUES (?, ?)');
  let written = 0;
  for (const row of rows) {
    const id = rowIdOf(resource, row) || (resource.single ? resource.id : '');
    if (id === '') continue;
    const kept = withoutSecrets(resource, row);
    const body = JSON.stringify(kept);
    const made = valueAt(row, time);
    const madeAt = typeof made === 'number' && Number.isSafeInteger(made) ? made : null;
    const old = known.get(resourceId, parent, id) as Kept | undefined;
    const at = seenAt(old?.seen_at ?? null);
    if (old?.body === body) {
      if (old.gone_at !== null) written += 1;
      seen.run(at, old.number);
      continue;
    }
    written += 1;
    const number = old?.number ?? Number(added.run(resourceId, parent, id, body, madeAt, at).lastInsertRowid);
    if (old) {
      changed.run(body, madeAt, at, number);
      forget.run(number);
    }
    learn.run(number, wordsOf(kept));
  }
  return written;
};
