import { findResource, type Resource } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import { decomposed } from '../../shared/forms.ts';
import { pageSize } from '../../shared/limits.ts';
import {
  momentText,
  pathValues,
  type Query,
  queryResource,
  reachOf,
  type TimeBounds,
  toParams,
  toServerQuery,
  windowOf,
} from '../../shared/query.ts';
import { maskSecrets, type Row, unreadableOf, unreadableRow, valueAt } from '../../shared/row.ts';
import type { ReadAnswer } from '../client/client.ts';
import type { Session } from '../client/session.ts';
import { pagesOf, placesIn, withoutTime } from './by-place.ts';
import { isCapped, type ReadHow, readList, rowsOf, totalOf } from './list-answer.ts';
import { maskedRows } from './masked-rows.ts';
import type { PageAsked, PageOfRows } from './page.ts';
import { joinedPage, partsOf } from './parts.ts';

/** The moment that a pinned list is held at: its newest row when the view was opened. */
const pinOf = (resource: Resource, rows: readonly Row[]): number | null => {
  const newest = resource.pin && rows[0] ? valueAt(rows[0], resource.pin.column) : undefined;
  return typeof newest === 'number' ? newest : null;
};

/** One page of a view, `pageSize` rows, secrets masked. Throws `DeskError`. */
export const listPage = (
  session: Session,
  { query, index, until }: PageAsked,
  clock: () => number,
  how: ReadHow = {},
) =>
  listRows(
    session,
    { query, page: index + 1, size: pageSize, ...(until === undefined ? {} : { until }) },
    clock,
    how,
  );

type RowsAsked = { query: Query; page: number; size: number; until?: number };

/** How the server takes the time that a request asks for; only where it does is that found out. */
const timeBoundsOf = async (
  session: Session,
  resource: Resource,
  { filters, parent }: Query,
  until?: number,
): Promise<TimeBounds> => {
  const isBounded = resource.pin !== undefined && (until !== undefined || filters.time?.some(Boolean));
  return isBounded ? session.capabilities.timeBounds(resource, parent) : 'inclusive';
};

/** A page of a list whose server knows no bounds of time: the time asked for is found by place. */
const listByPlace = async (
  session: Session,
  { query, page, size, until }: RowsAsked,
  resource: Resource,
  clock: () => number,
  { signal, ...how }: ReadHow,
): Promise<PageOfRows> => {
  const bare = withoutTime(query);
  const probe = pagesOf(session, bare, resource, how);
  const ask = signal ? pagesOf(session, bare, resource, { ...how, signal }) : probe;
  const span = windowOf(query, clock(), until);
  const { rows, total, requestId, cut } = await placesIn(session, resource, bare).page(
    { span, page, size },
    ask,
    probe,
  );
  // Pages are cut in the list without any time: a place is one of the view.
  const placed = (row: Row, at: number) => {
    const which = unreadableOf(row);
    return which ? unreadableRow({ ...which, place: (page - 1) * size + at }) : row;
  };
  return {
    rows: (await maskedRows(resource, rows)).map(placed),
    total,
    capped: false,
    until: until ?? (page === 1 ? pinOf(resource, rows) : null),
    fetchedAt: clock(),
    requestId,
    ...(cut.length > 0 ? { cut } : {}),
    ...(query.filters.time?.some(Boolean) ? { timeBy: 'position' as const } : {}),
  };
};

/**
 * One page of `size` rows (1 to 100), `page` from 1, secrets masked. A search that is too long for an address is asked in
 * parts, and text that finds nothing in its other form, too. Throws `DeskError`.
 */
export const listRows = async (
  session: Session,
  { query: viewed, ...place }: RowsAsked,
  clock: () => number,
  how: ReadHow = {},
): Promise<PageOfRows> => {
  const query = toServerQuery(viewed);
  const parts = partsOf(query);
  if (parts.length > 1)
    return joinedPage(session, parts, place, clock, (part, page, size) =>
      rowsPage(session, { query: part, page, size }, clock, how),
    );
  const answer = await rowsPage(session, { query, ...place }, clock, how);
  const other = answer.rows.length === 0 && !answer.total ? otherForm(query, clock()) : null;
  return other ? rowsPage(session, { query: other, ...place }, clock, how) : answer;
};

/** The query with its text decomposed, where the server is asked something else by that. */
const otherForm = (query: Query, now: number): Query | null => {
  const other = decomposed(query);
  const asked = (one: Query) => JSON.stringify(toParams(one, now));
  return other && asked(other) !== asked(query) ? other : null;
};

/** The total; a first page that is not full is the list, also where nobody says how many there are. */
const totalOrShort = (answer: ReadAnswer, placed: Parameters<typeof totalOf>[1]): number | null => {
  const { page, size, rows } = placed;
  const isUncounted = answer.headers.get('total-number') === null;
  return isUncounted && page === 1 && rows < size ? rows : totalOf(answer, placed);
};

