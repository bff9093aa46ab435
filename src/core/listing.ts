import { findResource, type Resource } from '../shared/catalog/index.ts';
import { DeskError } from '../shared/errors.ts';
import { decomposed } from '../shared/forms.ts';
import { asAsked, pathValues, type Query, queryResource, toParams } from '../shared/query.ts';
import { maskSecrets, type Row, valueAt } from '../shared/row.ts';
import { parseLine } from '../shared/search/line.ts';
import { hasExpression } from '../shared/search/search.ts';
import { whoAnswered } from './client/answer.ts';
import type { ReadAnswer, ReadOptions } from './client/client.ts';
import { joinedPage, partsOf } from './parts.ts';
import type { Session } from './session.ts';

/** Rows of one request; the API's largest page (FACTS pagination). */
export const pageSize = 100;

export type PageAsked = {
  query: Query;
  /** From 0: rows `[index * pageSize, (index + 1) * pageSize)`. */
  index: number;
  /** Moment that the list is held at, unix ms, as an earlier page gave it. */
  until?: number;
};

export type PageOfRows = {
  rows: Row[];
  /** The server's total, or null where it says none. */
  total: number | null;
  /** The total is a lower bound: there are more (FACTS pagination 4). */
  capped: boolean;
  /** Pass it with every further page of the same view, so that new rows shift nothing. */
  until: number | null;
  /** Unix ms. */
  fetchedAt: number;
  requestId: string | null;
  /** Set where the mirror answered: when its rows were seen, and whether all of the list was read then. */
  mirror?: { asOf: number; whole: boolean };
};

export type ReadHow = Pick<ReadOptions, 'signal' | 'priority' | 'tries'>;

const rowsOf = ({ rowsAt, single }: Pick<Resource, 'rowsAt' | 'single'>, answer: ReadAnswer): Row[] => {
  const { headers } = answer;
  const body = single ? [answer.body] : rowsAt ? valueAt(answer.body, rowsAt) : answer.body;
  const isRow = (row: unknown): row is Row => typeof row === 'object' && row !== null && !Array.isArray(row);
  // What is no row keeps its place, so that the others keep theirs.
  if (Array.isArray(body)) return body.map((row: unknown) => (isRow(row) ? row : {}));
  const requestId = headers.get('logto-core-request-id');
  throw new DeskError('http.unreadable', {
    reason: ['a list of rows was expected', whoAnswered(headers, '')].filter(Boolean).join('; '),
    ...(requestId ? { requestId } : {}),
  });
};

const totalOf = ({ headers }: ReadAnswer): number | null => {
  const text = headers.get('total-number');
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
};

const read = (
  session: Session,
  query: Query,
  resource: Resource,
  params: (readonly [string, string])[],
  how: ReadHow,
) =>
  session.api
    .read(resource.path, {
      ...how,
      params,
      path: pathValues(resource.path, query.parent, resource.fixed),
    })
    .catch((error: unknown) => {
      if (asksExpression(query) && error instanceof DeskError && error.detail.status === 500)
        throw new DeskError('query.expression', error.detail, { cause: error });
      throw resource.sometimes ? asNotOffered(error) : error;
    });

/** True when the server has to read an expression, and answers 500 when it cannot (FACTS users, search). */
const asksExpression = ({ filters }: Query): boolean => {
  const [line = ''] = filters.search ?? [];
  const { search } = parseLine(line);
  return search !== null && hasExpression(search);
};

/** What says of a list that not every tenant has that this one has not. */
const isAbsent = (code: string) =>
  code === 'http.not_found' || code === 'http.forbidden' || code === 'http.not_offered';

const asNotOffered = (error: unknown) =>
  error instanceof DeskError && isAbsent(error.code)
    ? new DeskError('http.not_offered', error.detail, { cause: error })
    : error;

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
  const query = asAsked(viewed);
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

const rowsPage = async (
  session: Session,
  { query, page, size, until }: RowsAsked,
  clock: () => number,
  how: ReadHow,
): Promise<PageOfRows> => {
  const resource = queryResource(query);
  const paged = resource.paging !== 'never';
  const answer = await read(
    session,
    query,
    resource,
    [
      ...toParams(query, until ?? clock(), until),
      ...(resource.capped ? [['enableCap', 'true'] as const] : []),
      ...(paged ? [['page', String(page)] as const, ['page_size', String(size)] as const] : []),
    ],
    how,
  );
  const all = rowsOf(resource, answer);
  const rows = paged ? all : all.slice((page - 1) * size, page * size);
  return {
    rows: rows.map((row) => maskSecrets(resource, row)),
    total: paged ? totalOf(answer) : all.length,
    capped: answer.headers.get('total-number-is-capped') === 'true',
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
  const query = asAsked(viewed);
  if (partsOf(query).length > 1)
    return (await listRows(session, { query, page: 1, size: 1 }, clock, how)).total;
  const count = async (asked: Query) => {
    const params = [
      ...toParams(asked, until ?? clock(), until),
      ['page', '1'] as const,
      ['page_size', '1'] as const,
    ];
    return totalOf(await read(session, asked, queryResource(asked), params, { tries: 1, ...how }));
  };
  const found = await count(query);
  const other = found === 0 ? otherForm(query, clock()) : null;
  return other ? count(other) : found;
};

/** How many rows came after the moment that a view is pinned at; 0 for lists that cannot be pinned. */
export const countNewer = async (
  session: Session,
  viewed: Query,
  until: number,
  clock: () => number,
  how: ReadHow = {},
): Promise<{ count: number; capped: boolean }> => {
  const query = asAsked(viewed);
  const resource = queryResource(query);
  const { pin } = resource;
  if (!pin) return { count: 0, capped: false };
  const asked = toParams(query, clock());
  // A view that ends in the past gets no new rows.
  const end = asked.find(([name]) => name === pin.until);
  if (end && Number(end[1]) <= until) return { count: 0, capped: false };
  const params = [
    ...asked.filter(([name]) => name !== pin.since),
    [pin.since, String(until + 1)] as const,
    ...(resource.capped ? [['enableCap', 'true'] as const] : []),
    ['page', '1'] as const,
    ['page_size', '1'] as const,
  ];
  const answer = await read(session, query, resource, params, { tries: 1, ...how });
  return { count: totalOf(answer) ?? 0, capped: answer.headers.get('total-number-is-capped') === 'true' };
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
    path: pathValues(resource.itemPath, id, resource.fixed),
  });
  const [row] = rowsOf({ single: true }, answer);
  return maskSecrets(resource, row ?? {});
};
