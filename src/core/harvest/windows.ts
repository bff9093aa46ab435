import { DeskError } from '../../shared/errors.ts';
import type { Query } from '../../shared/query.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import { pageSize } from '../listing.ts';
import { crowd } from './crowd.ts';
import { inOrder } from './in-order.ts';
import type { Reader } from './reader.ts';

/** Rows that a window should hold: near a page, and rarely more. */
const aimed = 90;
/** Rows of one stretch of time that is walked on its own while others are. */
const stretchRows = 600;
/** Batches of a stretch that may wait for their turn. */
const mostAhead = 8;
const outside = 'rows came that are not of the time that was asked for';

/** A stretch of time, both ends inclusive, unix ms. */
type Span = { from: number; to: number };

type Walking = { reader: Reader; filter: string; timeOf: (row: Row | undefined) => number; end: number };

/** The query for one span of time. */
const within = (query: Query, filter: string, { from, to }: Span): Query => ({
  ...query,
  filters: { ...query.filters, [filter]: [String(from), String(to)] },
});

/** What a server counts as at or before `to` and shows as `to`: it compares microseconds, and shows milliseconds. */
const through = (to: number, end: number): number => Math.min(to + 1, end);

/** A page of the newest rows of a span, those of the millisecond after it left out: they were read before. */
const newestOf = async ({ reader, filter, timeOf, end }: Walking, { from, to }: Span) => {
  const ask = async (until: number) => {
    const query = within(reader.query, filter, { from, to: until });
    const { rows, total } = await reader.page({ query, page: 1, size: pageSize });
    // A server, or a proxy before it, that does not hear of times would be walked through for ever.
    if (rows.some((row) => timeOf(row) < from || timeOf(row) > until))
      throw new DeskError('http.unreadable', { where: reader.query.resource, reason: outside });
    const kept = rows.filter((row) => timeOf(row) <= to);
    return { rows: kept, isAll: rows.length < pageSize || rows.length === total };
  };
  const answer = await ask(through(to, end));
  // A whole page of the millisecond after it: so many stand at its very beginning only.
  return answer.rows.length > 0 || answer.isAll ? answer : ask(to);
};

/**
 * The rows of a stretch of time, newest first. Each answer is complete by construction: its total is at most a page, or
 * it is cut where the time of its last row begins, from where the walk goes on.
 */
async function* walk(walking: Walking, span: Span, width: number): AsyncGenerator<Row[]> {
  let to = span.to;
  let wide = Math.max(1, width);
  while (to >= span.from) {
    const from = Math.max(span.from, Math.floor(to - wide) + 1);
    const { rows, isAll } = await newestOf(walking, { from, to });
    if (isAll) {
      if (rows.length > 0) yield rows;
      to = from - 1;
      wide *= Math.max(0.25, Math.min(16, aimed / Math.max(1, rows.length)));
      continue;
    }
    // More than a page: all rows newer than the last one's time are here, those of that time may not be.
    const last = walking.timeOf(rows.at(-1));
    const whole = rows.filter((row) => walking.timeOf(row) > last);
    if (whole.length > 0) {
      yield whole;
      wide = Math.max(1, ((to - last) * aimed) / whole.length);
      to = last;
    } else if (Number.isFinite(last)) {
      const query = within(walking.reader.query, walking.filter, {
        from: last,
        to: through(last, walking.end),
      });
      const isOwn = (row: Row) => walking.timeOf(row) === last;
      const lacking = yield* crowd({ reader: walking.reader, query, isOwn });
      if (lacking > 0) walking.reader.crowded.push({ time: last, rows: lacking });
      to = last - 1;
    } else return;
  }
}

/** Stretches of equal length from the newest to the oldest. */
const stretches = ({ from, to }: Span, rows: number): Span[] => {
  const count = Math.max(1, Math.min(to - from + 1, Math.ceil(rows / stretchRows)));
  const length = (to - from + 1) / count;
  return Array.from({ length: count }, (_, n) => ({
    from: n === count - 1 ? from : Math.floor(to - (n + 1) * length) + 1,
    to: Math.floor(to - n * length),
  }));
};

/**
 * Every row of a list that can be cut by time, newest first, without a deep page: the cost of a row stays the same
 * however long the list. `rows` is about how many there are, `end` the moment that the server is asked up to, unix ms.
 * Throws `DeskError`.
 */
export async function* walkWindows(
  reader: Reader,
  span: Span,
  rows: number,
  end: number,
): AsyncGenerator<Row[]> {
  const { resource } = reader;
  const walking: Walking = {
    reader,
    filter: resource.filters.find(({ kind }) => kind === 'time')?.id ?? '',
    timeOf: (row) => Number(valueAt(row, resource.pin?.column ?? '')),
    end,
  };
  const width = ((span.to - span.from + 1) * aimed) / Math.max(1, rows);
  const walks = stretches(span, rows).map((stretch) => () => walk(walking, stretch, width));
  yield* inOrder(walks, () => reader.atOnce, mostAhead, reader.signal);
}
