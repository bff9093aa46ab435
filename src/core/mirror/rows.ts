import { resourceOf } from '../../shared/catalog/index.ts';
import { type Row, rowIdOf, valueAt, withoutSecrets } from '../../shared/row.ts';
import type { SeenChanges } from './seen-changes.ts';
import type { Statements } from './statements.ts';
import type { Shelves, TypedRow } from './typed/shelves.ts';

type Kept = { number: number; body: string; made_at: number | null; seen_at: number; gone_at: number | null };

/** The column of the moment that a list's rows were made at. */
export const momentOf = (resourceId: string): string => resourceOf(resourceId).pin?.column ?? 'createdAt';

/** The moment that a row of a list was made at, unix ms; null for none. */
export const madeAtOf = (resourceId: string, row: Row): number | null => {
  const made = valueAt(row, momentOf(resourceId));
  return typeof made === 'number' && Number.isSafeInteger(made) ? made : null;
};

/** A row of a list with what its fields are now. */
const ofTheList = (before: Row, now: Row): Row => ({
  ...before,
  ...Object.fromEntries(Object.entries(now).filter(([field]) => Object.hasOwn(before, field))),
});

/**
 * Writes rows of a list as they are now, their typed columns, and what can be searched of them. `seenAt` tells the moment
 * that a row is noted as seen at by the one it was noted at before, unix ms; `note` is told of what is not as it was. `alone`: the
 * rows were read one by one, which shows fields that the list does not: of those that are kept, the list's fields are kept.
 * Returns how many rows are not what they were.
 */
export const keepRows = (
  sql: Statements,
  shelves: Shelves,
  resourceId: string,
  parent: string,
  rows: readonly Row[],
  seenAt: (before: number | null) => number,
  note: ReturnType<SeenChanges['noting']> = null,
  alone = false,
): number => {
  const resource = resourceOf(resourceId);
  const shelf = shelves.opened(resourceId, parent);
  const known = sql.run(
    'SELECT number, body, made_at, seen_at, gone_at FROM rows WHERE resource = ? AND parent = ? AND id = ?',
  );
  const seen = sql.run('UPDATE rows SET seen_at = ?, gone_at = NULL WHERE number = ?');
  const changed = sql.run(
    'UPDATE rows SET body = ?, made_at = ?, seen_at = ?, gone_at = NULL WHERE number = ?',
  );
  const added = sql.run(
    'INSERT INTO rows (resource, parent, id, body, made_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const written: TypedRow[] = [];
  for (const row of rows) {
    // A dashboard keeps a count where other rows have an id: a different number is not a different object.
    const id = resource.singleton ? resource.id : rowIdOf(resource, row);
    if (id === '') continue;
    const old = known.get(resourceId, parent, id) as Kept | undefined;
    if (alone && !old) continue;
    const given = withoutSecrets(resource, row);
    const kept = alone && old ? ofTheList(JSON.parse(old.body) as Row, given) : given;
    const body = JSON.stringify(kept);
    const madeAt = madeAtOf(resourceId, kept);
    const at = seenAt(old?.seen_at ?? null);
    if (old?.body === body) {
      seen.run(at, old.number);
      if (old.gone_at === null) continue;
    } else if (old) changed.run(body, madeAt, at, old.number);
    note?.(id, old, kept);
    const number = old?.number ?? Number(added.run(resourceId, parent, id, body, madeAt, at).lastInsertRowid);
    written.push({ number, row: kept, madeAt, before: old?.made_at });
  }
  shelves.put(shelf, written);
  return written.length;
};
