/**
 * Names of values that are secret whatever list they come in, written in lower case with letters alone. One table with
 * docs/security.md, which says it in words.
 */
const secretNames: ReadonlySet<string> = new Set([
  // Passwords
  'password',
  'passwordencrypted',
  'passworddigest',
  'passwordhash',
  'passwd',
  'pass',
  'pwd',
  'passphrase',
  'passcode',
  'pin',
  // Secrets and keys
  'secret',
  'clientsecret',
  'appsecret',
  'tokensecret',
  'secretkey',
  'accesskey',
  'accesskeysecret',
  'secretaccesskey',
  'apikey',
  'apisecret',
  'apitoken',
  'privatekey',
  'signingkey',
  'signingsecret',
  'encryptionkey',
  'masterkey',
  'sharedkey',
  'accountkey',
  'authkey',
  'sshkey',
  'hmackey',
  'connectionstring',
  'credential',
  'credentials',
  'environmentvariables',
  // Tokens
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'idtokenhint',
  'subjecttoken',
  'actortoken',
  'registrationaccesstoken',
  'sessiontoken',
  'bearertoken',
  'authtoken',
  'personalaccesstoken',
  'samlresponse',
  'jti',
  // Of flows
  'clientassertion',
  'assertion',
  'codeverifier',
  'authorizationcode',
  'devicecode',
  'usercode',
  'verificationcode',
  'otp',
  'totp',
  'totpsecret',
  'backupcode',
  'backupcodes',
  // Headers
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'xapikey',
]);

/** Ends of names that tenants make of them: `stripeApiKey`, `crm_password`. */
const secretEnds =
  /(?:password|passwd|passphrase|passcode|secret|token|apikey|accesskey|privatekey|secretkey|signingkey|encryptionkey|credential|clientassertion|codeverifier)s?$/;

/** What only tells the form of a value: `passwordHash` is a password, too. */
const form = /(?:hash|digest|hashed|encrypted|encoded|value|plaintext|plain|raw)$/;

/** Below these a `code` is what somebody typed or was sent; elsewhere it is the name of an error. */
const codeHolders: ReadonlySet<string> = new Set([
  'params',
  'lastsubmission',
  'verificationrecords',
  'verifications',
  'interaction',
  'identifier',
]);

/** Parameters of addresses and forms that are secret there, and ordinary words elsewhere. */
const secretParameter = /^(?:key|code|auth|jwt|session|sid|sig)$|signature$/;

const normal = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');

const isSecret = (plain: string) => secretNames.has(plain) || secretEnds.test(plain);

/** What a name says of its value. `code`: secret below a `holder`. */
export type NameKind = 'secret' | 'code' | 'holder' | 'plain';

const known = new Map<string, NameKind>();

const kindOfPlain = (plain: string): NameKind => {
  if (isSecret(plain) || isSecret(plain.replace(form, ''))) return 'secret';
  if (plain === 'code') return 'code';
  return codeHolders.has(plain) ? 'holder' : 'plain';
};

/** Longer ones name nothing; they are looked at from their end. */
const longestName = 200;

/** What a name says of its value, however it is written: `apiKey`, `API-KEY`, `stripe_api_key`. */
export const kindOfName = (name: string): NameKind => {
  const before = known.get(name);
  if (before) return before;
  const kind = kindOfPlain(normal(name.slice(-longestName)));
  // Custom data may have any number of names.
  if (known.size < 10_000) known.set(name, kind);
  return kind;
};

const knownParameters = new Map<string, boolean>();

/** True of a parameter of an address or a form whose value is secret. */
export const isSecretParameter = (name: string): boolean => {
  const before = knownParameters.get(name);
  if (before !== undefined) return before;
  const isOne = kindOfName(name) === 'secret' || secretParameter.test(normal(name));
  if (knownParameters.size < 10_000) knownParameters.set(name, isOne);
  return isOne;
};
