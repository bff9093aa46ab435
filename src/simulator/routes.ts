import { identitiesOf } from './account-data.ts';
import { type Answer, failure, json, missingEntity, missingId, noContent } from './answer.ts';
import { documentAnswer, isCapAsked, isWithin, windowOf } from './eras.ts';
import type { Json } from './json.ts';
import { listRoutes } from './list-routes.ts';
import { organizationReads, short } from './organization-routes.ts';
import { listed, listOf, paged, pageOf } from './pagination.ts';
import type { Route, RouteContext } from './route.ts';
import { settingsRoutes } from './settings-routes.ts';
import type { Tenant } from './tenant.ts';
import { drawn, unstablePlaces } from './ties.ts';
import type { UserRow } from './user-data.ts';
import { byId, featured, listUsers, membersOf, one } from './user-lists.ts';
import { likeTest } from './user-search.ts';
import { writeRoutes } from './writes/index.ts';
import { configsOf } from './writes/users.ts';

const capAt = 10_000;

const listLogs: Route = ({ tenant, era, asked }) => {
  const { query } = asked;
  const page = pageOf(query);
  if (!page) return failure(asked, 400, 'guard.invalid_pagination');
  const window = windowOf(era, asked);
  if ('status' in window) return window;
  const [key, user, app] = ['logKey', 'userId', 'applicationId'].map((name) => query.get(name));
  const { logs, newLogs } = tenant;
  const fresh = newLogs.filter(
    (log) =>
      isWithin(log.createdAt, window) &&
      (!key || log.key === key) &&
      (!user || log.payload.userId === user) &&
      (!app || log.payload.applicationId === app),
  );
  const [from, to] = logs.range(window);
  const filtered = key || user || app;
  const matches = (index: number) =>
    (!key || logs.key(index) === key) &&
    (!user || logs.userId(index) === user) &&
    (!app || logs.applicationId(index) === app);
  let indexes: number[] | undefined;
  if (filtered) {
    indexes = [];
    for (let index = from; index < to; index += 1) if (matches(index)) indexes.push(index);
  }
  const old = indexes ? indexes.length : to - from;
  const total = fresh.length + old;
  const indexAt = (place: number) => {
    const old = place - fresh.length;
    return indexes ? (indexes[old] ?? 0) : from + old;
  };
  const timeAt = (place: number) => {
    if (place < 0 || place >= total) return undefined;
    return place < fresh.length ? fresh[place]?.createdAt : logs.times[indexAt(place)];
  };
  const logAt = (place: number) => (place < fresh.length ? fresh[place] : logs.row(indexAt(place)));
  const capped = isCapAsked(era, query) && total > capAt;
  return paged(asked, page, {
    total: capped ? capAt + 1 : total,
    capped,
    rows: (offset, limit) => unstablePlaces(timeAt, total, offset, limit, tenant.tieRate).map(logAt),
  });
};

const roleWithCounts = (tenant: Tenant, role: Json) => {
  const users = tenant.usersByRole.get(String(role.id)) ?? new Set();
  const apps = tenant.appsByRole.get(String(role.id)) ?? new Set();
  return {
    ...role,
    usersCount: users.size,
    featuredUsers: featured(tenant, users),
    applicationsCount: apps.size,
    featuredApplications: tenant.applications
      .filter((app) => apps.has(String(app.id)))
      .slice(0, 3)
      .map(({ id, name, type }) => ({ id, name, type })),
  };
};

const listRoles: Route = ({ tenant, asked }) => {
  const type = asked.query.get('type');
  const matches = likeTest(asked.query.get('search'));
  const rows = tenant.roles.filter((role) => (!type || role.type === type) && matches(role.name));
  return listed(
    asked,
    'always',
    listOf(rows, (role) => roleWithCounts(tenant, role)),
  );
};

