import { findResource } from '../../../shared/catalog/index.ts';
import { type Row, valueAt } from '../../../shared/row.ts';
import { indexedText } from '../search-text.ts';
import type { Statements } from '../statements.ts';
import { cellOf } from './cell.ts';
import { type Layout, layoutOf } from './layout.ts';
import { laterOf, placeName } from './schema.ts';
import type { Terms } from './terms.ts';

/** A list in `cells`; `whole` is 0 while rows that were there before it are not in it. */
export type Shelf = { list: number; resource: string; parent: string; whole: number; rows: number };

/** A row that is there now and was not, or is not what it was; `before`: the moment that it was noted under, if it was. */
export type TypedRow = {
  number: number;
  row: Row;
  madeAt: number | null;
  before?: number | null | undefined;
};

type Kept = Shelf & { layout: string };

/** The typed columns of lists, as they are written. Whoever writes does so within a transaction. */
export class Shelves {
  readonly #sql: Statements;
  readonly #terms: Terms;
  readonly #written = new Map<number, number>();

  constructor(sql: Statements, terms: Terms) {
    this.#sql = sql;
    this.#terms = terms;
  }

  #kept(resource: string, parent: string): Kept | undefined {
    return this.#sql
      .run(
        'SELECT list, resource, parent, whole, rows, layout FROM shelves WHERE resource = ? AND parent = ?',
      )
      .get(resource, parent) as Kept | undefined;
  }

  /** A list whose typed columns are all there, as the catalogue has them; null for any other. */
  whole(resource: string, parent: string): Shelf | null {
    const kept = this.#kept(resource, parent);
    return kept?.whole === 1 && kept.layout === JSON.stringify(layoutOf(resource)) ? kept : null;
  }

  /** A list to write to, made where it is not there yet, and anew where the catalogue has other columns by now. */
  opened(resource: string, parent: string): Shelf {
    const layout = JSON.stringify(layoutOf(resource));
    const kept = this.#kept(resource, parent);
    if (kept?.layout === layout) return kept;
    if (kept) {
      this.#sql.run('DELETE FROM cells WHERE list = ?').run(kept.list);
      this.#sql.run('DELETE FROM shelves WHERE list = ?').run(kept.list);
    }
    const before = this.#sql
      .run('SELECT 1 FROM rows WHERE resource = ? AND parent = ? LIMIT 1')
      .get(resource, parent);
    const whole = before ? 0 : 1;
    const { lastInsertRowid } = this.#sql
      .run('INSERT INTO shelves (resource, parent, layout, rows, whole) VALUES (?, ?, ?, 0, ?)')
      .run(resource, parent, layout, whole);
    return { list: Number(lastInsertRowid), resource, parent, rows: 0, whole };
  }

  /** Begins anew what the catalogue has other columns of by now. True when anything is to be filled. */
  isToFill(): boolean {
    const kept = this.#sql.run('SELECT resource, parent, layout FROM shelves').all() as Kept[];
    for (const { resource, parent, layout } of kept)
      if (findResource(resource) && layout !== JSON.stringify(layoutOf(resource)))
        this.opened(resource, parent);
    return this.#sql.run('SELECT 1 FROM shelves WHERE whole = 0 LIMIT 1').get() !== undefined;
  }

  /** All that was there before is in the lists' columns. */
  filled() {
    this.#sql.run('UPDATE shelves SET whole = 1').run();
  }

  /** Another one whenever the list's cells are written here. */
  versionOf(list: number): number {
    return this.#written.get(list) ?? 0;
  }

  #counted(list: number, change: number) {
    this.#written.set(list, this.versionOf(list) + 1);
    if (change !== 0) this.#sql.run('UPDATE shelves SET rows = rows + ? WHERE list = ?').run(change, list);
  }

  /** Writes the columns of rows, and what can be searched of them. Those that are there already stay as they are. */
  put(shelf: Shelf, rows: readonly TypedRow[]) {
    if (rows.length === 0) return;
    this.#terms.refresh();
    const layout = layoutOf(shelf.resource);
    const columns = layout.map((path) => ({ path, name: `${shelf.resource}:${path}` }));
    const add = this.#sql.run(insertion(layout));
    const remove = this.#sql.run('DELETE FROM cells WHERE list = ? AND later = ? AND number = ?');
    const forget = this.#sql.run('DELETE FROM texts WHERE rowid = ?');
    const learn = this.#sql.run('INSERT INTO texts (rowid, text) VALUES (?, ?)');
    let change = 0;
    for (const { number, row, madeAt, before } of rows) {
      const had = before !== undefined;
      if (had) change -= Number(remove.run(shelf.list, laterOf(before), number).changes);
      const cells = columns.map(({ path, name }) => cellOf(this.#terms, name, valueAt(row, path)));
      const added = Number(add.run(shelf.list, laterOf(madeAt), number, ...cells).changes);
      change += added;
      if (added === 0) continue;
      if (had || shelf.whole === 0) forget.run(number);
      learn.run(number, indexedText(this.#terms, shelf.resource, row));
    }
    this.#counted(shelf.list, change);
  }

  /** Takes out the rows of a list that were last seen before a moment, unix ms: they are gone. */
  removeUnseen(resource: string, parent: string, before: number) {
    const { list } = this.opened(resource, parent);
    const { changes } = this.#sql
      .run(
        `DELETE FROM cells WHERE list = ? AND (later, number) IN (SELECT coalesce(-made_at, ${laterOf(null)}), number
         FROM rows WHERE resource = ? AND parent = ? AND seen_at < ? AND gone_at IS NULL)`,
      )
      .run(list, resource, parent, before);
    this.#counted(list, -Number(changes));
  }

  /** Takes out the rows of all lists of a kind that were made before a moment, unix ms. */
  removeOlder(resource: string, cutoff: number) {
    const lists = this.#sql.run('SELECT list FROM shelves WHERE resource = ?').all(resource) as {
      list: number;
    }[];
    const remove = this.#sql.run(
      `DELETE FROM cells WHERE list = ? AND later > ? AND later < ${laterOf(null)}`,
    );
    for (const { list } of lists) this.#counted(list, -Number(remove.run(list, -cutoff).changes));
  }
}

const insertion = (layout: Layout): string => {
  const names = layout.map((_, place) => `, ${placeName(place)}`).join('');
  const marks = ', ?'.repeat(layout.length);
  return `INSERT OR IGNORE INTO cells (list, later, number${names}) VALUES (?, ?, ?${marks})`;
};
