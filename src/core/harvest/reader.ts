import type { Query } from '../../shared/query.ts';
import { queryResource } from '../../shared/query.ts';
import { listRows, type PageOfRows } from '../listing.ts';
import type { Session } from '../session.ts';
import { Pace } from './pace.ts';

/** Requests of one harvest under way at most; past some sixteen a server gains nothing (FACTS cost). */
const mostAtOnce = 16;
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
  readonly pace: Pace;
  /** Pages asked for so far. */
  asked = 0;

  constructor(session: Session, query: Query, clock: () => number, signal: AbortSignal) {
    this.#session = session;
    this.#clock = clock;
    this.query = query;
    this.signal = signal;
    this.pace = new Pace(clock, mostAtOnce);
  }

  get resource() {
    return queryResource(this.query);
  }

  /** A page. Throws `DeskError`. */
  async page({ page, size, until, query = this.query }: PageWanted): Promise<PageOfRows> {
    this.asked += 1;
    const answer = await listRows(
      this.#session,
      { query, page, size, ...(until === undefined ? {} : { until }) },
      this.#clock,
      { priority: 'background', signal: this.signal, tries: mostTries },
    );
    this.pace.answered(answer.rows.length);
    return answer;
  }
}
