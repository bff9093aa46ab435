import type { PageOfRows } from '../../core/router';
import type { ErrorValue } from '../../shared/errors';
import { pageSize } from '../../shared/limits';
import type { Seen } from '../state/seen-lists';
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
  /** Unix ms of the oldest answer among the rows on show. */
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
  /** What is shown was seen at `fetchedAt`; nothing has come of it since. */
  seen: boolean;
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
  seen: false,
  byPosition: false,
};

export const rowsIn = (pages: ReadonlyMap<number, PageOfRows>): number =>
  [...pages.values()].reduce((sum, { rows }) => sum + rows.length, 0);

/** The state of a list of which only is shown what was seen before. */
export const seenState = ({ pages, total, capped }: Seen): Partial<ListState> => {
  const { mirror = null, timeBy } = pages.get(0) ?? {};
  return {
    total,
    capped,
    // As old as the oldest of them.
    fetchedAt: Math.min(...[...pages.values()].map(({ fetchedAt }) => fetchedAt)),
    mirror,
    loadedRows: rowsIn(pages),
    seen: true,
    byPosition: timeBy === 'position',
  };
};

/** What page `index` tells of a list; `anew`: it is the first answer of the server, and what was known is from before. */
export const afterPage = (
  state: ListState,
  index: number,
  page: PageOfRows,
  anew: boolean,
): Partial<ListState> => {
  const { total, capped } = state;
  const whole = page.of ?? page.total;
  // What was seen before says nothing of what there is now.
  const known = total !== null && !anew;
  const end = page.capped && page.rows.length < pageSize ? index * pageSize + page.rows.length : null;
  return {
    ...(!known && whole !== null
      ? { total: page.capped ? whole - 1 : whole, capped: page.capped }
      : anew
        ? { total: null, capped: false }
        : {}),
    // Past the cap the end is where a page comes back short (FACTS pagination 4).
    ...(end !== null && capped && page.rows.length > 0 ? { total: end, capped: false } : {}),
    changed: state.changed || (known && !capped && !page.capped && whole !== null && whole !== total),
    until: state.until ?? page.until,
    mirror: page.mirror ?? null,
    byPosition: page.timeBy === 'position',
    fetchedAt: page.fetchedAt,
    seen: false,
    error: null,
    loading: false,
  };
};

/** How many rows fit, where the mirror held them against conditions. */
export const mirroredMatches = ({ of, total }: PageOfRows): Pick<ListState, 'matching' | 'lookedAt'> => ({
  matching: of === undefined ? null : total,
  lookedAt: of ?? total ?? 0,
});
