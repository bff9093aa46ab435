import { keyColumns } from './columns.ts';

/** What a tenant as a whole is set to. */
export const tenant = {
  'sign-in-experience': {
    title: 'Sign-in experience',
    inText: 'sign-in experience',
    singular: 'Sign-in experience',
    columns: {
      id: 'ID',
      signInMode: 'Sign-in mode',
      'signIn.methods': 'Sign-in methods',
      'signUp.identifiers': 'Sign-up identifiers',
      socialSignInConnectorTargets: 'Social',
      'mfa.policy': 'MFA',
      'mfa.factors': 'Factors',
      singleSignOnEnabled: 'Enterprise SSO',
      'languageInfo.fallbackLanguage': 'Fallback language',
      termsOfUseUrl: 'Terms of use URL',
      privacyPolicyUrl: 'Privacy policy URL',
      'color.primaryColor': 'Brand color',
      'branding.logoUrl': 'Logo',
      passwordPolicy: 'Password policy',
      sentinelPolicy: 'Lockout',
      customCss: 'Custom CSS',
    },
  },
  'account-center': {
    title: 'Account center',
    inText: 'account center',
    singular: 'Account center',
    columns: {
      id: 'ID',
      enabled: 'Enabled',
      fields: 'Fields',
      webauthnRelatedOrigins: 'WebAuthn related origins',
      deleteAccountUrl: 'Account deletion URL',
    },
  },
  domains: {
    title: 'Domains',
    inText: 'domains',
    singular: 'Domain',
    columns: {
      domain: 'Domain',
      status: 'Status',
      errorMessage: 'Error',
      createdAt: 'Created',
      id: 'Domain ID',
      dnsRecords: 'DNS records',
    },
  },
  'email-templates': {
    title: 'Email templates',
    inText: 'email templates',
    singular: 'Email template',
    columns: {
      templateType: 'Type',
      languageTag: 'Language',
      'details.subject': 'Subject',
      'details.contentType': 'Content',
      createdAt: 'Created',
      id: 'Template ID',
      details: 'Details',
    },
    filters: { language: 'Language' },
  },
  'custom-phrases': {
    title: 'Custom phrases',
    inText: 'custom phrases',
    singular: 'Language',
    columns: {
      languageTag: 'Language',
      translation: 'Phrases',
      id: 'ID',
    },
  },
  'jwt-customizers': {
    title: 'JWT customizers',
    inText: 'JWT customizers',
    singular: 'JWT customizer',
    columns: {
      key: 'Token',
      'value.script': 'Script',
      value: 'Value',
    },
  },
  actions: {
    title: 'Actions',
    inText: 'actions',
    singular: 'Action',
    columns: {
      key: 'Action',
      'value.enabled': 'Enabled',
      'value.onExecutionError': 'On error',
      'value.script': 'Script',
      value: 'Value',
    },
  },
  'id-token': {
    title: 'ID token',
    inText: 'ID token',
    singular: 'ID token',
    columns: {
      enabledExtendedClaims: 'Extended claims',
    },
  },
  'oidc-session': {
    title: 'OIDC session',
    inText: 'OIDC session',
    singular: 'OIDC session',
    columns: {
      ttl: 'Session lifetime (s)',
    },
  },
  'oidc-private-keys': {
    title: 'Signing keys',
    inText: 'signing keys',
    singular: 'Key',
    columns: keyColumns,
  },
  'oidc-cookie-keys': {
    title: 'Cookie keys',
    inText: 'cookie keys',
    singular: 'Key',
    columns: keyColumns,
  },
  'captcha-provider': {
    title: 'CAPTCHA',
    inText: 'CAPTCHA',
    singular: 'CAPTCHA',
    columns: {
      id: 'ID',
      'config.type': 'Type',
      'config.siteKey': 'Site key',
      createdAt: 'Created',
      updatedAt: 'Updated',
    },
  },
  'domain-verification-files': {
    title: 'Verification files',
    inText: 'verification files',
    singular: 'Verification files',
    columns: {
      verificationFiles: 'Files',
    },
  },
} as const;
