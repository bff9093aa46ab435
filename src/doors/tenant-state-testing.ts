import type { Loss } from '../shared/change/change.ts';
import type { Simulator } from '../simulator/server.ts';

type Row = Readonly<Record<string, unknown>>;
type Tenant = Simulator['tenant'];
type State = { rows: Readonly<Record<string, readonly Row[]>>; below: Readonly<Record<string, unknown>> };

const idsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((one: Row) => String(one.id)).sort() : [];
const byId = (rows: readonly Row[]) =>
  rows.toSorted((one, other) => (String(one.id) < String(other.id) ? -1 : 1));

/** All of the simulator's tenant that changes are made to, as JSON, in an order of its own. */
export const stateOf = (tenant: Tenant): State => {
  const { lists, parts, organizationParts, settings } = tenant;
  const each = <Value>(rows: readonly Row[], of: (id: string, row: Row) => Value) =>
    Object.fromEntries(byId(rows).map((row) => [String(row.id), of(String(row.id), row)]));
  const sorted = (ids: Iterable<string> | undefined) => [...(ids ?? [])].sort();
  const state: State = {
    rows: {
      // It moves with every write, and is not a value of anyone's.
      users: tenant.users.map((user) => ({ ...user, updatedAt: 0, identities: parts.identities(user) })),
      roles: tenant.roles,
      applications: tenant.applications,
      organizations: tenant.organizations,
      resources: tenant.resources,
      scopes: tenant.scopes,
      hooks: tenant.hooks,
      organizationScopes: lists.organizationScopes,
      organizationRoles: lists.organizationRoles.map(({ scopes: _, resourceScopes: __, ...role }) => role),
      invitations: lists.invitations,
      oneTimeTokens: lists.oneTimeTokens,
      settings: [{ id: 'settings', ...settings }],
    },
    below: {
      users: Object.fromEntries(
        tenant.users.map((user) => [
          user.id,
          {
            digest: parts.digest(user),
            mfa: parts.mfa.of(user.id, user),
            tokens: parts.tokens.of(user.id, user).map(({ name }) => name),
          },
        ]),
      ),
      roles: each(tenant.roles, (id) => ({
        users: sorted(tenant.usersByRole.get(id)),
        applications: sorted(tenant.appsByRole.get(id)),
        scopes: sorted(tenant.scopesByRole.get(id)),
      })),
      applications: each(tenant.applications, (id, app) => ({
        secrets: parts.secrets.of(id, app).map(({ name }) => name),
        rules: Object.fromEntries(
          Object.entries(parts.rules.get(id) ?? {})
            .filter(([, named]) => named.length > 0)
            .map(([list, named]) => [list, named.toSorted()]),
        ),
      })),
      organizations: each(tenant.organizations, (id) => {
        const { domains, roles, connectors } = organizationParts.jit(id);
        return {
          members: Object.fromEntries(
            sorted(tenant.usersByOrganization.get(id)).map((user) => [
              user,
              sorted(organizationParts.roleIdsOf(id, user)),
            ]),
          ),
          applications: Object.fromEntries(
            [...organizationParts.applicationsOf(id)].map(([app, held]) => [app, sorted(held)]),
          ),
          jit: { domains: sorted(domains), roles: sorted(roles), connectors: sorted(connectors) },
        };
      }),
      organizationRoles: each(lists.organizationRoles, (_, role) => ({
        scopes: idsIn(role.scopes),
        resourceScopes: idsIn(role.resourceScopes),
      })),
    },
  };
  return JSON.parse(JSON.stringify(state)) as State;
};

/** Fields of what is made anew that are another's then, where a change says so before. */
const lostWith: Partial<Record<Loss, string>> = {
  createdAt: 'createdAt',
  newSecret: 'secret',
  oldKey: 'signingKey',
};

/** Rows of one list that another has not, by what they are called. */
const only = (rows: readonly Row[], others: readonly Row[]) => {
  const known = new Set(others.map(({ id }) => id));
  return rows.filter(({ id }) => !known.has(id));
};

/**
 * Two states that are to be the same: where something was made anew, the later one has it under its former ID, and neither
 * has what the change said would be lost of it. Whatever else differs stands in both.
 */
export const alike = (before: State, after: State, losses: readonly Loss[]): [State, State] => {
  let text = JSON.stringify(after);
  const anew = new Set<unknown>();
  for (const [list, rows] of Object.entries(before.rows)) {
    const made = only(after.rows[list] ?? [], rows);
    for (const gone of only(rows, after.rows[list] ?? [])) {
      const again = made.find(({ name, username }) => name === gone.name && username === gone.username);
      if (!again || !losses.includes('newId')) continue;
      anew.add(gone.id);
      text = text.replaceAll(JSON.stringify(again.id), JSON.stringify(gone.id));
    }
  }
  const lost = losses.flatMap((loss) => lostWith[loss] ?? []);
  const without = ({ rows, below }: State): State => ({
    below,
    rows: Object.fromEntries(
      Object.entries(rows).map(([list, some]) => [
        list,
        byId(some).map((row) =>
          anew.has(row.id)
            ? Object.fromEntries(Object.entries(row).filter(([field]) => !lost.includes(field)))
            : row,
        ),
      ]),
    ),
  });
  const { rows, below } = JSON.parse(text) as State;
  return [without(before), without({ rows, below: sortedIn(below) as State['below'] })];
};

/** Ids below stand in the order of ids again, after some of them were named anew. */
const sortedIn = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const inner = value.map(sortedIn);
    return inner.every((one) => typeof one === 'string') ? inner.sort() : inner;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, sortedIn(one)]));
};
