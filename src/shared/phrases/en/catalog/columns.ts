export const userColumns = {
  name: 'Name',
  username: 'Username',
  primaryEmail: 'Email',
  primaryPhone: 'Phone',
  isSuspended: 'Suspended',
  lastSignInAt: 'Last sign-in',
  createdAt: 'Created',
  id: 'User ID',
  updatedAt: 'Updated',
  hasPassword: 'Has password',
  applicationId: 'Registered with',
  profile: 'Profile',
  identities: 'Social identities',
  customData: 'Custom data',
  avatar: 'Avatar',
} as const;

export const roleColumns = {
  name: 'Name',
  type: 'Type',
  description: 'Description',
  isDefault: 'Default',
  id: 'Role ID',
} as const;

export const applicationColumns = {
  name: 'Name',
  type: 'Type',
  description: 'Description',
  isThirdParty: 'Third-party',
  createdAt: 'Created',
  id: 'Application ID',
  'oidcClientMetadata.redirectUris': 'Redirect URIs',
  'oidcClientMetadata.postLogoutRedirectUris': 'Post sign-out redirect URIs',
  customData: 'Custom data',
} as const;

export const organizationColumns = {
  name: 'Name',
  description: 'Description',
  isMfaRequired: 'MFA required',
  createdAt: 'Created',
  id: 'Organization ID',
  customData: 'Custom data',
} as const;

export const certificateColumns = {
  id: 'Certificate ID',
  active: 'Active',
  createdAt: 'Created',
  expiresAt: 'Expires',
  'fingerprints.sha256.formatted': 'SHA-256',
  certificate: 'Certificate',
} as const;

export const ssoConnectorColumns = {
  connectorName: 'Name',
  providerName: 'Provider',
  domains: 'Domains',
  syncProfile: 'Syncs profile',
  enableTokenStorage: 'Stores tokens',
  createdAt: 'Created',
  id: 'Connector ID',
  config: 'Configuration',
  'branding.displayName': 'Display name',
} as const;

export const keyColumns = {
  id: 'Key ID',
  signingKeyAlgorithm: 'Algorithm',
  status: 'Status',
  createdAt: 'Created',
  effectiveAt: 'Effective',
} as const;

export const organizationRoleColumns = {
  name: 'Name',
  type: 'Type',
  description: 'Description',
  id: 'Role ID',
} as const;

/** The API does not tell of a member whether there is a password. */
export const { hasPassword: _, ...memberColumns } = userColumns;
