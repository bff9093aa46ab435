import { below, hash } from './random.ts';

/**
 * The rows `[offset, offset + limit)` of a list ordered by `createdAt` alone: rows with equal `createdAt` come in an order
 * that differs from page to page, so that a page loop meets some rows twice and others never (FACTS pagination 6).
 */
export const unstableSlice = <T extends { createdAt: number }>(
  rows: readonly T[],
  offset: number,
  limit: number,
  rate?: number,
): T[] =>
  unstablePlaces((index) => rows[index]?.createdAt, rows.length, offset, limit, rate).map(
    (index) => rows[index] as T,
  );

/** Of so many rows of a moment one stands elsewhere on each page: an import as FACTS pagination 6 measured it. */
const usualRate = 200;

/** The same by places: those of the rows that the page shows, of `length` rows whose times fall with their place. */
export const unstablePlaces = (
  timeOf: (index: number) => number | undefined,
  length: number,
  offset: number,
  limit: number,
  rate: number = usualRate,
): number[] => {
  const end = Math.min(length, offset + limit);
  const moved = new Map<number, number>();
  const at = (index: number) => moved.get(index) ?? index;
  const seed = Math.imul(offset + 1, 7919) ^ limit;
  for (let i = offset; i < end; i += 1) {
    const time = timeOf(i);
    const tied = timeOf(i - 1) === time || timeOf(i + 1) === time;
    if (!tied || hash(seed, i) % rate !== 0) continue;
    const [from, to] = tieOf(timeOf, length, i);
    const j = from + below(to - from, seed + 1, i);
    const here = at(i);
    moved.set(i, at(j));
    moved.set(j, here);
  }
  return Array.from({ length: Math.max(0, end - offset) }, (_, n) => at(offset + n));
};

/** Bounds `[from, to)` of the rows that share the `createdAt` of row `index`; times fall with the index. */
const tieOf = (
  timeOf: (index: number) => number | undefined,
  length: number,
  index: number,
): [number, number] => {
  const time = timeOf(index) ?? 0;
  const first = (holds: (createdAt: number) => boolean) => {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(timeOf(middle) ?? 0)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return [first((createdAt) => createdAt <= time), first((createdAt) => createdAt < time)];
};

/** A list whose order tells apart no rows of equal `createdAt`, where the tenant draws all of them (`drawnTies`). */
export const drawn = <T extends { createdAt: number }>(
  rows: readonly T[],
  rate: number | undefined,
): { total: number; rows: (offset: number, limit: number) => T[] } => ({
  total: rows.length,
  rows: (offset, limit) =>
    rate === undefined ? rows.slice(offset, offset + limit) : unstableSlice(rows, offset, limit, rate),
});