const listApplications: Route = ({ tenant, asked }) => {
  const types = asked.query.getAll('types');
  const thirdParty = asked.query.get('isThirdParty');
  const matches = likeTest(asked.query.get('search'));
  const rows = tenant.applications.filter(
    (app) =>
      (types.length === 0 || types.includes(String(app.type))) &&
      (thirdParty === null || String(app.isThirdParty) === thirdParty) &&
      (matches(app.name) || matches(app.id)),
  );
  return listed(asked, 'optional', listOf(rows));
};

const listResources: Route = ({ tenant, asked }) => {
  const scopes = (row: Json) => tenant.scopes.filter((scope) => scope.resourceId === row.id);
  const full = (row: Json) => ({ ...row, scopes: scopes(row) });
  return listed(
    asked,
    'optional',
    listOf(tenant.resources, asked.query.get('includeScopes') === 'true' ? full : undefined),
  );
};

/** A route below a user that answers only when the user exists. */
const ofUser =
  (answer: (context: RouteContext, user: UserRow) => Answer): Route =>
  (context) => {
    const user = context.tenant.users.find((row) => row.id === context.id);
    return user ? answer(context, user) : missingEntity(context.asked);
  };

const memberships = (sets: ReadonlyMap<string, Set<string>>, id: string) =>
  [...sets].filter(([, members]) => members.has(id)).map(([key]) => key);

const scopesOfRole = (tenant: Tenant, id: string): Json[] =>
  (tenant.scopesByRole.get(id) ?? []).flatMap((scopeId) => {
    const scope = byId(tenant.scopes, scopeId);
    const resource = scope && byId(tenant.resources, String(scope.resourceId));
    return scope ? [{ ...scope, resource }] : [];
  });

