import { pageSize } from '../../shared/limits.ts';
import { rowIdOf, valueAt } from '../../shared/row.ts';
import { isOrdered, type PassResult } from './page-pass.ts';
import type { Reader } from './reader.ts';

/** How many rows came to a list, and how many went, while a pass read it; null where that cannot be told. */
export type Drift = {
  added: number | null;
  removed: number | null;
  /** The server's total after the pass. */
  total: number | null;
  /** Ids of rows that came, where they can be told. */
  fresh: string[];
};

/** Where rows come in no order, only the totals of the answers tell: the least of what moved that explains them. */
const byTotals = (total: number, { before, totals }: PassResult): Pick<Drift, 'added' | 'removed'> => {
  const start = before ?? total;
  const least = Math.min(totals?.least ?? start, start, total);
  const most = Math.max(totals?.most ?? start, start, total);
  return { added: Math.max(most - start, total - least), removed: Math.max(start - least, most - total) };
};

/**
 * What moved in a list since a pass over it began. In a list that comes newest first the new rows are at its top: past a
 * page of them nobody knows how many there are.
 */
export const drift = async (reader: Reader, read: PassResult): Promise<Drift> => {
  const { before, newest } = read;
  const now = await reader.page({ page: 1, size: pageSize });
  const total = now.capped ? null : now.total;
  if (!isOrdered(reader.resource)) {
    const moved = before === null || total === null ? { added: null, removed: null } : byTotals(total, read);
    return { ...moved, total, fresh: [] };
  }
  const late = newest === null ? [] : now.rows.filter((row) => Number(valueAt(row, 'createdAt')) > newest);
  const fresh = late.map((row) => rowIdOf(reader.resource, row));
  if (before === null || total === null || late.length === pageSize)
    return { added: null, removed: null, total, fresh };
  const added = newest === null ? Math.max(0, total - before) : late.length;
  return { added, removed: Math.max(0, before + added - total), total, fresh };
};

/** The same of a list that came in one answer: there was no time for anything to move. */
export const unmoved = (total: number | null): Drift => ({ added: 0, removed: 0, total, fresh: [] });
