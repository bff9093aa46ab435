import { DeskError } from '../../shared/errors.ts';
import { pageSize } from '../../shared/limits.ts';
import { momentText, type Query } from '../../shared/query.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import { inOrder } from './ordered-concurrency.ts';
import type { Reader } from './reader.ts';
import { sameMillisecond } from './same-millisecond.ts';

/** Rows that a window should hold: near a page, and rarely more. */
const aimed = 90;
/** Rows of one stretch of time that is walked on its own while others are. */
const stretchRows = 600;
/** Batches of a stretch that may wait for their turn. */
const mostAhead = 8;

/** A stretch of time, both ends inclusive, unix ms. */
type Span = { from: number; to: number };

type Walking = {
  reader: Reader;
  filter: string;
  timeOf: (row: Row | undefined) => number;
  /** All that is asked for. */
  whole: Span;
  /** Ms by which the server's bounds are moved out: rows of the millisecond beyond may come along. */
  reach: number;
};

/** The query for one span of time, which never reaches beyond the whole. */
const within = ({ reader: { query }, filter, whole }: Walking, { from, to }: Span): Query => {
  const held = (time: number) => momentText(Math.min(Math.max(time, whole.from), whole.to));
  return { ...query, filters: { ...query.filters, [filter]: [held(from), held(to)] } };
};

/**
 * The newest rows of a span, a page of them at most. What comes along of the milliseconds beyond belongs to the spans beside it,
 * and at the ends of the whole, where there are none, to this one: the server counts it.
 */
const newestOf = async (walking: Walking, span: Span) => {
  const { reader, timeOf, whole, reach } = walking;
  const query = within(walking, span);
  const from = span.from <= whole.from ? whole.from - reach : span.from;
  const to = span.to >= whole.to ? whole.to + reach : span.to;
  for (let page = 1; ; page += 1) {
    const { rows } = await reader.page({ query, page, size: pageSize });
    // A server, or a proxy before it, that does not hear of times would be walked through for ever.
    if (rows.some((row) => timeOf(row) < span.from - reach || timeOf(row) > span.to + reach))
      throw new DeskError('http.untimely', { where: reader.query.resource });
    const kept = rows.filter((row) => timeOf(row) >= from && timeOf(row) <= to);
    // A whole page shows no end, whatever its total: that may leave rows out.
    const isAll = rows.length < pageSize || rows.some((row) => timeOf(row) < from);
    // A whole page of the millisecond after it: its own rows stand behind.
    if (kept.length > 0 || isAll) return { rows: kept, isAll };
  }
};

/**
 * The rows of a stretch of time, newest first. Each answer is complete by construction: it is less than a page, or
 * it is cut where the time of its last row begins, from where the walk continues.
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
      const query = within(walking, { from: last, to: last });
      const isOwn = (row: Row) => walking.timeOf(row) === last;
      const lacking = yield* sameMillisecond({ reader: walking.reader, query, isOwn });
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
 * however long the list. `rows` is about how many there are, `whole` all that is asked for, of which `span` is what is left
 * to read, `reach` the ms by which the server's bounds are moved out. Throws `DeskError`, `http.untimely` when rows of
 * another time come.
 */
export async function* walkWindows(
  reader: Reader,
  { span, whole, reach }: { span: Span; whole: Span; reach: number },
  rows: number,
): AsyncGenerator<Row[]> {
  const { resource } = reader;
  const walking: Walking = {
    reader,
    filter: resource.filters.find(({ kind }) => kind === 'time')?.id ?? '',
    timeOf: (row) => Number(valueAt(row, resource.pin?.column ?? '')),
    whole,
    reach,
  };
  const width = ((span.to - span.from + 1) * aimed) / Math.max(1, rows);
  const walks = stretches(span, rows).map((stretch) => () => walk(walking, stretch, width));
  yield* inOrder(walks, () => reader.atOnce, mostAhead, reader.signal);
}
