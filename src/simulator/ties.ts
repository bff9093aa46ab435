import { below, hash } from './random.ts';

/**
 * The rows `[offset, offset + limit)` of a list ordered by `createdAt` alone: rows with equal `createdAt` come in an order
 * that differs from page to page, so that a page loop meets some rows twice and others never (FACTS pagination 6).
 */
export const unstableSlice = <T extends { createdAt: number }>(
  rows: readonly T[],
  offset: number,
  limit: number,
): T[] => {
  const end = Math.min(rows.length, offset + limit);
  const moved = new Map<number, T>();
  const at = (index: number) => moved.get(index) ?? (rows[index] as T);
  const seed = Math.imul(offset + 1, 7919) ^ limit;
  for (let i = offset; i < end; i += 1) {
    const time = rows[i]?.createdAt;
    const tied = rows[i - 1]?.createdAt === time || rows[i + 1]?.createdAt === time;
    if (!tied || hash(seed, i) % 200 !== 0) continue;
    const [from, to] = tieOf(rows, i);
    const j = from + below(to - from, seed + 1, i);
    const here = at(i);
    moved.set(i, at(j));
    moved.set(j, here);
  }
  return Array.from({ length: Math.max(0, end - offset) }, (_, n) => at(offset + n));
};

/** Bounds `[from, to)` of the rows that share the `createdAt` of row `index`; times fall with the index. */
const tieOf = (rows: readonly { createdAt: number }[], index: number): [number, number] => {
  const time = rows[index]?.createdAt ?? 0;
  const first = (holds: (createdAt: number) => boolean) => {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(rows[middle]?.createdAt ?? 0)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return [first((createdAt) => createdAt <= time), first((createdAt) => createdAt < time)];
};
