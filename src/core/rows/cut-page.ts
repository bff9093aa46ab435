import { pastEnd } from '../../shared/limits.ts';
import { type Row, unreadableOf, unreadableRow, valueAt } from '../../shared/row.ts';
import { isFailure } from '../client/failure.ts';

/** Requests that one page which the server fails on may cost: two rows in it take some forty. */
const mostParts = 80;

/** Rows `[from, from + size)`. */
type Block = { from: number; size: number };

/** Blocks that are pages each, of `most` rows at most, and that are the rows `[from, to)` together. */
const blocksOf = (from: number, to: number, most: number): Block[] => {
  const blocks: Block[] = [];
  for (let at = from; at < to; ) {
    let size = 1;
    while (size * 2 <= most && at % (size * 2) === 0 && at + size * 2 <= to) size *= 2;
    blocks.push({ from: at, size });
    at += size;
  }
  return blocks;
};

/** A page of rows, and how many the list has; null where nobody says. */
type Page = { rows: Row[]; total: number | null; capped?: boolean };
type Place = { page: number; size: number };

/**
 * One page, also where the server fails on a row in it: such a page is cut smaller until the row stands alone, and
 * `unreadableRow` stands in its place, between the times that `column` has beside it. A server that fails on a page without
 * rows, too, fails altogether, and its error is thrown. Throws `DeskError`.
 */
export const cutWhereItFails = async <Answer extends Page>(
  ask: (page: number, size: number) => Promise<Answer>,
  { page, size }: Place,
  column: string,
): Promise<Answer> => {
  try {
    return await ask(page, size);
  } catch (error) {
    if (!isFailure(error)) throw error;
    const empty = await ask(pastEnd, 1).catch((other: unknown) => {
      throw isFailure(other) ? error : other;
    });
    return readByParts(ask, { page, size }, empty, column);
  }
};

/** The page's rows by smaller ones; `empty` is an answer of the same list without any. */
const readByParts = async <Answer extends Page>(
  ask: (page: number, size: number) => Promise<Answer>,
  { page, size }: Place,
  empty: Answer,
  column: string,
): Promise<Answer> => {
  const start = (page - 1) * size;
  const end = start + size;
  const last = empty.total === null || empty.capped ? end : Math.max(start, Math.min(end, empty.total));
  const found = new Map<number, Row>();
  let answer = empty;
  let parts = 0;
  const waiting = blocksOf(start, last, Math.ceil(size / 2));
  let reached = last;
  for (;;) {
    const block = waiting.shift();
    if (!block) {
      // All of it answers: what the page fails on stands behind the last row that is counted.
      if (reached === end || [...found.values()].some(unreadableOf)) break;
      waiting.push(...blocksOf(reached, end, Math.ceil(size / 2)));
      reached = end;
      continue;
    }
    const { from, size: rows } = block;
    parts += 1;
    try {
      answer = await ask(from / rows + 1, rows);
      for (const [at, row] of answer.rows.entries()) found.set(from + at, row);
    } catch (error) {
      if (!isFailure(error)) throw error;
      if (rows > 1 && parts + waiting.length < mostParts)
        waiting.push(...blocksOf(from, from + rows, rows / 2));
      else
        for (let place = from; place < from + rows; place += 1)
          found.set(place, unreadableRow({ place, before: null, after: null }));
    }
  }
  // What stands beside the page tells where a row at its edge belongs.
  const edge = async (place: number) => {
    if (place < 0 || unreadableOf(found.get(place < start ? start : end - 1)) === null) return null;
    const beside = await ask(place + 1, 1).catch(() => null);
    return beside?.rows[0] ?? null;
  };
  const [above, below] = [await edge(start - 1), await edge(end)];
  const places = [...found.keys()].sort((a, b) => a - b);
  const rows = places.map((place) => found.get(place) ?? {});
  return {
    ...answer,
    total: empty.total !== null && places.some((place) => place >= last && last < end) ? null : empty.total,
    ...(empty.capped === undefined ? {} : { capped: empty.capped }),
    rows: withNeighbours(rows, column, above, below),
  };
};

/** The rows, those that could not be read with the times of the nearest ones that could. */
const withNeighbours = (
  rows: readonly Row[],
  column: string,
  above: Row | null,
  below: Row | null,
): Row[] => {
  const all = [above, ...rows, below];
  const timeNear = (at: number, step: 1 | -1): number | null => {
    for (let near = at + 1 + step; near >= 0 && near < all.length; near += step) {
      const time = valueAt(all[near], column);
      if (typeof time === 'number') return time;
    }
    return null;
  };
  return rows.map((row, at) => {
    const which = unreadableOf(row);
    return which ? unreadableRow({ ...which, before: timeNear(at, -1), after: timeNear(at, 1) }) : row;
  });
};
