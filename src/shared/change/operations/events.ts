import type { PlannedRequest } from '../change.ts';
import { objectOf, texts } from './values.ts';

type Fires = (body: Readonly<Record<string, unknown>>) => readonly string[];

const one =
  (event: string): Fires =>
  () => [event];

/** What is made with a set in the same request fires for the set, too. */
const madeWith =
  (made: string, set: string, event: string): Fires =>
  (body) =>
    texts(body[set]).length > 0 ? [made, event] : [made];

const membership = one('Organization.Membership.Updated');
const userData = one('User.Data.Updated');
const roleScopes = one('Role.Scopes.Updated');
const organizationRoleScopes = one('OrganizationRole.Scopes.Updated');

/** Which requests hooks are told of, and by which events (WRITES, webhooks); a colon stands before the name of an ID. */
const routes: Readonly<Record<string, Fires>> = {
  'POST users': one('User.Created'),
  'PATCH users/:id': userData,
  'PATCH users/:id/custom-data': userData,
  'PATCH users/:id/profile': userData,
  'PATCH users/:id/password': userData,
  'PATCH users/:id/logto-configs': userData,
  'PATCH users/:id/is-suspended': one('User.SuspensionStatus.Updated'),
  'DELETE users/:id': one('User.Deleted'),
  'POST roles': madeWith('Role.Created', 'scopeIds', 'Role.Scopes.Updated'),
  'PATCH roles/:id': one('Role.Data.Updated'),
  'DELETE roles/:id': one('Role.Deleted'),
  'POST roles/:id/scopes': roleScopes,
  'DELETE roles/:id/scopes/:scope': roleScopes,
  'POST resources/:id/scopes': one('Scope.Created'),
  'PATCH resources/:id/scopes/:scope': one('Scope.Data.Updated'),
  'DELETE resources/:id/scopes/:scope': one('Scope.Deleted'),
  'POST organizations': one('Organization.Created'),
  'PATCH organizations/:id': one('Organization.Data.Updated'),
  'DELETE organizations/:id': one('Organization.Deleted'),
  'POST organizations/:id/users': membership,
  'PUT organizations/:id/users': membership,
  'DELETE organizations/:id/users/:user': membership,
  'POST organizations/:id/applications': membership,
  'PUT organizations/:id/applications': membership,
  'DELETE organizations/:id/applications/:application': membership,
  'PUT organization-invitations/:id/status': ({ status }) =>
    status === 'Accepted' ? ['Organization.Membership.Updated'] : [],
  'POST organization-roles': madeWith(
    'OrganizationRole.Created',
    'organizationScopeIds',
    'OrganizationRole.Scopes.Updated',
  ),
  'PATCH organization-roles/:id': one('OrganizationRole.Data.Updated'),
  'DELETE organization-roles/:id': one('OrganizationRole.Deleted'),
  'POST organization-roles/:id/scopes': organizationRoleScopes,
  'PUT organization-roles/:id/scopes': organizationRoleScopes,
  'DELETE organization-roles/:id/scopes/:scope': organizationRoleScopes,
  'POST organization-scopes': one('OrganizationScope.Created'),
  'PATCH organization-scopes/:id': one('OrganizationScope.Data.Updated'),
  'DELETE organization-scopes/:id': one('OrganizationScope.Deleted'),
};

/** A route as a key: IDs, every second part of the API's paths that can be changed, are all the same. */
const keyOf = (method: string, path: string): string =>
  `${method} ${path
    .split('/')
    .map((part, at) => (at % 2 === 0 ? part : ':'))
    .join('/')}`;

const byRoute = new Map(
  Object.entries(routes).map(([route, fires]) => {
    const [method = '', path = ''] = route.split(' ');
    return [keyOf(method, path), fires];
  }),
);

/** The webhook events that a request fires when it is carried out, in order. */
export const eventsOf = ({ method, path, body }: PlannedRequest): readonly string[] => {
  const [bare = ''] = path.replace(/^\/api\//, '').split('?');
  return byRoute.get(keyOf(method, bare))?.(objectOf(body)) ?? [];
};
