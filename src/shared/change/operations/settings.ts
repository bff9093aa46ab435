import type { EditField, Operation } from './operation.ts';
import { lookAt, send } from './request.ts';
import { rowUpdate } from './rows.ts';
import { objectOf, text, texts } from './values.ts';

const url = (id: string): EditField => ({ id, kind: 'url', nullable: true, longest: 2_048 });
const choice = (id: string, words: NonNullable<EditField['words']>, ...options: string[]): EditField => ({
  id,
  kind: 'choice',
  options,
  words,
});

const signInFields: readonly EditField[] = [
  { id: 'color.primaryColor', kind: 'text', longest: 32 },
  { id: 'color.isDarkModeEnabled', kind: 'boolean' },
  { id: 'color.darkPrimaryColor', kind: 'text', longest: 32 },
  url('branding.logoUrl'),
  url('branding.darkLogoUrl'),
  url('branding.favicon'),
  url('branding.darkFavicon'),
  url('termsOfUseUrl'),
  url('privacyPolicyUrl'),
  choice('agreeToTermsPolicy', 'terms', 'Automatic', 'ManualRegistrationOnly', 'Manual'),
  choice('signInMode', 'signInMode', 'SignIn', 'Register', 'SignInAndRegister'),
  { id: 'languageInfo', kind: 'json', parts: true },
  { id: 'signIn', kind: 'json', parts: true },
  { id: 'signUp', kind: 'json', parts: true },
  { id: 'passwordPolicy', kind: 'json', parts: true },
  { id: 'mfa', kind: 'json', parts: true },
  { id: 'adaptiveMfa', kind: 'json', hidden: true },
  { id: 'hideLogtoBranding', kind: 'boolean' },
  { id: 'singleSignOnEnabled', kind: 'boolean' },
  { id: 'supportEmail', kind: 'email', nullable: true, longest: 256 },
  url('supportWebsiteUrl'),
  url('unknownSessionRedirectUrl'),
  { id: 'customCss', kind: 'text', nullable: true },
];

/** Whether somebody can sign in with what is left (WRITES, dangerous 2): a method, and something to prove oneself by. */
const locksOut: NonNullable<Operation['guard']> = ({ before, after }) => {
  if (after.signIn !== undefined) {
    const { methods } = objectOf(after.signIn);
    const left = Array.isArray(methods)
      ? methods.filter((one: unknown) => {
          const method = objectOf(one);
          return method.password === true || method.verificationCode === true;
        })
      : [];
    if (left.length === 0) return { guard: 'last-sign-in-method', about: 'signIn.methods' };
  }
  if (after.signUp !== undefined) {
    const signUp = objectOf(after.signUp);
    const isBare = signUp.password !== true && signUp.verify !== true && texts(signUp.identifiers).length > 0;
    if (isBare) return { guard: 'last-sign-in-method', about: 'signUp' };
  }
  if (after.signInMode === 'Register' && text(before.signInMode) !== 'Register')
    return { guard: 'last-sign-in-method', about: 'signInMode' };
  return null;
};

const signIn = rowUpdate({
  id: 'sign-in-experience.update',
  resource: 'sign-in-experience',
  fields: signInFields,
  look: () => lookAt('/api/sign-in-exp', {}),
  // Turning MFA off turns the adaptive one off along with it (WRITES).
  along: { mfa: ['adaptiveMfa'] },
  guard: locksOut,
  request: (_, body) => send('patch', '/api/sign-in-exp', {}, body),
});

const rights = [
  'name',
  'avatar',
  'profile',
  'email',
  'phone',
  'password',
  'username',
  'social',
  'customData',
  'mfa',
  'passkey',
  'session',
];

const accountCenter = rowUpdate({
  id: 'account-center.update',
  resource: 'account-center',
  fields: [
    { id: 'enabled', kind: 'boolean' },
    ...rights.map((right) => choice(`fields.${right}`, 'accountField', 'Off', 'ReadOnly', 'Edit')),
    { id: 'webauthnRelatedOrigins', kind: 'urls' },
  ],
  look: () => lookAt('/api/account-center', {}),
  request: (_, body) => send('patch', '/api/account-center', {}, body),
});

/** Settings of the tenant that everybody meets who signs in. */
export const settingOperations: readonly Operation[] = [signIn, accountCenter];
