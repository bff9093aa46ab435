import { resourceOf } from '../../shared/catalog/index.ts';
import type { RowOf } from '../../shared/catalog/row-of.ts';
import { rowIdOf, rowLabelOf, unreadableOf } from '../../shared/row.ts';
import type { MirrorAbout } from '../mirror/calls.ts';
import type { How } from '../tenants/row-source.ts';
import type { Tenant } from '../tenants/tenants.ts';
import {
  type Counted,
  countedBy,
  firstRows,
  type Known,
  knownBy,
  numberOf,
  type Trend,
  trendOf,
} from './counted.ts';

/** Users that are shown as the newest. */
const newestUsers = 5;

/** How a tenant's server answered: ms that a page of one user took, its token not counted. */
export type Reached = { ms: number; at: number };

/**
 * Asks the server for one user, once. Throws `DeskError` where it does not answer, `snapshot.no_server` where there is none.
 */
export const readReach = async (tenant: Tenant, clock: () => number, { signal }: How): Promise<Reached> => {
  const { tokens, api } = tenant.server();
  await tokens.get();
  const started = performance.now();
  await api.read('/api/users', {
    params: [
      ['page', '1'],
      ['page_size', '1'],
    ],
    tries: 1,
    ...(signal ? { signal } : {}),
  });
  return { ms: Math.round(performance.now() - started), at: clock() };
};

export type NewUser = { id: string; name: string; createdAt: number | null };

/** How many users there are, and the newest of them. */
export const readUsers = async ({ rows }: Tenant, how: How): Promise<Counted & { newest: NewUser[] }> => {
  const users = resourceOf('users');
  const page = await firstRows(rows, users.id, newestUsers, how);
  const counted = countedBy(page);
  const newest = page.rows
    .filter((row) => !unreadableOf(row))
    .map((row: RowOf<'users'>) => ({
      id: rowIdOf(users, row),
      name: rowLabelOf(users, row),
      createdAt: numberOf(row.createdAt),
    }));
  if (counted.total !== null || page.mirror) return { ...counted, newest };
  // A proxy dropped the total: the dashboard has it, too.
  const { rows: totals } = await firstRows(rows, 'user-total', 1, how).catch(() => ({ rows: [] }));
  const [totalled]: readonly RowOf<'user-total'>[] = totals;
  return { ...counted, newest, total: numberOf(totalled?.totalUserCount) };
};

/** How many rows a list has. */
export const readCount = async ({ rows }: Tenant, list: string, how: How): Promise<Counted> =>
  countedBy(await firstRows(rows, list, 1, how));

/** Users who came today and in the last seven days. */
export type NewUsers = Known & { today: Trend; week: Trend };

export const readNewUsers = async ({ rows }: Tenant, how: How): Promise<NewUsers> => {
  const page = await firstRows(rows, 'new-users', 1, how);
  const [row]: readonly RowOf<'new-users'>[] = page.rows;
  return { ...knownBy(page), today: trendOf(row?.today), week: trendOf(row?.last7Days) };
};

/** Users who were active on a day, in a week and in a month. */
export type ActiveUsers = Known & { day: Trend; week: Trend; month: Trend };

export const readActiveUsers = async ({ rows }: Tenant, how: How): Promise<ActiveUsers> => {
  const page = await firstRows(rows, 'active-users', 1, how);
  const [row]: readonly RowOf<'active-users'>[] = page.rows;
  return {
    ...knownBy(page),
    day: trendOf(row?.dau),
    week: trendOf(row?.wau),
    month: trendOf(row?.mau),
  };
};

/** How old what is kept of a tenant on this computer is. Times in unix ms. */
export type CopyAge = {
  /** When the list that was read longest ago was read whole; null where none was. */
  wholeAt: number | null;
  /** Lists that were read whole. */
  lists: number;
  /** When anything was last seen; null where nothing is kept. */
  seenAt: number | null;
  /** Bytes. */
  size: number;
};

export const copyAge = ({ lists, size }: MirrorAbout): CopyAge => {
  const whole = lists.flatMap(({ wholeAt }) => (wholeAt === null ? [] : [wholeAt]));
  const seen = lists.map(({ seenAt }) => seenAt);
  return {
    wholeAt: whole.length > 0 ? Math.min(...whole) : null,
    lists: whole.length,
    seenAt: seen.length > 0 ? Math.max(...seen) : null,
    size,
  };
};
