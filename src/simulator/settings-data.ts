import type { Json } from './json.ts';

const signInExperience = {
  tenantId: 'default',
  id: 'default',
  color: { primaryColor: '#6139F6', isDarkModeEnabled: false, darkPrimaryColor: '#8768F8' },
  branding: { logoUrl: 'https://logto.io/logo.svg', darkLogoUrl: 'https://logto.io/logo-dark.svg' },
  hideLogtoBranding: false,
  languageInfo: { autoDetect: true, fallbackLanguage: 'en' },
  termsOfUseUrl: null,
  privacyPolicyUrl: null,
  agreeToTermsPolicy: 'Automatic',
  signIn: {
    methods: [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }],
  },
  signUp: { identifiers: ['username'], password: true, verify: false },
  socialSignIn: {},
  socialSignInConnectorTargets: [],
  signInMode: 'SignInAndRegister',
  customCss: null,
  customContent: {},
  customUiAssets: null,
  customUiCsp: {},
  passwordPolicy: {},
  mfa: { factors: [], policy: 'UserControlled' },
  adaptiveMfa: {},
  singleSignOnEnabled: false,
  supportEmail: null,
  supportWebsiteUrl: null,
  unknownSessionRedirectUrl: null,
  captchaPolicy: {},
  sentinelPolicy: {},
  emailBlocklistPolicy: {},
  verificationCodePolicy: {},
  forgotPasswordMethods: [],
  passkeySignIn: {},
  signUpProfileFields: null,
  passwordExpiration: {},
  usernamePolicy: {},
};

/** Settings that a tenant has one of, as a young one has them. */
export type SettingsData = Record<
  'signInExperience' | 'adminConsole' | 'accountCenter' | 'oidcSession' | 'idToken',
  Json
> & {
  /** One, or none. */
  captcha: Json[];
};

export const settingsData = (): SettingsData => ({
  oidcSession: { ttl: 1_209_600 },
  idToken: { enabledExtendedClaims: ['roles', 'organizations'] },
  captcha: [],
  signInExperience: structuredClone(signInExperience),
  adminConsole: { signInExperienceCustomized: false, organizationCreated: false },
  accountCenter: {
    tenantId: 'default',
    id: 'default',
    enabled: false,
    fields: {},
    webauthnRelatedOrigins: [],
    deleteAccountUrl: null,
    customCss: null,
    profileFields: null,
  },
});
