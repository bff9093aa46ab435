/** How a list is shown in an overview: by names, as MFA factors, as what happened and when, or that of sign-ins and failures. */
export type ShownAs = 'names' | 'factors' | 'events' | 'signIns';

export type OverviewList = {
  /** Which of the row's related lists it is (`relatedId`). */
  list: string;
  as: ShownAs;
  /** Rows that are shown; the rest are in the list's own section. */
  most: number;
};

/** What matters first of an object: values of its own, and the lists that are asked for with it. */
export type Overview = { facts: readonly string[]; lists: readonly OverviewList[] };

/** Facts that are copied by a button beside them. */
export const copied: readonly string[] = [
  'id',
  'username',
  'primaryEmail',
  'primaryPhone',
  'payload.ip',
  'payload.sessionId',
];

const overviews: Readonly<Record<string, Overview | undefined>> = {
  users: {
    facts: [
      'name',
      'primaryEmail',
      'username',
      'primaryPhone',
      'id',
      'lastSignInAt',
      'createdAt',
      'hasPassword',
    ],
    lists: [
      { list: 'user-mfa/', as: 'factors', most: 10 },
      { list: 'user-roles/', as: 'names', most: 20 },
      { list: 'user-organizations/', as: 'names', most: 20 },
      { list: 'logs/user', as: 'signIns', most: 6 },
      { list: 'logs/user', as: 'events', most: 6 },
    ],
  },
  organizations: {
    facts: ['description', 'isMfaRequired', 'createdAt', 'id'],
    lists: [
      { list: 'organization-users/', as: 'names', most: 12 },
      { list: 'organization-applications/', as: 'names', most: 12 },
      { list: 'organization-jit-domains/', as: 'names', most: 12 },
      { list: 'organization-invitations/organization', as: 'names', most: 8 },
    ],
  },
  applications: {
    facts: [
      'type',
      'description',
      'isThirdParty',
      'oidcClientMetadata.redirectUris',
      'oidcClientMetadata.postLogoutRedirectUris',
      'createdAt',
      'id',
    ],
    lists: [
      { list: 'application-roles/', as: 'names', most: 20 },
      { list: 'application-organizations/', as: 'names', most: 12 },
      { list: 'application-secrets/', as: 'names', most: 10 },
      { list: 'logs/application', as: 'events', most: 8 },
    ],
  },
  roles: {
    facts: ['type', 'description', 'isDefault', 'id'],
    lists: [
      { list: 'role-scopes/', as: 'names', most: 30 },
      { list: 'role-users/', as: 'names', most: 12 },
      { list: 'role-applications/', as: 'names', most: 12 },
    ],
  },
  'organization-roles': {
    facts: ['type', 'description', 'id'],
    lists: [
      { list: 'organization-role-scopes/', as: 'names', most: 30 },
      { list: 'organization-role-resource-scopes/', as: 'names', most: 30 },
    ],
  },
  logs: {
    facts: [
      'createdAt',
      'key',
      'payload.result',
      'payload.error',
      'payload.userId',
      'payload.applicationId',
      'payload.ip',
      'payload.userAgentParsed.browser.name',
      'payload.userAgentParsed.os.name',
      'payload.userAgent',
      'payload.sessionId',
      'id',
    ],
    lists: [],
  },
  connectors: {
    facts: ['name', 'type', 'target', 'platform', 'usage', 'syncProfile', 'isDemo', 'connectorId', 'id'],
    lists: [],
  },
};

/** What the rows of a list open on; null for lists whose fields say it all. */
export const overviewOf = (list: string): Overview | null => overviews[list] ?? null;
