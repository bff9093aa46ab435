/** The list that is none of the server's: a tenant at a glance. */
export const homeList = 'home';

/** True for the home of a tenant. */
export const isHome = ({ resource }: { resource: string }): boolean => resource === homeList;

/** Ms before its end from which on a secret or a certificate is told of. */
export const expiresSoonMs = 60 * 86_400_000;

/** What of a tenant comes to an end, by the list that has it. */
export const expiryLists = [
  'application-secrets',
  'saml-application-certificates',
  'sso-connector-certificates',
  'sso-connectors',
  'organization-invitations',
  'domains',
] as const;
export type ExpiryList = (typeof expiryLists)[number];