const rowsPage = async (
  session: Session,
  { query, page, size, until }: RowsAsked,
  clock: () => number,
  how: ReadHow,
): Promise<PageOfRows> => {
  const resource = queryResource(query);
  const bounds = await timeBoundsOf(session, resource, query, until);
  if (bounds === 'ignored')
    return listByPlace(
      session,
      { query, page, size, ...(until === undefined ? {} : { until }) },
      resource,
      clock,
      how,
    );
  const paged = resource.paging !== 'never';
  const answer = await readList(
    session,
    query,
    resource,
    [
      ...toParams(query, clock(), until, bounds),
      ...(resource.capped ? [['enableCap', 'true'] as const] : []),
      ...(paged ? [['page', String(page)] as const, ['page_size', String(size)] as const] : []),
    ],
    how,
  );
  const all = rowsOf(resource, answer);
  // Rows beyond a page are all that there are: the server gave no page, but the list.
  const isWhole = !paged || (resource.mayBeWhole === true && all.length > size);
  const rows = isWhole ? all.slice((page - 1) * size, page * size) : all;
  return {
    rows: await maskedRows(resource, rows),
    total: isWhole ? all.length : totalOrShort(answer, { page, size, rows: all.length }),
    capped: isCapped(answer, resource),
    until: until ?? (page === 1 ? pinOf(resource, rows) : null),
    fetchedAt: clock(),
    requestId: answer.headers.get('logto-core-request-id'),
  };
};

/** The exact number of rows of a list, however many; slow on big tenants, so asked once and with no repeat. */
export const countRows = async (
  session: Session,
  viewed: Query,
  until: number | undefined,
  clock: () => number,
  how: ReadHow = {},
): Promise<number | null> => {
  const query = toServerQuery(viewed);
  if (partsOf(query).length > 1)
    return (await listRows(session, { query, page: 1, size: 1 }, clock, how)).total;
  const found = await countOf(session, query, until, clock, how);
  const other = found === 0 ? otherForm(query, clock()) : null;
  return other ? countOf(session, other, until, clock, how) : found;
};

const countOf = async (
  session: Session,
  query: Query,
  until: number | undefined,
  clock: () => number,
  how: ReadHow,
): Promise<number | null> => {
  const resource = queryResource(query);
  const bounds = await timeBoundsOf(session, resource, query, until);
  const once = { tries: 1, ...how };
  if (bounds === 'ignored') {
    const bare = withoutTime(query);
    const span = windowOf(query, clock(), until);
    return placesIn(session, resource, bare).count(span, pagesOf(session, bare, resource, once));
  }
  const params = [
    ...toParams(query, clock(), until, bounds),
    ['page', '1'] as const,
    ['page_size', '1'] as const,
  ];
  const answer = await readList(session, query, resource, params, once);
  return totalOf(answer, { page: 1, size: 1, rows: rowsOf(resource, answer).length });
};

/** How many rows came after the moment that a view is pinned at; 0 for lists that cannot be pinned. */
export const countNewer = async (
  session: Session,
  viewed: Query,
  until: number,
  clock: () => number,
  how: ReadHow = {},
): Promise<{ count: number; capped: boolean }> => {
  const query = toServerQuery(viewed);
  const resource = queryResource(query);
  const { pin } = resource;
  if (!pin) return { count: 0, capped: false };
  const { to } = windowOf(query, clock());
  // A view that ends in the past gets no new rows.
  if (to !== null && to <= until) return { count: 0, capped: false };
  const bounds = await session.capabilities.timeBounds(resource, query.parent);
  const newer: Query = {
    ...query,
    filters: { ...query.filters, time: [momentText(until + 1), to === null ? '' : momentText(to)] },
  };
  if (bounds === 'ignored') {
    const count = await countRows(session, newer, undefined, clock, how);
    if (count !== null) return { count, capped: false };
    const { rows } = await listRows(session, { query: newer, page: 1, size: pageSize }, clock, how);
    return { count: rows.length, capped: rows.length === pageSize };
  }
  const ask = async (size: number) => {
    const params = [
      ...toParams(newer, clock(), undefined, bounds),
      ...(resource.capped ? [['enableCap', 'true'] as const] : []),
      ['page', '1'] as const,
      ['page_size', String(size)] as const,
    ];
    const answer = await readList(session, newer, resource, params, { tries: 1, ...how });
    const rows = rowsOf(resource, answer);
    return { answer, rows, total: totalOf(answer, { page: 1, size, rows: rows.length }) };
  };
  const first = await ask(reachOf(bounds) === 0 ? 1 : pageSize);
  // Where nobody counts, as many as come on a page, and perhaps more.
  const isUncounted = first.total === null && first.rows.length > 0;
  const { answer, rows, total } = isUncounted ? await ask(pageSize) : first;
  // Where a bound is moved out, what a server tells apart by microseconds comes along.
  const earlier = rows.filter((row) => Number(valueAt(row, pin.column)) <= until).length;
  if (total === null) return { count: rows.length - earlier, capped: rows.length === pageSize };
  const capped = isCapped(answer, resource);
  // A count that ends says one more than it knows.
  return { count: Math.max(0, total - earlier - (capped ? 1 : 0)), capped };
};

/** One row by its id, secrets masked. Throws `http.not_found` when it is gone. */
export const readRow = async (
  session: Session,
  resourceId: string,
  id: string,
  how: ReadHow = {},
): Promise<Row> => {
  const resource = findResource(resourceId);
  if (!resource?.itemPath)
    throw new DeskError('query.invalid', { where: 'resource', reason: `"${resourceId}" has no pages` });
  const answer = await session.api.read(resource.itemPath, {
    ...how,
    path: pathValues(resource.itemPath, id, resource.fixedPath),
  });
  const [row] = rowsOf({ singleton: true }, answer);
  return maskSecrets(resource, row ?? {});
};
