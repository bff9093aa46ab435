import { type Query, queryResource, toServerQuery } from '../../shared/query.ts';
import { unreadableOf } from '../../shared/row.ts';
import { backgroundAtOnce } from '../client/limiter.ts';
import type { Session } from '../client/session.ts';
import type { PageOfRows } from '../rows/page.ts';
import { readableRows } from '../rows/readable.ts';
import { Pace } from './adaptive-concurrency.ts';
import type { Sighting } from './unreadable.ts';

/**
 * Pages of a server without a limit of its own that are under way at once at most: twice as many bring a twentieth more (FACTS
 * cost), and hold twice the rows in memory.
 */
export const mostPagesAtOnce = 8;

/** Tries of a page: some minutes without a network are waited for, as nobody sits before a long job. */
const mostTries = 12;

export type PageWanted = {
  /** From 1. */
  page: number;
  /** Rows, 1 to 100. */
  size: number;
  until?: number;
  /** Another query than the harvest's own: a window of it, or a part. */
  query?: Query;
};

/** Reads pages of one list in the background, and learns how many at once the server likes. */
export class Reader {
  readonly #session: Session;
  readonly #clock: () => number;
  readonly query: Query;
  readonly signal: AbortSignal;
  /** Moment that every page is held at, unix ms, where none says another. */
  readonly until: number | undefined;
  /** Null where the limit is so many requests in a time, which any number under way keeps. */
  readonly #pace: Pace | null;
  /** Pages asked for so far. */
  asked = 0;
  /** Rows of pages that the server failed on, each with the query that it was asked in; some perhaps more than once. */
  readonly unreadable: Sighting[] = [];

  /** Moments that have more rows than came, unix ms, and how many lack. */
  readonly crowded: { time: number; rows: number }[] = [];

  constructor(session: Session, query: Query, clock: () => number, signal: AbortSignal, until?: number) {
    this.#session = session;
    this.#clock = clock;
    // A list that the server is asked for instead has its own order, and its own ways to find what pages keep back.
    this.query = toServerQuery(query);
    this.signal = signal;
    this.until = until;
    this.#pace = session.profile.kind === 'cloud' ? null : new Pace(() => performance.now(), mostPagesAtOnce);
  }

  /** Requests that should be under way now. */
  get atOnce(): number {
    return this.#pace?.level ?? backgroundAtOnce;
  }

  get resource() {
    return queryResource(this.query);
  }

  /** A page; `unreadableRow` in the place of a row that the server fails on. Throws `DeskError`. */
  async page({ page, size, until = this.until, query = this.query }: PageWanted): Promise<PageOfRows> {
    const started = performance.now();
    let asked = 0;
    const answer = await readableRows(
      this.#session,
      { query, page, size, ...(until === undefined ? {} : { until }) },
      this.#clock,
      { priority: 'background', signal: this.signal, tries: mostTries },
      () => {
        asked += 1;
        this.asked += 1;
      },
    );
    if (asked === 1) this.#pace?.answered(performance.now() - started);
    for (const row of answer.rows) {
      const which = unreadableOf(row);
      if (which) this.unreadable.push({ which, query });
    }
    return answer;
  }
}
