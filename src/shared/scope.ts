/** What is known while conditions, an order or a count are held against rows. All numbers in rows. */
export type Looked = {
  /** Rows that fit. */
  matches: number;
  /** Rows that were looked at, each counted once. */
  lookedAt: number;
  /** Rows that the view has; null where that is not known. */
  total: number | null;
  /** `total` is a lower bound. */
  capped: boolean;
  /** The rows looked at are the first of the view. */
  fromTop: boolean;
  /** More rows are being looked at. */
  running: boolean;
  /** What reading all rows came to; null where that has not happened. */
  read: { complete: boolean } | null;
  /** The rows are those of the copy on this computer. */
  copy: { whole: boolean } | null;
};

/**
 * Which rows a number is about. `all` and `copy` are all there are, of the view or of its complete copy; `partialCopy` is
 * what happens to be copied; `unproved` was read to the end, and some may lack; `first` and `some` are a part of it, and
 * `open` a part of nobody knows how many.
 */
export type Scope = {
  kind: 'all' | 'copy' | 'partialCopy' | 'unproved' | 'first' | 'some' | 'open';
  lookedAt: number;
  /** Never less than `lookedAt`. */
  total: number | null;
  capped: boolean;
};

const kindOf = ({ lookedAt, total, capped, fromTop, running, read, copy }: Looked): Scope['kind'] => {
  const seenAll = !running && (read !== null || (total !== null && !capped && lookedAt >= total));
  if (seenAll && copy) return copy.whole ? 'copy' : 'partialCopy';
  if (seenAll) return read === null || read.complete ? 'all' : 'unproved';
  if (total === null) return 'open';
  return fromTop ? 'first' : 'some';
};

export const scopeOf = (looked: Looked): Scope => {
  const { lookedAt, total, capped } = looked;
  return {
    kind: kindOf(looked),
    lookedAt,
    total: total === null ? null : Math.max(total, lookedAt),
    capped: capped && total !== null && total >= lookedAt,
  };
};

/** True when what is said holds for every row that there is: only then may a screen say *no rows*. */
export const holdsForAll = (looked: Looked): boolean => ['all', 'copy'].includes(kindOf(looked));

/** Rows that fit and are shown at most; past that a view belongs in an export. */
export const mostFound = 200_000;

/** Requests that reading a view may cost without being asked for. */
export const mostByItself = 50;

/**
 * About how many requests reading so many rows costs. Windows of time (`byTime`) are filled less than pages; pages are read to
 * the one that is not full, and the first again, to see what came meanwhile.
 */
export const requestsFor = (rows: number, byTime: boolean): number => {
  if (byTime) return Math.ceil(rows / 75) + 1;
  return rows < 100 ? 1 : Math.floor(rows / 100) + 2;
};

/** True when the rest may be looked at without being asked for: it is known to cost little. */
export const readsByItself = (looked: Looked, byTime: boolean): boolean => {
  const { running, read, total, capped, copy } = looked;
  if (running || read !== null || holdsForAll(looked) || total === null || capped) return false;
  return copy !== null || requestsFor(total, byTime) <= mostByItself;
};

/** Seconds until all of it is looked at; null where that cannot be told. */
export const secondsLeft = (
  { lookedAt, total }: Pick<Looked, 'lookedAt' | 'total'>,
  elapsedMs: number,
): number | null => {
  if (total === null || lookedAt === 0 || elapsedMs <= 0) return null;
  return (Math.max(0, total - lookedAt) * elapsedMs) / lookedAt / 1000;
};

/** The phrase that says of a scope which rows it is, and the number in it that decides between one and many. */
export type ScopeWords = {
  key: 'all' | 'copy' | 'partialCopy' | 'unproved' | 'unprovedOf' | 'first' | 'some' | 'open';
  count: number;
  lookedAt: number;
  total: number;
  atLeast: boolean;
};

export const scopeWords = ({ kind, lookedAt, total, capped }: Scope): ScopeWords => {
  const lacks = kind === 'unproved' && total !== null && total > lookedAt;
  const isPart = kind === 'first' || kind === 'some' || lacks;
  return {
    key: lacks ? 'unprovedOf' : kind,
    count: isPart ? (total ?? lookedAt) : lookedAt,
    lookedAt,
    total: total ?? lookedAt,
    atLeast: isPart && capped,
  };
};
