import { accountCenter } from './account-center.ts';
import { actions } from './actions.ts';
import { applicationAccessControl } from './application-access-control.ts';
import { applicationConsentScopes } from './application-consent-scopes.ts';
import { applicationCustomDomains } from './application-custom-domains.ts';
import { applicationOrganizations } from './application-organizations.ts';
import { applicationRoles } from './application-roles.ts';
import { applicationSecrets } from './application-secrets.ts';
import { applicationSignInExperience } from './application-sign-in-experience.ts';
import { applications } from './applications.ts';
import { captchaProvider } from './captcha-provider.ts';
import { connectorFactories } from './connector-factories.ts';
import { connectors } from './connectors.ts';
import { customPhrases } from './custom-phrases.ts';
import { customProfileFields } from './custom-profile-fields.ts';
import { activeUsers, newUsers, userTotal } from './dashboard.ts';
import { domainVerificationFiles } from './domain-verification-files.ts';
import { domains } from './domains.ts';
import { emailTemplates } from './email-templates.ts';
import { hookLogs } from './hook-logs.ts';
import { hooks } from './hooks.ts';
import { idToken } from './id-token.ts';
import { jwtCustomizers } from './jwt-customizers.ts';
import { logs } from './logs.ts';
import { oidcCookieKeys } from './oidc-cookie-keys.ts';
import { oidcPrivateKeys } from './oidc-private-keys.ts';
import { oidcSession } from './oidc-session.ts';
import { oneTimeTokens } from './one-time-tokens.ts';
import { organizationApplicationRoles } from './organization-application-roles.ts';
import { organizationApplications } from './organization-applications.ts';
import { organizationInvitations } from './organization-invitations.ts';
import { organizationJitDomains } from './organization-jit-domains.ts';
import { organizationJitRoles } from './organization-jit-roles.ts';
import { organizationJitSsoConnectors } from './organization-jit-sso-connectors.ts';
import { organizationRoleResourceScopes } from './organization-role-resource-scopes.ts';
import { organizationRoleScopes } from './organization-role-scopes.ts';
import { organizationRoles } from './organization-roles.ts';
import { organizationScopes } from './organization-scopes.ts';
import { organizationUserRoles } from './organization-user-roles.ts';
import { organizationUserScopes } from './organization-user-scopes.ts';
import { organizationUsers } from './organization-users.ts';
import { organizations } from './organizations.ts';
import { families, type Resource } from './resource.ts';
import { resourceScopes } from './resource-scopes.ts';
import { resources } from './resources.ts';
import { roleApplications } from './role-applications.ts';
import { roleScopes } from './role-scopes.ts';
import { roleUsers } from './role-users.ts';
import { roles } from './roles.ts';
import { samlApplicationCertificates } from './saml-application-certificates.ts';
import { samlApplications } from './saml-applications.ts';
import { signInExperience } from './sign-in-experience.ts';
import { ssoConnectorCertificates } from './sso-connector-certificates.ts';
import { ssoConnectorProviders } from './sso-connector-providers.ts';
import { ssoConnectors } from './sso-connectors.ts';
import { userAccessTokens } from './user-access-tokens.ts';
import { userConfigs } from './user-configs.ts';
import { userGrants } from './user-grants.ts';
import { userMfa } from './user-mfa.ts';
import { userOrganizations } from './user-organizations.ts';
import { userRoles } from './user-roles.ts';
import { userSessions } from './user-sessions.ts';
import { userSocialIdentities } from './user-social-identities.ts';
import { userSsoIdentities } from './user-sso-identities.ts';
import { users } from './users.ts';

export type {
  Column,
  ColumnKind,
  Family,
  Filter,
  Neighbourhood,
  Related,
  Resource,
  Secret,
} from './resource.ts';
export { families } from './resource.ts';

