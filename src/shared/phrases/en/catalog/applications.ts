import { applicationColumns, certificateColumns, organizationColumns, roleColumns } from './columns.ts';

/** Applications and what belongs to them. */
export const applications = {
  applications: {
    title: 'Applications',
    inText: 'applications',
    singular: 'Application',
    columns: applicationColumns,
    filters: { type: 'Type', 'third-party': 'Third-party' },
  },
  'saml-applications': {
    title: 'SAML applications',
    inText: 'SAML applications',
    singular: 'SAML application',
    columns: applicationColumns,
  },
  'application-roles': {
    title: 'Roles',
    inText: 'roles',
    singular: 'Role',
    columns: roleColumns,
  },
  'application-organizations': {
    title: 'Organizations',
    inText: 'organizations',
    singular: 'Organization',
    columns: {
      ...organizationColumns,
      organizationRoles: 'Organization roles',
    },
  },
  'application-secrets': {
    title: 'Secrets',
    inText: 'secrets',
    singular: 'Secret',
    columns: {
      name: 'Name',
      createdAt: 'Created',
      expiresAt: 'Expires',
    },
  },
  'application-consent-scopes': {
    title: 'Consent scopes',
    inText: 'consent scopes',
    singular: 'Consent scopes',
    columns: {
      userScopes: 'User scopes',
      resourceScopes: 'API permissions',
      organizationScopes: 'Organization permissions',
      organizationResourceScopes: 'Organization API permissions',
    },
  },
  'application-sign-in-experience': {
    title: 'Sign-in branding',
    inText: 'sign-in branding',
    singular: 'Sign-in branding',
    columns: {
      displayName: 'Display name',
      'color.primaryColor': 'Color',
      'branding.logoUrl': 'Logo',
      termsOfUseUrl: 'Terms of use',
      privacyPolicyUrl: 'Privacy policy',
      customCss: 'CSS',
      applicationId: 'Application ID',
    },
  },
  'application-access-control': {
    title: 'Access control',
    inText: 'access control',
    singular: 'Access control',
    columns: {
      userIds: 'Users',
      userRoleIds: 'User roles',
      organizationIds: 'Organizations',
      organizationRoleRules: 'Organization roles',
    },
  },
  'application-custom-domains': {
    title: 'Custom domains',
    inText: 'custom domains',
    singular: 'Custom domain',
    columns: {
      domain: 'Domain',
      status: 'Status',
      errorMessage: 'Error',
      dnsRecords: 'DNS records',
    },
  },
  'saml-application-certificates': {
    title: 'Signing certificates',
    inText: 'signing certificates',
    singular: 'Certificate',
    columns: certificateColumns,
  },
} as const;
