import type { Query } from '../../shared/query.ts';
import type { Row } from '../../shared/row.ts';

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
  /** Set where the mirror held conditions against rows: how many rows those were, `total` is how many fit. */
  of?: number;
  /** The total is a lower bound: there are more (FACTS pagination 4). */
  capped: boolean;
  /** Pass it with every further page of the same view, so that new rows shift nothing. */
  until: number | null;
  /** Unix ms. */
  fetchedAt: number;
  requestId: string | null;
  /** Set where the time asked for was found by place, as the server knows no bounds of time. */
  timeBy?: 'position';
  /** Moments, unix ms, whose rows stand on two of the server's pages that this one is made of: some may be in neither. */
  cut?: number[];
  /** Set where the mirror answered: when its rows were seen, and whether all of the list was read then. */
  mirror?: { asOf: number; whole: boolean };
};
