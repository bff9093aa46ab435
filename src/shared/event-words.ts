/** Parts of audit log keys in words, which hold for what failed, too (Logto's documents, audit logs; packages/schemas LogKey). */
const words: Readonly<Record<string, string | undefined>> = {
  Interaction: 'Interaction',
  SignIn: 'sign-in',
  Register: 'sign-up',
  ForgotPassword: 'password reset',
  Identifier: '',
  Profile: 'profile',
  BindMfa: 'adding an MFA factor',
  Mfa: 'MFA',
  Password: 'password',
  VerificationCode: 'verification code',
  Social: 'social account',
  SingleSignOn: 'single sign-on',
  Totp: 'authenticator app',
  WebAuthn: 'passkey',
  BackupCode: 'backup code',
  OneTimeToken: 'one-time token',
  Create: 'started',
  Update: 'changed',
  Delete: 'removed',
  Submit: 'submitted',
  End: 'ended',
  ExchangeTokenBy: 'Token request with',
  AuthorizationCode: 'an authorization code',
  RefreshToken: 'a refresh token',
  ClientCredentials: 'client credentials',
  TokenExchange: 'another token',
  DeviceCode: 'a device code',
  Unknown: 'an unknown grant',
  RevokeToken: 'Token revocation',
  TriggerHook: 'Webhook delivery for',
};

/** An audit log's key as people say it, e.g. "Sign-in: password submitted"; the key itself where a part is not known. */
export const eventInWords = (key: string): string => {
  const parts = key.split('.');
  if (parts[0] === 'TriggerHook') return [words.TriggerHook, parts.slice(1).join('.')].join(' ').trim();
  if (parts.some((part) => !Object.hasOwn(words, part))) return key;
  const said = parts.map((part) => words[part] ?? '').filter(Boolean);
  if (parts[0] !== 'Interaction') return said.join(' ');
  const [, subject, ...rest] = said;
  if (subject === undefined) return 'Interaction';
  const text = rest.length > 0 ? `${subject}: ${rest.join(' ')}` : `interaction ${subject}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
};
