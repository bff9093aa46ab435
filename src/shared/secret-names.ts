/**
 * Names of values that are secret whatever list they come in, written without `_` and `-` and in lower case. One table with
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

/** Below these a `code` is what somebody typed or was sent; elsewhere it is the name of an error. */
const codeHolders: ReadonlySet<string> = new Set([
  'params',
  'lastsubmission',
  'verificationrecords',
  'verifications',
  'interaction',
  'identifier',
]);

const normal = (name: string) => name.replace(/[_-]/g, '').toLowerCase();

const known = new Map<string, 'secret' | 'code' | 'holder' | 'plain'>();

/** What a name says of its value. */
const kindOf = (name: string) => {
  const before = known.get(name);
  if (before) return before;
  const plain = normal(name);
  const kind = secretNames.has(plain)
    ? 'secret'
    : plain === 'code'
      ? 'code'
      : codeHolders.has(plain)
        ? 'holder'
        : 'plain';
  // Custom data may have any number of names.
  if (known.size < 10_000) known.set(name, kind);
  return kind;
};

const parameterNames =
  'password|passwd|pass|pwd|secret|client_secret|app_secret|token|access_token|refresh_token|id_token|id_token_hint|api_?key|access_?key|key|sig|signature|code|code_verifier|client_assertion|auth|authorization|credential|credentials|jwt|assertion|session';
const inAddress: readonly (readonly [pattern: RegExp, kept: (mask: string) => string])[] = [
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#"'<>@]{1,2000}@/gi, (mask) => `$1${mask}@`],
  [new RegExp(`([?&#;](?:${parameterNames})=)[^&#\\s"'<>;]+`, 'gi'), (mask) => `$1${mask}`],
];

/** The text without credentials of the addresses in it: name and password, and parameters that are called so. */
const addressesMasked = (text: string, mask: string): string =>
  text.includes('://')
    ? inAddress.reduce((rest, [pattern, kept]) => rest.replace(pattern, kept(mask)), text)
    : text;

/** The value masked whole: what is empty, or only says yes or no, shows that. */
const whole = (value: unknown, mask: string): unknown =>
  value === null || value === undefined || value === '' || typeof value === 'boolean' ? value : mask;

const maskedIn = (
  value: unknown,
  mask: string,
  except: ReadonlySet<string>,
  inHolder: boolean,
  depth: number,
): unknown => {
  if (typeof value === 'string') return addressesMasked(value, mask);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return mask;
  if (Array.isArray(value)) {
    let changed = false;
    const next = value.map((inner) => {
      const masked = maskedIn(inner, mask, except, inHolder, depth - 1);
      changed ||= masked !== inner;
      return masked;
    });
    return changed ? next : value;
  }
  let next: Record<string, unknown> | null = null;
  for (const [key, inner] of Object.entries(value)) {
    if (except.has(key)) continue;
    const kind = kindOf(key);
    const masked =
      kind === 'secret' || (kind === 'code' && inHolder)
        ? whole(inner, mask)
        : maskedIn(inner, mask, except, inHolder || kind === 'holder', depth - 1);
    if (masked === inner) continue;
    // Defined, so that no name of a field (`__proto__`) does anything else.
    next ??= Object.fromEntries(Object.entries(value));
    Object.defineProperty(next, key, {
      value: masked,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return next ?? value;
};

/** Deeper than any answer is kept (`core/client/answer.ts`). */
const deepest = 200;

/**
 * The value with everything masked that is secret by its name, at any depth, and the credentials of addresses in its texts.
 * `except` names fields whose parts are called so for other reasons (the words of a language). The value stays as it is.
 */
export const maskNamed = <Value>(value: Value, mask: string, except: readonly string[] = []): Value =>
  maskedIn(value, mask, new Set(except), false, deepest) as Value;

/** A part of an address that nobody chose by hand: long, of letters and digits. */
const looksRandom = (part: string) => part.length >= 12 && /\d/.test(part) && /[a-z]/i.test(part);

/**
 * An address that others gave us to call, down to scheme and host where the rest may let its holder in: a name before the
 * host, parameters, or a part of the path that looks random, as chats give for webhooks.
 */
export const addressMasked = (text: string, mask: string): string => {
  const url = URL.parse(text);
  if (!url?.host) return text === '' ? text : mask;
  const { username, password, search, hash, pathname } = url;
  const open = !username && !password && !search && !hash && !pathname.split('/').some(looksRandom);
  return open ? text : `${url.protocol}//${url.host}/${mask}`;
};