export const routes: Readonly<Record<string, Route>> = {
  'GET /api/status': () => noContent,
  'GET /api/.well-known/management.openapi.json': ({ era, asked }) => documentAnswer(era, asked),
  'GET /api/users': listUsers,
  'GET /api/users/:id': ofUser(({ tenant, asked }, user) =>
    json(
      asked.query.get('includePasswordHash') === 'true'
        ? { ...user, ...(tenant.parts.digest(user) ?? { passwordDigest: null, passwordAlgorithm: null }) }
        : user,
    ),
  ),
  'GET /api/users/:id/roles': ofUser(({ tenant, asked }, { id }) =>
    listed(
      asked,
      'always',
      listOf(memberships(tenant.usersByRole, id).flatMap((role) => byId(tenant.roles, role) ?? [])),
    ),
  ),
  'GET /api/users/:id/organizations': ofUser(({ tenant }, { id }) =>
    json(
      memberships(tenant.usersByOrganization, id).flatMap((organization) => {
        const row = byId(tenant.organizations, organization);
        const roles = short(tenant.organizationParts.rolesOf(organization, id));
        return row ? [{ ...row, organizationRoles: roles }] : [];
      }),
    ),
  ),
  'GET /api/users/:id/custom-data': ofUser((_, user) => json(user.customData)),
  'GET /api/users/:id/logto-configs': ofUser(({ tenant }, user) => json(configsOf(tenant, user))),
  'GET /api/users/:id/has-password': ofUser((_, { hasPassword }) => json({ hasPassword })),
  'GET /api/users/:id/mfa-verifications': ofUser(({ tenant }, user) =>
    json(tenant.parts.mfa.of(user.id, user)),
  ),
  'GET /api/users/:id/personal-access-tokens': ofUser(({ tenant }, user) =>
    json(tenant.parts.tokens.of(user.id, user)),
  ),
  'GET /api/users/:id/sessions': ofUser(({ tenant }, user) =>
    json({ sessions: tenant.parts.sessions.of(user.id, user) }),
  ),
  'GET /api/users/:id/grants': ofUser(({ tenant }, user) =>
    json({ grants: tenant.parts.grants.of(user.id, user) }),
  ),
  'GET /api/users/:id/all-identities': ofUser(({ tenant }, user) =>
    json({
      socialIdentities: Object.entries(tenant.parts.identities(user)).map(([target, identity]) => ({
        identity,
        target,
      })),
      ssoIdentities: tenant.parts.isNew(user.id) ? [] : identitiesOf(tenant, user).ssoIdentities,
    }),
  ),
  'GET /api/users/:id/identities/:target': ofUser(({ tenant, other, asked }, user) => {
    const identity = tenant.parts.identities(user)[other];
    return identity ? json({ identity }) : missingEntity(asked);
  }),
  'GET /api/users/:id/sso-identities/:ssoConnectorId': ofUser(({ tenant, other, asked }, user) => {
    const found = tenant.parts.isNew(user.id) ? [] : identitiesOf(tenant, user).ssoIdentities;
    const identity = found.find(({ ssoConnectorId }) => ssoConnectorId === other);
    return identity ? json(identity) : missingEntity(asked);
  }),
  'GET /api/roles': listRoles,
  'GET /api/roles/:id': one((tenant) => tenant.roles, 'roles'),
  'GET /api/roles/:id/users': ({ tenant, asked, id }) =>
    listed(
      asked,
      'always',
      drawn(membersOf(tenant, tenant.usersByRole.get(id) ?? new Set(), asked.query, null), tenant.tieRate),
    ),
  'GET /api/roles/:id/applications': ({ tenant, asked, id }) =>
    listed(
      asked,
      'always',
      listOf(tenant.applications.filter((app) => tenant.appsByRole.get(id)?.has(String(app.id)))),
    ),
  'GET /api/roles/:id/scopes': ({ tenant, asked, id }) => {
    const matches = likeTest(asked.query.get('search'));
    return listed(asked, 'optional', listOf(scopesOfRole(tenant, id).filter((scope) => matches(scope.name))));
  },
  'GET /api/logs': listLogs,
  'GET /api/logs/:id': ({ tenant, id }) => {
    const fresh = tenant.newLogs.find((log) => log.id === id);
    if (fresh) return json(fresh);
    for (let index = 0; index < tenant.logs.length; index += 1) {
      const row = tenant.logs.row(index);
      if (row.id === id) return json(row);
    }
    return missingId('logs', id);
  },
  'GET /api/applications': listApplications,
  'GET /api/applications/:id': ({ tenant, id }) => {
    const row = byId(tenant.applications, id);
    return row ? json({ ...row, isAdmin: false }) : missingId('applications', id);
  },
  'GET /api/applications/:id/access-control': ({ tenant, id }) =>
    byId(tenant.applications, id)
      ? json(
          tenant.parts.rules.get(id) ?? {
            userIds: [],
            userRoleIds: [],
            organizationIds: [],
            organizationRoleRules: [],
          },
        )
      : missingId('applications', id),
  'GET /api/applications/:id/roles': ({ tenant, asked, id }) =>
    listed(
      asked,
      'always',
      listOf(memberships(tenant.appsByRole, id).flatMap((role) => byId(tenant.roles, role) ?? [])),
    ),
  'GET /api/applications/:id/secrets': ({ tenant, id }) => {
    const app = byId(tenant.applications, id);
    return app ? json(tenant.parts.secrets.of(id, app)) : missingId('applications', id);
  },
  ...organizationReads,
  'GET /api/resources': listResources,
  'GET /api/resources/:id': one((tenant) => tenant.resources, 'resources'),
  'GET /api/resources/:id/scopes': ({ tenant, asked, id }) =>
    listed(asked, 'always', listOf(tenant.scopes.filter((scope) => scope.resourceId === id))),
  'GET /api/connectors': ({ tenant }) => json(tenant.connectors),
  'GET /api/connectors/:id': one((tenant) => tenant.connectors, 'connectors'),
  'GET /api/hooks': ({ tenant, asked }) => listed(asked, 'optional', listOf(tenant.hooks)),
  'GET /api/hooks/:id': one((tenant) => tenant.hooks, 'hooks'),
  ...listRoutes,
  ...settingsRoutes,
  ...writeRoutes,
};
