import { resourceOf } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Query } from '../../shared/query.ts';
import { type Row, rowIdOf, unreadableOf, valueAt } from '../../shared/row.ts';
import { lineOf, parseLine } from '../../shared/search/line.ts';
import { searchParts } from '../../shared/search/parts.ts';
import type { Session } from '../client/session.ts';
import type { PageOfRows } from './page.ts';

/** Rows that a search in parts may find: they are joined in memory. */
const mostRows = 20_000;
/** Parts that are asked at the same time. */
const partsTogether = 4;
/** Views whose rows are remembered for their further pages. */
const keptViews = 4;
/** Page sizes by which a part is read until its rows are as many as the server counts (FACTS pagination 6). */
const pageSizes = [100, 97, 83, 71];

/** A query whose search is too long for one address, as several that together find the same; any other is its only part. */
export const partsOf = (query: Query): Query[] => {
  const [line = ''] = query.filters.search ?? [];
  const { search } = parseLine(line);
  const parts = search ? searchParts(search) : [];
  return parts.length < 2
    ? [query]
    : parts.map((part) => ({ ...query, filters: { ...query.filters, search: [lineOf(part)] } }));
};

/** One page of a part, `page` from 1. */
type ReadPart = (query: Query, page: number, size: number) => Promise<PageOfRows>;

/** Rows, and how many more the server counts; null where it says none. */
type Found = { rows: Row[]; missing: number | null };
type Joined = Found & { fetchedAt: number };

const tooMany = () =>
  new DeskError('query.invalid', {
    where: 'search',
    reason: `this search is split into several requests, which match more than ${mostRows} users`,
  });

/** All rows of one part: read until they are as many as the server counts, by pages of other sizes if need be. */
const readPart = async (query: Query, read: ReadPart): Promise<Found> => {
  const resource = resourceOf(query.resource);
  const found = new Map<string, Row>();
  let missing: number | null = null;
  for (const size of pageSizes) {
    let total: number | null = null;
    for (let page = 1, isLast = false; !isLast; page += 1) {
      const answer = await read(query, page, size);
      total = answer.total;
      for (const [at, row] of answer.rows.entries())
        found.set(unreadableOf(row) ? `unreadable ${(page - 1) * size + at}` : rowIdOf(resource, row), row);
      if (Math.max(total ?? 0, found.size) > mostRows) throw tooMany();
      isLast = answer.rows.length < size;
    }
    // More rows than are counted: whatever the server says, it does not count them.
    missing = total === null || found.size > total ? null : total - found.size;
    if (missing === 0) break;
  }
  return { rows: [...found.values()], missing };
};

const madeAt = (row: Row) => Number(valueAt(row, 'createdAt')) || (unreadableOf(row)?.after ?? 0);

/** The rows of all parts in the server's order, newest first, each once. */
const readAll = async (parts: readonly Query[], read: ReadPart): Promise<Found> => {
  const [first] = parts;
  const resource = resourceOf(first?.resource ?? '');
  const found = new Map<string, Row>();
  let missing: number | null = 0;
  for (let from = 0; from < parts.length; from += partsTogether) {
    const some = parts.slice(from, from + partsTogether);
    for (const part of await Promise.all(some.map((query) => readPart(query, read)))) {
      for (const row of part.rows)
        found.set(unreadableOf(row) ? `unreadable ${found.size}` : rowIdOf(resource, row), row);
      missing = missing === null || part.missing === null ? null : missing + part.missing;
    }
    if (found.size > mostRows) throw tooMany();
  }
  return { rows: [...found.values()].sort((a, b) => madeAt(b) - madeAt(a)), missing };
};

const remembered = new WeakMap<Session, Map<string, Joined>>();

/**
 * One page of a search in parts, `page` from 1: all of them are read for the first page, and remembered for the others, so
 * that each row comes once, in its order, and the total is right. Throws `query.invalid` when they find too many.
 */
export const joinedPage = async (
  session: Session,
  parts: readonly Query[],
  { page, size }: { page: number; size: number },
  clock: () => number,
  read: ReadPart,
): Promise<PageOfRows> => {
  const views = remembered.get(session) ?? new Map<string, Joined>();
  remembered.set(session, views);
  const key = JSON.stringify(parts);
  const known = page === 1 ? undefined : views.get(key);
  const joined = known ?? { ...(await readAll(parts, read)), fetchedAt: clock() };
  views.delete(key);
  views.set(key, joined);
  const [oldest] = views.keys();
  if (views.size > keptViews && oldest !== undefined) views.delete(oldest);
  return {
    rows: joined.rows.slice((page - 1) * size, page * size),
    total: joined.missing === null ? null : joined.rows.length + joined.missing,
    capped: false,
    until: null,
    fetchedAt: joined.fetchedAt,
    requestId: null,
  };
};
