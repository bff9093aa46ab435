import { resourceOf } from '../../shared/catalog/index.ts';
import { pageSize } from '../../shared/limits.ts';
import { pathValues } from '../../shared/query.ts';
import { type Row, rowIdOf, rowLabelOf } from '../../shared/row.ts';
import type { Session } from '../client/session.ts';

/** Roles that are looked into at most; each costs a request. */
const mostRoles = 1_000;
/** Roles looked into at once; past four a server gains little (FACTS cost). */
const atOnce = 4;

/** A role by its id and name. */
export type Carrier = { id: string; name: string };

const rowsOf = (body: unknown): Row[] => (Array.isArray(body) ? body : []);

/**
 * The roles that carry each permission, by the permission's id. The API tells a role's permissions only, so every role
 * is asked once, in the background. Throws `DeskError`.
 */
export const carriersOf = async (
  session: Session,
  signal?: AbortSignal,
): Promise<Record<string, Carrier[]>> => {
  const roles = resourceOf('roles');
  const scopes = resourceOf('role-scopes');
  const how = { priority: 'background' as const, ...(signal ? { signal } : {}) };
  const found: Row[] = [];
  for (let page = 1; found.length < mostRoles; page += 1) {
    const params = [['page', String(page)] as const, ['page_size', String(pageSize)] as const];
    const rows = rowsOf((await session.api.read(roles.path, { ...how, params })).body);
    found.push(...rows);
    if (rows.length < pageSize) break;
  }
  const carriers = new Map<string, Carrier[]>();
  const waiting = found.values();
  const walk = async () => {
    for (const role of waiting) {
      const id = rowIdOf(roles, role);
      const { body } = await session.api.read(scopes.path, { ...how, path: pathValues(scopes.path, id) });
      for (const scope of rowsOf(body)) {
        const key = rowIdOf(scopes, scope);
        carriers.set(key, [...(carriers.get(key) ?? []), { id, name: rowLabelOf(roles, role) }]);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, walk));
  return Object.fromEntries(
    [...carriers].map(([scope, list]) => [scope, list.sort((a, b) => a.name.localeCompare(b.name))]),
  );
};