/** Every list that Logto Desk knows. A new resource is one new file and one line here. */
const all = [
  users,
  oneTimeTokens,
  customProfileFields,
  userTotal,
  newUsers,
  activeUsers,
  applications,
  samlApplications,
  logs,
  roles,
  resources,
  organizations,
  organizationRoles,
  organizationScopes,
  organizationInvitations,
  connectors,
  ssoConnectors,
  connectorFactories,
  ssoConnectorProviders,
  hooks,
  signInExperience,
  accountCenter,
  domains,
  emailTemplates,
  customPhrases,
  jwtCustomizers,
  actions,
  idToken,
  oidcSession,
  oidcPrivateKeys,
  oidcCookieKeys,
  captchaProvider,
  userRoles,
  userOrganizations,
  userSocialIdentities,
  userSsoIdentities,
  userMfa,
  userSessions,
  userGrants,
  userAccessTokens,
  userConfigs,
  applicationRoles,
  applicationOrganizations,
  applicationSecrets,
  applicationConsentScopes,
  applicationSignInExperience,
  applicationAccessControl,
  applicationCustomDomains,
  samlApplicationCertificates,
  roleUsers,
  roleApplications,
  roleScopes,
  resourceScopes,
  hookLogs,
  organizationUsers,
  organizationUserRoles,
  organizationUserScopes,
  organizationApplications,
  organizationApplicationRoles,
  organizationJitDomains,
  organizationJitRoles,
  organizationJitSsoConnectors,
  organizationRoleScopes,
  organizationRoleResourceScopes,
  ssoConnectorCertificates,
  domainVerificationFiles,
] as const satisfies readonly Resource[];
export const catalog: readonly Resource[] = all;

/** The lists as they are written, by which the words for them are typed (`shared/phrases/catalog-words.ts`). */
export type Catalogued = (typeof all)[number];

const byId = new Map(catalog.map((resource) => [resource.id, resource]));

/** The resource with this id, or undefined. */
export const findResource = (id: string): Resource | undefined => byId.get(id);

/** The resource with this id. Throws for an id that is not in the catalogue: a mistake in the catalogue itself. */
export const resourceOf = (id: string): Resource => {
  const resource = byId.get(id);
  if (!resource) throw new Error(`No resource "${id}" in the catalogue`);
  return resource;
};

/** The resource whose page opens for a row of this list: its own, or the one whose rows it lists. */
export const pageResourceOf = (resource: Resource): Resource =>
  resource.rowsOf ? resourceOf(resource.rowsOf) : resource;

/** Lists with a place in the side bar, in the order of their families. */
export const placedResources: readonly Resource[] = families.flatMap((family) =>
  catalog.filter(({ place }) => place?.family === family),
);

/** Lists nested under the rows of a list, each read by the row's id. */
export const listsBelow = ({ id, related }: Resource): Resource[] =>
  related
    .filter(({ resource, filter }) => !filter && resourceOf(resource).parent?.resource === id)
    .map(({ resource }) => resourceOf(resource));

/**
 * Which nested lists are read along with a list. `below`: the lists below any rows but users, e.g. the
 * members of each organization; `belowUsers`: those below users, too, of which there are many more.
 */
export type Along = { below: boolean; belowUsers: boolean };

/** The lists below a list's rows that are read along with it; what other lists tell (`inverse`) is not read twice. */
export const listsAlong = (resource: Resource, { below, belowUsers }: Along): Resource[] =>
  below && (belowUsers || resource.id !== 'users')
    ? listsBelow(resource).filter(({ inverse }) => inverse === undefined)
    : [];

/** How many requests it takes to read the lists nested under one user. */
export const requestsOfUser: number = listsAlong(resourceOf('users'), {
  below: true,
  belowUsers: true,
}).length;

/** The list below rows of a list by its name in their addresses; undefined where there is none. */
export const findChild = (parentId: string, segment: string): Resource | undefined => {
  const parent = findResource(parentId);
  const related = parent?.related.map(({ resource }) => findResource(resource));
  return related?.find(
    (resource) => resource?.parent?.resource === parentId && resource.parent.segment === segment,
  );
};
