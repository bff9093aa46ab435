import { type Access, accessGroups, type Holding, type Unread } from '../../shared/access.ts';
import { resourceOf } from '../../shared/catalog/index.ts';
import type { RowOf } from '../../shared/catalog/row-of.ts';
import { DeskError, errorValueOf } from '../../shared/errors.ts';
import { pageSize } from '../../shared/limits.ts';
import type { Query } from '../../shared/query.ts';
import { type Row, rowIdOf, rowLabelOf } from '../../shared/row.ts';
import type { Pages } from './pages.ts';
import type { How } from './row-source.ts';

/** Who has access: a user or an application. */
export const accessLists = ['users', 'applications'] as const;
export type AccessAsked = { profile: string; list: (typeof accessLists)[number]; id: string };

/** Pages of one list that are read at most: nobody looks through more permissions than these hold. */
const mostPages = 20;
/** Lists that are read at the same time; past four a server gains little (FACTS cost). */
const atOnce = 4;

type Reading = { pages: Pick<Pages, 'page' | 'names'>; how: How; unread: Unread[]; ages: number[] };

/** All rows of a list; of one that cannot be read those that could, and why is noted. Throws when the asking is ended. */
const rowsOf = async (
  query: Query,
  of: string | null,
  { pages, how, unread, ages }: Reading,
): Promise<Row[]> => {
  const rows: Row[] = [];
  const failed = (error: DeskError) => {
    unread.push({ list: query.resource, of, error: errorValueOf(error) });
    return rows;
  };
  try {
    for (let index = 0; index < mostPages; index += 1) {
      const page = await pages.page({ query, index }, how);
      rows.push(...page.rows);
      if (page.mirror) ages.push(page.mirror.asOf);
      if (page.mirror && !page.mirror.whole)
        return failed(new DeskError('mirror.empty', { where: query.resource }));
      // Where nobody says how many there are, a page that is not full is the last one.
      const isLast = page.total === null ? page.rows.length < pageSize : rows.length >= page.total;
      if (page.rows.length === 0 || isLast) return rows;
    }
    return failed(new DeskError('internal', { where: query.resource }));
  } catch (error) {
    if (how.signal?.aborted || !(error instanceof DeskError) || error.code === 'locked') throw error;
    // What a tenant does not have gives no access.
    return error.code === 'http.not_offered' ? rows : failed(error);
  }
};

/** Works through what is given, several at once. */
const each = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
};

const named = (list: string, row: Row) => ({
  id: rowIdOf(resourceOf(list), row),
  name: rowLabelOf(resourceOf(list), row),
});

/**
 * What a user or an application may do, and through which roles: a request a role, two an organization role. What cannot be
 * read is named (`unread`). Throws `DeskError` where the tenant cannot be opened.
 */
export const accessOf = async (
  { profile, list, id }: AccessAsked,
  pages: Pick<Pages, 'page' | 'names'>,
  how: How,
): Promise<Access> => {
  const reading: Reading = { pages, how, unread: [], ages: [] };
  const read = (resource: string, parent: string, of: string | null) =>
    rowsOf({ profile, resource, parent, filters: {} }, of, reading);
  const [ownRoles, ownOrganizations, rolesThere] =
    list === 'users'
      ? (['user-roles', 'user-organizations', 'organization-user-roles'] as const)
      : (['application-roles', 'application-organizations', 'organization-application-roles'] as const);
  const [roles, organizations] = await Promise.all([
    read(ownRoles, id, null),
    read(ownOrganizations, id, null),
  ]);
  const holdings: Holding[] = [];
  await each(roles, async (row) => {
    const role = named('roles', row);
    const resourceScopes = await read('role-scopes', role.id, role.name);
    holdings.push({ role, organization: null, resourceScopes, organizationScopes: [] });
  });
  const inOrganizations: Pick<Holding, 'role' | 'organization'>[] = [];
  await each(organizations, async (row: RowOf<'user-organizations' | 'application-organizations'>) => {
    const organization = named('organizations', row);
    const told = row.organizationRoles;
    // A copy knows of the organizations, and apart from them of the roles in each.
    const there = Array.isArray(told)
      ? told
      : await read(rolesThere, `${organization.id}/${id}`, organization.name);
    for (const one of there) inOrganizations.push({ role: named('organization-roles', one), organization });
  });
  // An organization role carries the same permissions wherever somebody has it.
  const carried = new Map<string, Pick<Holding, 'resourceScopes' | 'organizationScopes'>>();
  const distinct = new Map(inOrganizations.map(({ role }) => [role.id, role]));
  await each([...distinct.values()], async (role) => {
    const [organizationScopes, resourceScopes] = await Promise.all([
      read('organization-role-scopes', role.id, role.name),
      read('organization-role-resource-scopes', role.id, role.name),
    ]);
    carried.set(role.id, { organizationScopes, resourceScopes });
  });
  for (const one of inOrganizations)
    holdings.push({ ...one, resourceScopes: [], organizationScopes: [], ...carried.get(one.role.id) });
  const unnamed = holdings.flatMap(({ resourceScopes }) =>
    resourceScopes.flatMap((scope) =>
      typeof scope.resourceId === 'string' && !scope.resource?.name ? [scope.resourceId] : [],
    ),
  );
  const names =
    unnamed.length > 0
      ? await pages.names(profile, 'resources', [...new Set(unnamed)]).catch((): Record<string, null> => ({}))
      : {};
  return {
    groups: accessGroups(holdings, (resource) => names[resource] ?? null),
    unread: reading.unread,
    roles: holdings.length,
    asOf: reading.ages.length > 0 ? Math.min(...reading.ages) : null,
  };
};
