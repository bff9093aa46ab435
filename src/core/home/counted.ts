import type { PageOfRows } from '../rows/page.ts';
import type { How, RowSource } from '../tenants/row-source.ts';

/** Where what is said comes from, and of when it is. */
export type Known = {
  /** Unix ms. */
  asOf: number;
  /** Set where the copy answered: whether all of the list was read then. */
  copy?: { whole: boolean };
};

/** How many rows a list has. */
export type Counted = Known & {
  /** Null where nobody says it: a server behind a proxy that drops it, a copy that has some of the rows. */
  total: number | null;
  /** There are more (FACTS pagination 4). */
  capped: boolean;
};

export const knownBy = ({ fetchedAt, mirror }: Pick<PageOfRows, 'fetchedAt' | 'mirror'>): Known =>
  mirror ? { asOf: mirror.asOf, copy: { whole: mirror.whole } } : { asOf: fetchedAt };

export const countedBy = (page: PageOfRows): Counted => ({
  ...knownBy(page),
  // Of rows that were looked at by chance, their number says nothing of the list.
  total: page.mirror && !page.mirror.whole ? null : page.total,
  capped: page.capped,
});

/** The first rows of a list, `size` of them. */
export const firstRows = (
  { profile, rows }: RowSource,
  resource: string,
  size: number,
  how: How,
): Promise<PageOfRows> =>
  rows(
    { query: { profile: profile.id, resource, filters: {} }, page: 1, size },
    { ...how, joinsLater: true },
  );

/** A number of the tenant's dashboard and its change since the time before; null where the answer has none. */
export type Trend = { count: number | null; change: number | null };

/** A number of an answer, where it is one. */
export const numberOf = (told: number | null | undefined): number | null =>
  typeof told === 'number' ? told : null;

export const trendOf = (
  told: { count?: number | null; delta?: number | null } | null | undefined,
): Trend => ({ count: numberOf(told?.count), change: numberOf(told?.delta) });
