import { TimeLimitError, withinTime } from '../core/base/time-limit.ts';
import { isEndlessPattern } from '../shared/search/search.ts';
import { failure, invalidInput, json, missingId } from './answer.ts';
import type { Json } from './json.ts';
import { paged, pageOf } from './pagination.ts';
import type { Route } from './route.ts';
import type { Tenant } from './tenant.ts';
import { unstableSlice } from './ties.ts';
import type { UserRow } from './user-data.ts';
import { RefusedSearch, userTest } from './user-search.ts';

export const byId = (rows: readonly Json[], id: string) => rows.find((row) => row.id === id);
export const withoutPassword = ({ hasPassword: _, ...user }: UserRow) => user;
export const featured = (tenant: Tenant, members: ReadonlySet<string>) =>
  tenant.users
    .filter((user) => members.has(user.id))
    .slice(0, 3)
    .map(({ id, avatar, name }) => ({ id, avatar, name }));

/** Filters of the users list besides its search. */
const membershipTest = (tenant: Tenant, query: URLSearchParams) => {
  const role = query.get('excludeRoleId');
  const organization = query.get('excludeOrganizationId');
  const left = [
    role && tenant.usersByRole.get(role),
    organization && tenant.usersByOrganization.get(organization),
  ];
  const excluded = left.filter((set): set is Set<string> => set instanceof Set);
  return excluded.length ? (user: UserRow) => !excluded.some((set) => set.has(user.id)) : null;
};

/** The demo runs in the app's own process: an expression that does not end must not hold it up. */
const expressionMs = 750;

/** Looks through users; an expression that takes too long is answered as one that cannot be read. */
const inTime = <Rows>(query: URLSearchParams, look: () => Rows): Rows => {
  const isExpression = [...query].some(
    ([name, value]) =>
      (name.startsWith('mode') && (value === 'posix' || value === 'similar_to')) ||
      (name.startsWith('search') && isEndlessPattern(value)),
  );
  if (!isExpression) return look();
  try {
    return withinTime(expressionMs, look);
  } catch (error) {
    if (error instanceof TimeLimitError) throw new RefusedSearch(500, 'Internal server error.');
    throw error;
  }
};

const found = new WeakMap<Tenant, Map<string, { version: number; rows: UserRow[] }>>();

/** Users that pass a request's search, remembered for the pages that follow. */
const usersOf = (tenant: Tenant, query: URLSearchParams): readonly UserRow[] => {
  const tests = [userTest(query), membershipTest(tenant, query)].filter((test) => test !== null);
  if (tests.length === 0) return tenant.users;
  const key = [...query].filter(([name]) => !name.startsWith('page')).join('&');
  const cache = found.get(tenant) ?? new Map();
  found.set(tenant, cache);
  const known = cache.get(key);
  if (known?.version === tenant.version) return known.rows;
  const rows = inTime(query, () => tenant.users.filter((user) => tests.every((test) => test(user))));
  if (cache.size > 50) cache.clear();
  cache.set(key, { version: tenant.version, rows });
  return rows;
};

export const listUsers: Route = ({ tenant, asked }) => {
  const page = pageOf(asked.query);
  if (!page) return failure(asked, 400, 'guard.invalid_pagination');
  try {
    const rows = usersOf(tenant, asked.query);
    return paged(asked, page, {
      total: rows.length,
      rows: (offset, limit) => unstableSlice(rows, offset, limit, tenant.tieRate),
    });
  } catch (error) {
    if (!(error instanceof RefusedSearch)) throw error;
    return error.status === 400 ? invalidInput(error.message) : json({ message: error.message }, 500);
  }
};

export const membersOf = (
  tenant: Tenant,
  members: ReadonlySet<string>,
  query: URLSearchParams,
  keyword: string | null,
) => {
  const test = userTest(query);
  const word = keyword?.toLowerCase();
  return inTime(query, () =>
    tenant.users.filter(
      (user) =>
        members.has(user.id) &&
        (!test || test(user)) &&
        (!word ||
          [user.id, user.name, user.username, user.primaryEmail, user.primaryPhone].some((text) =>
            text?.toLowerCase().includes(word),
          )),
    ),
  );
};

/** A row by its id, or the 404 that names the table. */
export const one =
  (rows: (tenant: Tenant) => readonly Json[], table: string): Route =>
  ({ tenant, id }) => {
    const row = byId(rows(tenant), id);
    return row ? json(row) : missingId(table, id);
  };
