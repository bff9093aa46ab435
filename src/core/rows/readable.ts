import { resourceOf } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import { pastEnd } from '../../shared/limits.ts';
import { type Query, queryResource, toServerQuery } from '../../shared/query.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import { isFailure } from '../client/failure.ts';
import type { Session } from '../client/session.ts';
import { cutWhereItFails } from './cut-page.ts';
import type { ReadHow } from './list-answer.ts';
import { listRows, readRow } from './listing.ts';
import type { PageOfRows } from './page.ts';
import { joinedPage, partsOf } from './parts.ts';

export type RowsAsked = { query: Query; page: number; size: number; until?: number };

/**
 * One page of a list, as `listRows` reads it, also where the server fails on a row in it: such a page is cut smaller until
 * the row stands alone, and `unreadableRow` stands in its place. A server that fails on a page without rows, too, fails
 * altogether, and its error is thrown. `onAsk` is told of each request. Throws `DeskError`.
 */
export const readableRows = async (
  session: Session,
  asked: RowsAsked,
  clock: () => number,
  how: ReadHow = {},
  onAsk: () => void = () => {},
): Promise<PageOfRows> => {
  const pieces = partsOf(toServerQuery(asked.query));
  if (pieces.length > 1)
    return joinedPage(session, pieces, asked, clock, (query, page, size) =>
      readableRows(session, { query, page, size }, clock, how, onAsk),
    );
  const ask = (page: number, size: number) => {
    onAsk();
    return listRows(session, { ...asked, page, size }, clock, how);
  };
  const resource = queryResource(toServerQuery(asked.query));
  if (resource.paging === 'never') return ask(asked.page, asked.size);
  const column = resource.pin?.column ?? 'createdAt';
  const answer = await cutWhereItFails(ask, asked, column);
  const [top] = answer.rows;
  if (asked.page !== 1 || answer.until !== null || !resource.pin || !top) return answer;
  // A list whose newest row cannot be read is held at now, so that this row is in it.
  const time = valueAt(top, column) ?? clock();
  return { ...answer, until: typeof time === 'number' ? time : null };
};

/**
 * One row by its id, as `readRow` reads it. Throws `http.row` where the server fails on this row and answers what has
 * none.
 */
export const readableRow = async (
  session: Session,
  resource: string,
  id: string,
  clock: () => number,
  how: ReadHow = {},
): Promise<Row> => {
  try {
    return await readRow(session, resource, id, how);
  } catch (error) {
    if (!isFailure(error) || resourceOf(resource).paging === 'never') throw error;
    const query = { profile: session.profile.id, resource, filters: {} };
    const answers = await listRows(session, { query, page: pastEnd, size: 1 }, clock, how).catch(() => null);
    if (!answers) throw error;
    throw new DeskError('http.row', { ...error.detail, where: resource }, { cause: error });
  }
};
