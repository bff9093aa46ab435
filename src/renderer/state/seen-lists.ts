import type { PageOfRows } from '../../core/router';
import { pageSize } from '../../shared/limits';
import { heldAt, joinedColumns, type Query } from '../../shared/query';
import { isNarrowed, viewOf } from '../../shared/view';
import { api } from '../link/api';
import { useLocked } from './lock';

/** Lists that were looked at, kept until others take their place: of each the pages that were in sight, and the first. */
const mostLists = 40;
/** How long a page that was asked for ahead counts as the answer to opening its list, ms: on its way, and once it came. */
const aheadCountsMs = 5_000;

/** What was seen of a list. */
export type Seen = {
  pages: ReadonlyMap<number, PageOfRows>;
  total: number;
  capped: boolean;
  /** The row at the upper edge of the grid, from 0. */
  top: number;
};

type Request = { page: Promise<PageOfRows>; cancel: () => void };

/** A first page that is on its way, or that came and was not looked at yet. */
export type Asked = Request & {
  /** The view's filters, with the time that they were asked with. */
  filters: Query['filters'];
};

type Underway = Asked & { ahead: boolean; askedAt: number; answeredAt: number | null };

/** Of loaded pages the first and those in sight, `[first row, last row]`. */
export const inSight = (
  pages: ReadonlyMap<number, PageOfRows>,
  [firstRow, lastRow]: readonly [number, number],
): Map<number, PageOfRows> => {
  const [first, last] = [Math.floor(firstRow / pageSize), Math.floor(lastRow / pageSize)];
  return new Map([...pages].filter(([index]) => index === 0 || (index >= first && index <= last)));
};

const seen = new Map<string, Seen>();
const underway = new Map<string, Underway>();
/** Grows with every forgetting, of one tenant or of all: what began before it is not kept. */
const rounds = new Map<string, number>();
let allRounds = 0;

const keyOf = ({ profile, resource, parent, filters }: Query): string =>
  JSON.stringify([profile, resource, parent ?? null, Object.entries(filters).sort()]);

/** True where both show the same rows of the same list: columns, conditions and order aside. */
export const isSameList = (one: Query, other: Query): boolean => keyOf(one) === keyOf(other);

const isOf = (profile: string) => (key: string) => JSON.parse(key)[0] === profile;

/** What has to be the same when something of a tenant is to be kept. */
const roundOf = (profile: string): number => allRounds + (rounds.get(profile) ?? 0);

/** True for a view that the server answers as it is: no conditions, order or columns that others have to work out. */
const isPlain = (query: Query): boolean =>
  viewOf(query).kind === 'list' &&
  (query.where ?? []).length === 0 &&
  query.sort === undefined &&
  joinedColumns(query).length === 0;

/** Asks for a view's first page, `filters` being its own with the time that it is asked with. */
const askPage = (asked: Query, filters: Query['filters'], ahead: boolean): Request => {
  const control = new AbortController();
  const query = { ...asked, filters, columns: undefined, where: undefined, sort: undefined };
  const page = api.list.page.query(
    { query, index: 0, priority: ahead ? 'background' : 'visible' },
    { signal: control.signal },
  );
  return { page, cancel: () => control.abort() };
};

/**
 * What was asked for ahead may wait for the turn of a job, or be on its way already: of that and of what is asked now, the
 * answer that comes first.
 */
const soonerOf = (before: Request, now: Request): Request => {
  const cancel = () => {
    before.cancel();
    now.cancel();
  };
  const page = Promise.race([before.page.catch(() => now.page), now.page]);
  page.then(cancel, cancel);
  return { page, cancel };
};

/** Drops pages that nobody took yet. */
const dropUnderway = (isMeant: (key: string, one: Underway) => boolean) => {
  for (const [key, one] of [...underway]) if (isMeant(key, one)) one.cancel();
};

/**
 * Asks for a view's first page, before anything is there to show it. `ahead`: the operator may be about to open it; it is
 * asked as jobs are, and takes no turn from what is looked at.
 */
export const askFirstPage = (asked: Query, ahead = false) => {
  if (!isPlain(asked) || useLocked.getState().locked) return;
  const key = keyOf(asked);
  const known = underway.get(key);
  if (known && (ahead || !known.ahead || known.answeredAt !== null)) return;
  const askedAt = Date.now();
  // A search would be made twice by the server, and an older page is of another moment: those are asked anew.
  const counts = known && !isNarrowed(asked) && askedAt - known.askedAt < aheadCountsMs;
  const before = counts ? known : undefined;
  if (!before) known?.cancel();
  // A hand is at one list at a time, and browsers ask for few things at once.
  if (ahead) dropUnderway((_, one) => one.ahead && one.answeredAt === null);
  const filters = before?.filters ?? heldAt(asked, askedAt).filters;
  const now = askPage(asked, filters, ahead);
  const { page, cancel } = before ? soonerOf(before, now) : now;
  const drop = () => {
    if (underway.get(key) === made) underway.delete(key);
  };
  const made: Underway = {
    filters,
    page,
    ahead,
    askedAt,
    answeredAt: null,
    cancel: () => {
      drop();
      cancel();
    },
  };
  underway.set(key, made);
  page.then(() => {
    made.answeredAt = Date.now();
    setTimeout(drop, aheadCountsMs);
  }, drop);
};

/** The first page of a view that somebody asked for before its list was there; one takes it, and it is its own. */
export const takeFirstPage = (query: Query): Asked | null => {
  if (!isPlain(query)) return null;
  const key = keyOf(query);
  const found = underway.get(key);
  if (!found) return null;
  // It may wait for a job's turn: asked anew, it goes before.
  if (found.ahead && found.answeredAt === null) askFirstPage(query);
  const taken = underway.get(key) ?? null;
  underway.delete(key);
  return taken;
};

/** What keeps what is seen of a view, unless its tenant was forgotten since. Nothing is kept of an empty list. */
export const keeperOf = (query: Query) => {
  const round = roundOf(query.profile);
  return (list: Seen) => {
    if (!isPlain(query) || useLocked.getState().locked || round !== roundOf(query.profile)) return;
    if (list.pages.size === 0 || list.total === 0) return;
    const key = keyOf(query);
    seen.delete(key);
    seen.set(key, list);
    const [oldest] = seen.keys();
    if (seen.size > mostLists && oldest !== undefined) seen.delete(oldest);
  };
};

/** What was seen of a view, if it is kept. */
export const seenOf = (query: Query): Seen | null =>
  isPlain(query) ? (seen.get(keyOf(query)) ?? null) : null;

/** Drops the page of a view that nobody took yet: one of now is asked for. */
export const dropFirstPage = (query: Query) => underway.get(keyOf(query))?.cancel();

/** Drops the pages of a tenant that nobody took yet: it was changed since they were asked for. */
export const dropFirstPages = (profile: string) => dropUnderway(isOf(profile));

/** Forgets what was seen of a tenant, or of all: nothing of it outlives a lock, a removal, or another address. */
export const forgetSeen = (profile?: string) => {
  const forgets = profile === undefined ? () => true : isOf(profile);
  if (profile === undefined) allRounds += 1;
  else rounds.set(profile, (rounds.get(profile) ?? 0) + 1);
  for (const key of [...seen.keys()].filter(forgets)) seen.delete(key);
  dropUnderway(forgets);
};
