import type { Resource } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import { pathValues, type Query } from '../../shared/query.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import { parseLine } from '../../shared/search/line.ts';
import { hasExpression } from '../../shared/search/search.ts';
import { whoAnswered } from '../client/answer.ts';
import type { ReadAnswer, ReadOptions } from '../client/client.ts';
import type { Session } from '../client/session.ts';
import { asAbsence, isNotSetUp } from './absent.ts';

export type ReadHow = Pick<ReadOptions, 'signal' | 'priority' | 'tries'>;

/** The rows of an answer. Throws `http.unreadable` when it has none. */
export const rowsOf = (
  { rowsAt, singleton }: Pick<Resource, 'rowsAt' | 'singleton'>,
  answer: ReadAnswer,
): Row[] => {
  const { headers } = answer;
  const listed = rowsAt ? valueAt(answer.body, rowsAt) : answer.body;
  const body = singleton ? [answer.body].filter((one) => one !== null) : listed;
  const isRow = (row: unknown): row is Row => typeof row === 'object' && row !== null && !Array.isArray(row);
  // Anything that is not a row keeps its place, so that the others keep theirs.
  if (Array.isArray(body)) return body.map((row: unknown) => (isRow(row) ? row : {}));
  const requestId = headers.get('logto-core-request-id');
  throw new DeskError('http.unreadable', {
    reason: ['expected a list of rows', whoAnswered(headers, '')].filter(Boolean).join('; '),
    ...(requestId ? { requestId } : {}),
  });
};

/** The rows of an answer as places of its list: `page` from 1, of `size` rows, with `rows` in it. */
type Placed = { page: number; size: number; rows: number };

/** The server's total; null where it says none, or one that the answer's own rows belie. */
export const totalOf = ({ headers }: ReadAnswer, { page, size, rows }: Placed): number | null => {
  const text = headers.get('total-number');
  if (text === null || !/^\d+$/.test(text)) return null;
  return rows > 0 && (page - 1) * size + rows > Number(text) ? null : Number(text);
};

/** What a count that ends there comes to, also where a proxy drops the header that says so (FACTS pagination 4). */
const cappedTotal = 10_001;

/** True where the total is a lower bound: there are more (FACTS pagination 4). */
export const isCapped = ({ headers }: ReadAnswer, { capped }: Pick<Resource, 'capped'>): boolean =>
  headers.get('total-number-is-capped') === 'true' ||
  (capped === true && headers.get('total-number') === String(cappedTotal));

/** Reads a list as a request's parameters ask for it. Throws `DeskError`. */
export const readList = (
  session: Session,
  query: Query,
  resource: Resource,
  params: (readonly [string, string])[],
  how: ReadHow,
) =>
  session.api
    .read(resource.path, {
      ...how,
      mayBeWhole: resource.mayBeWhole ?? false,
      params,
      path: pathValues(resource.path, query.parent, resource.fixedPath),
    })
    .catch((error: unknown) => {
      if (asksExpression(query) && error instanceof DeskError && error.detail.status === 500)
        throw new DeskError('query.expression', error.detail, { cause: error });
      if (isNotSetUp(error, resource, query)) return { body: null, headers: new Headers() };
      throw asAbsence(error, resource, query);
    });

/** True when the server has to read an expression, and answers 500 when it cannot (FACTS users, search). */
const asksExpression = ({ filters }: Query): boolean => {
  const [line = ''] = filters.search ?? [];
  const { search } = parseLine(line);
  return search !== null && hasExpression(search);
};
