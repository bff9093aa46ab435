import type { ErrorValue } from '../../shared/errors';
import type { ScanProgress } from './scan';

/** What is known of a list while it is looked at. */
export type ListState = {
  /** Rows of the view in all, as far as known; conditions that the API does not know leave it as it is. */
  total: number | null;
  /** `total` is only a lower bound. */
  capped: boolean;
  loadedRows: number;
  /** Moment that the list is held at, unix ms. */
  until: number | null;
  /** Unix ms of the newest answer. */
  fetchedAt: number | null;
  /** The server's total changed since the first page. */
  changed: boolean;
  error: ErrorValue | null;
  loading: boolean;
  /** Rows that fit the local conditions; null where there are none. */
  matching: number | null;
  /** Rows that are here, or that local conditions and order were held against. */
  lookedAt: number;
  /** Those rows are the first ones of the view. */
  fromTop: boolean;
  /** The reading of all rows, which conditions are held against; null where nobody asked for it. */
  scan: ScanProgress | null;
  /** The mirror answered: when its rows were seen, unix ms, and whether it has all of the list. */
  mirror: { asOf: number; whole: boolean } | null;
  /** The time asked for was found by position: the server knows no bounds of time. */
  byPosition: boolean;
};

export const blankState: ListState = {
  total: null,
  capped: false,
  loadedRows: 0,
  until: null,
  fetchedAt: null,
  changed: false,
  error: null,
  loading: true,
  matching: null,
  lookedAt: 0,
  fromTop: true,
  scan: null,
  mirror: null,
  byPosition: false,
};
