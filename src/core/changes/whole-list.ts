import type { Look } from '../../shared/change/operations/operation.ts';
import { DeskError } from '../../shared/errors.ts';
import { pageSize } from '../../shared/limits.ts';
import type { Row } from '../../shared/row.ts';
import type { ReadAnswer } from '../client/client.ts';
import { otherSizes } from '../harvest/recover.ts';
import { rowsOf, totalOf } from '../rows/list-answer.ts';
import { notedLacking, orHidden } from './failing.ts';

/** Rows of a list, and characters of them as JSON, that are looked at: a server may have new ones without end. */
const mostRows = 1_000_000;
const mostText = 256 << 20;
/** Pages of a pass that the server may fail on, where rows may lack: one that fails on all has no end. */
const mostFailing = 5;

type Params = NonNullable<Look['params']>;

type Reading = {
  look: Look;
  /** Asks for a page by these parameters. */
  read: (params: Params) => Promise<ReadAnswer>;
  /** What could be read is enough: the operator overrides that rows may lack. */
  mayLack?: boolean;
};

/** The rows met so far, each once. Throws `changes.incomplete` where there are more than can be held. */
class Met {
  readonly rows: Row[] = [];
  readonly #keys = new Set<string>();
  #size = 0;

  /** Takes rows of a pass, whose keys are `own`. Returns whether that pass had not met one of them. */
  add(some: readonly Row[], own: Set<string>, path: string): boolean {
    const before = own.size;
    for (const row of some) {
      const key = JSON.stringify(row.id ?? row);
      own.add(key);
      if (this.#keys.has(key)) continue;
      this.rows.push(row);
      this.#keys.add(key);
      this.#size += JSON.stringify(row).length;
    }
    if (this.rows.length > mostRows || this.#size > mostText)
      throw new DeskError('changes.incomplete', { where: path });
    return own.size > before;
  }
}

/**
 * Reads all pages of a size, up to one that is not full: also where as many rows came as the server counts, as a count may
 * be told too low. `total`: what the last page says; null where that says none, or less than there is. `isOne`: one answer
 * had all rows.
 */
const passOf = async (
  { look, read, mayLack = false }: Reading,
  met: Met,
  size: number,
): Promise<{ total: number | null; isOne: boolean }> => {
  const rowsAt = look.list?.rowsAt;
  const own = new Set<string>();
  let failing = 0;
  for (let page = 1; ; page += 1) {
    const params: Params = [...(look.params ?? []), ['page', String(page)], ['page_size', String(size)]];
    const answer = await orHidden(look.path, mayLack, () => read(params));
    if (answer === null) {
      failing += 1;
      if (failing === mostFailing) return { total: null, isOne: false };
      continue;
    }
    const some = rowsOf(rowsAt ? { rowsAt } : {}, answer);
    const isNew = met.add(some, own, look.path);
    const total = totalOf(answer, { page, size, rows: some.length });
    // A page that is fuller than was asked is of a server that knows no pages of this list. A whole page of what this pass
    // had already: the next one would be the same.
    if (some.length !== size || !isNew) return { total, isOne: page === 1 && failing === 0 };
  }
};

/**
 * Every row of a list. What one answer holds is whole, also where nobody counts it: a page that is not full is the end, and
 * nothing can slip between two pages where there is only one. Behind the edges of several pages rows of one moment hide, and
 * nothing in an answer says so (FACTS pagination 6): then the count has to be met, and what lacks is looked for by pages of other
 * sizes, as a harvest does. Where a proxy drops the count nothing proves several pages (FACTS, more). A page that the server fails on
 * is one of rows that lack (WRITES, dangerous 1).
 * Throws `changes.rows_hidden` where rows lack or may lack, unless that is allowed.
 */
export const allOf = async (reading: Reading): Promise<Row[]> => {
  const met = new Met();
  const first = await passOf(reading, met, pageSize);
  let { total } = first;
  const isWhole = () => (total === null ? first.isOne : met.rows.length >= total);
  if (isWhole()) return met.rows;
  for (const size of total === null && !reading.mayLack ? [] : otherSizes) {
    const before = met.rows.length;
    ({ total } = await passOf(reading, met, size));
    if (total !== null && met.rows.length >= total) return met.rows;
    if (total === null && met.rows.length === before) break;
  }
  if (reading.mayLack) return notedLacking(met.rows);
  throw new DeskError('changes.rows_hidden', { where: reading.look.path });
};
