import type { PageOfRows } from '../../core/router';

/** What is read of a related list to say how many rows it has. */
type Read = Pick<PageOfRows, 'total' | 'capped' | 'mirror'> & { rows: readonly unknown[] };

/** How many rows a list has, as its first page tells; `atLeast`: there may be more. */
export type RelatedCount = { rows: number; atLeast: boolean };

/**
 * How many rows a related list has. Where nobody says how many there are (a proxy drops `Total-Number`), or a copy has but a
 * part of them, only what came is known: there may be more.
 */
export const relatedCount = ({ rows, total, capped, mirror }: Read): RelatedCount => {
  if (mirror && !mirror.whole) return { rows: rows.length, atLeast: true };
  if (total === null) return { rows: rows.length, atLeast: true };
  return capped ? { rows: total - 1, atLeast: true } : { rows: total, atLeast: false };
};
