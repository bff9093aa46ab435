import { z } from 'zod/v3';
import { json } from '../answer.ts';
import type { Route } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { refuse } from './refusal.ts';
import { anyObject, someOf, texts, write } from './write.ts';

const text = z.string().nullable();

/** Of an object within only what was seen to be checked is; the rest is taken as it comes. */
const changed = z
  .object({
    color: z
      .object({ primaryColor: z.string(), isDarkModeEnabled: z.boolean(), darkPrimaryColor: z.string() })
      .passthrough(),
    branding: anyObject,
    hideLogtoBranding: z.boolean(),
    languageInfo: z.object({ autoDetect: z.boolean(), fallbackLanguage: z.string() }),
    termsOfUseUrl: text,
    privacyPolicyUrl: text,
    agreeToTermsPolicy: z.enum(['Automatic', 'ManualRegistrationOnly', 'Manual']),
    signIn: z.object({
      methods: z.array(
        z.object({
          identifier: z.enum(['username', 'email', 'phone']),
          password: z.boolean(),
          verificationCode: z.boolean(),
          isPasswordPrimary: z.boolean(),
        }),
      ),
    }),
    signUp: z.object({ identifiers: texts, password: z.boolean(), verify: z.boolean() }).passthrough(),
    socialSignIn: anyObject,
    socialSignInConnectorTargets: texts,
    signInMode: z.enum(['SignIn', 'Register', 'SignInAndRegister']),
    customCss: text,
    customContent: anyObject,
    customUiAssets: anyObject.nullable(),
    customUiCsp: anyObject,
    passwordPolicy: z
      .object({ length: z.object({ min: z.number().default(8), max: z.number().default(256) }) })
      .partial()
      .passthrough(),
    mfa: z.object({ factors: texts, policy: z.string() }).passthrough(),
    adaptiveMfa: anyObject,
    singleSignOnEnabled: z.boolean(),
    supportEmail: text,
    supportWebsiteUrl: text,
    unknownSessionRedirectUrl: text,
    captchaPolicy: anyObject,
    sentinelPolicy: anyObject,
    emailBlocklistPolicy: anyObject,
    verificationCodePolicy: anyObject,
    forgotPasswordMethods: texts.nullable(),
    passkeySignIn: anyObject,
    signUpProfileFields: z.array(anyObject).nullable(),
    passwordExpiration: anyObject,
    usernamePolicy: anyObject,
  })
  .partial();

const needsConnector = (tenant: Tenant, identifier: string) => {
  const type = identifier === 'email' ? 'Email' : identifier === 'phone' ? 'Sms' : null;
  if (type && !tenant.connectors.some((connector) => connector.type === type))
    refuse(400, 'sign_in_experiences.enabled_connector_not_found', { fill: { type } });
};

/** How users sign in. Every object is replaced whole, and nothing keeps the last way to sign in. */
export const signInExperienceRoutes: Readonly<Record<string, Route>> = {
  'PATCH /api/sign-in-exp': write(changed, ({ tenant, body }) => {
    const { signUp, signIn, mfa } = someOf(body);
    if (signUp?.verify) for (const identifier of signUp.identifiers) needsConnector(tenant, identifier);
    for (const method of signIn?.methods ?? [])
      if (method.verificationCode) needsConnector(tenant, method.identifier);
    if (mfa?.factors.length === 1 && mfa.factors[0] === 'BackupCode')
      refuse(400, 'sign_in_experiences.backup_code_cannot_be_enabled_alone');
    const targets = body.socialSignInConnectorTargets;
    const known = tenant.connectors.filter(({ type }) => type === 'Social').map(({ target }) => target);
    return json(
      Object.assign(
        tenant.settings.signInExperience,
        // Without factors there is nothing to adapt.
        mfa?.factors.length === 0 ? { adaptiveMfa: { enabled: false } } : {},
        body,
        targets ? { socialSignInConnectorTargets: targets.filter((target) => known.includes(target)) } : {},
      ),
    );
  }),
  // It looks for a breach list on the internet, which is not asked here (WRITES, password).
  'POST /api/sign-in-exp/default/check-password': write(
    z.object({ password: z.string(), userId: z.string().optional() }),
    () => refuse(400, 'request.invalid_input', { data: { message: 'fetch failed' } }),
  ),
  'PATCH /api/account-center': write(
    z
      .object({
        enabled: z.boolean(),
        fields: anyObject,
        webauthnRelatedOrigins: texts,
        deleteAccountUrl: text,
        customCss: text,
        profileFields: z.array(anyObject).nullable(),
      })
      .partial(),
    ({ tenant, body }) => json(Object.assign(tenant.settings.accountCenter, someOf(body))),
  ),
  // Merged, and with nothing known left it answers what there is.
  'PATCH /api/configs/admin-console': write(
    z.object({ signInExperienceCustomized: z.boolean(), organizationCreated: z.boolean() }).partial(),
    ({ tenant, body }) => json(Object.assign(tenant.settings.adminConsole, body)),
  ),
  'PATCH /api/configs/oidc/session': write(z.object({ ttl: z.number() }).partial(), ({ tenant, body }) =>
    json(Object.assign(tenant.settings.oidcSession, body)),
  ),
  'PUT /api/configs/id-token': write(z.object({ enabledExtendedClaims: texts }), ({ tenant, body }) =>
    json(Object.assign(tenant.settings.idToken, body)),
  ),
};
