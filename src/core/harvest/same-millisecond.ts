import type { Filter } from '../../shared/catalog/index.ts';
import type { Query } from '../../shared/query.ts';
import { type Row, rowIdOf, unreadableOf, valueAt } from '../../shared/row.ts';
import type { Reader } from './reader.ts';

/** Page sizes by which rows of one moment are read: they come in no order, and other pages cut them elsewhere. */
const sizes = [100, 89, 97, 83, 71, 93, 79, 67];
/** Of which so many before the moment is cut by what its rows are. */
const sizesBefore = 2;

type Exact = Extract<Filter, { kind: 'exact' }>;

/** Filters by which a moment can be cut, those of few values first: an event, then an application, then a user. */
const cutOrder = ['event', 'application', 'user'];

/** What one reading of a part came to: the server's count, rows that no reading of the part had met, and its pages. */
type Reading = { total: number | null; gained: number; pages: number; unreadable: number };

type Crowded = {
  reader: Reader;
  /** Asks for that moment, and perhaps for a little of the next one. */
  query: Query;
  /** True for rows of the moment itself. */
  isOwn: (row: Row) => boolean;
};

/**
 * All rows of a moment that has more than a page: by pages of several sizes, then cut by event, application and user, where
 * each answer of less than a page is complete, until as many have come as the server counts; where it does not count,
 * until a reading brings nothing new. Returns how many rows lack. Throws `DeskError`.
 */
export async function* sameMillisecond({ reader, query, isOwn }: Crowded): AsyncGenerator<Row[], number> {
  const { resource } = reader;
  const seen = new Set<string>();
  const filters = cutOrder.flatMap((id) =>
    resource.filters.filter(
      (filter): filter is Exact => filter.kind === 'exact' && filter.id === id && !query.filters[id]?.[0],
    ),
  );
  /** Values of the rows so far, by filter. */
  const values = new Map(filters.map(({ id, suggestions = [] }) => [id, new Set<string>(suggestions)]));
  const noteValues = (row: Row) => {
    for (const { id, column = '' } of filters) {
      const value = valueAt(row, column);
      if (typeof value === 'string' && value !== '') values.get(id)?.add(value);
    }
  };

  /** One reading of a part, whose rows are noted in all of the sets: those of the part itself, and of what it is cut from. */
  const readOnce = async function* (
    part: Query,
    size: number,
    sets: readonly Set<string>[],
  ): AsyncGenerator<Row[], Reading> {
    const before = sets.at(-1)?.size ?? 0;
    let unreadable = 0;
    for (let page = 1; ; page += 1) {
      const answer = await reader.page({ query: part, page, size });
      const total = answer.capped ? null : answer.total;
      const rows = answer.rows.filter((row) => unreadableOf(row) === null);
      unreadable += answer.rows.length - rows.length;
      const fresh = rows.filter((row) => !seen.has(rowIdOf(resource, row)));
      for (const row of rows) for (const set of [...sets, seen]) set.add(rowIdOf(resource, row));
      for (const row of fresh) noteValues(row);
      const own = fresh.filter(isOwn);
      if (own.length > 0) yield own;
      // A whole page shows no end, whatever its total.
      if (answer.rows.length === size) continue;
      return { total, gained: (sets.at(-1)?.size ?? 0) - before, pages: page, unreadable };
    }
  };

  /** Reads a part until it is whole, cut by the filters from the `cut`th on. Returns how many rows lack. */
  const readPart = async function* (
    part: Query,
    cut: number,
    above: readonly Set<string>[],
  ): AsyncGenerator<Row[], number> {
    const met = new Set<string>();
    let lacking = 0;
    for (const [n, size] of sizes.entries()) {
      const { total, gained, pages, unreadable } = yield* readOnce(part, size, [...above, met]);
      const left = () => (total === null ? gained : total - met.size - unreadable);
      // What fits one answer is whole.
      if (pages === 1 || left() <= 0) return 0;
      if (n + 1 === sizesBefore) yield* readCells(part, cut, [...above, met], left);
      lacking = total === null ? 0 : left();
      if (total !== null && lacking <= 0) return 0;
    }
    return lacking;
  };

  const readCells = async function* (
    part: Query,
    cut: number,
    sets: readonly Set<string>[],
    left: () => number,
  ): AsyncGenerator<Row[]> {
    const filter = filters[cut];
    if (!filter) return;
    for (const value of [...(values.get(filter.id) ?? [])]) {
      if (left() <= 0) return;
      yield* readPart({ ...part, filters: { ...part.filters, [filter.id]: [value] } }, cut + 1, sets);
    }
    // Rows without such a value may be cut by another.
    yield* readCells(part, cut + 1, sets, left);
  };

  return yield* readPart(query, 0, []);
}
