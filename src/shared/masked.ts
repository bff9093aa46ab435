import { isSecretParameter, kindOfName } from './secret-names.ts';

/** A user name and password before a host. */
const userOfAddress = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#"'<>@]{1,2000}@/gi;
/** A parameter of an address or a form. */
const parameter = /(^|[?&#;\s])([\w.[\]%-]{1,64})=("[^"]{0,4096}"|'[^']{0,4096}'|[^&#\s"'<>;]+)/g;
/** Whether a text may have a parameter that is secret at all: most have none, and this is told sooner. */
const parameterHint =
  /(?:pass|pwd|pin|secret|token|key|credential|auth|cookie|jti|otp|code|sig|jwt|session|sid|assertion|verifier|response|string|variables)[\w.[\]%-]{0,24}=/i;
/** Parameters that are looked at in one value; a text with more is masked whole: a hostile answer could have millions. */
const mostParameters = 20_000;
/** Characters of texts that are JSON, of which the parts are looked at in one value; those beyond are masked whole. */
const mostJson = 1_000_000;
/** Secrets that are told by their form: a signed token, a private key. */
const signedToken = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;
const privateKey =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g;

/**
 * How values are gone through. `inHolder`: a `code` is secret here. `depth`: levels that are looked at still. `looked`: what
 * was looked at so far.
 */
type Going = {
  mask: string;
  except: ReadonlySet<string>;
  inHolder: boolean;
  depth: number;
  looked: { parameters: number; json: number };
};

/** The text without its secret parameters; null where there are too many to be looked at. */
const parametersMasked = (text: string, { mask, looked }: Going): string | null => {
  if (!parameterHint.test(text)) return text;
  let rest = '';
  let done = 0;
  for (const { 0: all, 1: before = '', 2: name = '', 3: value = '', index } of text.matchAll(parameter)) {
    looked.parameters += 1;
    if (looked.parameters > mostParameters) return null;
    if (!isSecretParameter(name)) continue;
    const quote = /^["']/.exec(value)?.[0] ?? '';
    rest += `${text.slice(done, index)}${before}${name}=${quote}${mask}${quote}`;
    done = index + all.length;
  }
  return rest + text.slice(done);
};

/** A text without what is secret in it: parts of addresses and forms that are called so, tokens and keys by their form. */
const textMasked = (text: string, going: Going): string => {
  const { mask } = going;
  let rest = text;
  if (rest.includes('://')) rest = rest.replace(userOfAddress, (_, scheme: string) => `${scheme}${mask}@`);
  if (rest.includes('=')) rest = parametersMasked(rest, going) ?? mask;
  if (rest.includes('eyJ')) rest = rest.replace(signedToken, () => mask);
  if (rest.includes('PRIVATE KEY-----')) rest = rest.replace(privateKey, () => mask);
  return rest;
};

/** The value masked whole: what is empty, or only says yes or no, shows that. */
const whole = (value: unknown, mask: string): unknown =>
  value === null || value === undefined || value === '' || typeof value === 'boolean' ? value : mask;

const mayBeJson = (text: string): boolean => /^\s*[{[]/.test(text) && text.includes('"');

/** What a text says that is JSON of an object or a list; undefined for any other. */
const objectIn = (text: string): object | undefined => {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
};

const maskedText = (text: string, going: Going): string => {
  if (!mayBeJson(text)) return textMasked(text, going);
  going.looked.json += text.length;
  if (going.looked.json > mostJson) return going.mask;
  const inner = objectIn(text);
  if (inner === undefined) return textMasked(text, going);
  const masked = maskedIn(inner, { ...going, depth: going.depth - 1 });
  return masked === inner ? text : JSON.stringify(masked);
};

/** Lists of headers and settings have each as a pair: what a pair calls its value. */
const pairNames = ['name', 'key', 'header', 'field'] as const;
const isSecretPair = (value: object): boolean =>
  'value' in value &&
  typeof value.value === 'string' &&
  pairNames.some((name) => {
    const called: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : null;
    return typeof called === 'string' && kindOfName(called) === 'secret';
  });

const fieldsMasked = (value: object, going: Going): object => {
  const { mask, except, inHolder, depth } = going;
  const isPair = isSecretPair(value);
  // Made once: there are millions of values.
  const deeper = { ...going, depth: depth - 1 };
  let next: Record<string, unknown> | null = null;
  for (const [key, inner] of Object.entries(value)) {
    if (except.has(key)) continue;
    const kind = kindOfName(key);
    const masked =
      kind === 'secret' || (kind === 'code' && inHolder) || (isPair && key === 'value')
        ? whole(inner, mask)
        : maskedIn(inner, kind === 'holder' && !inHolder ? { ...deeper, inHolder: true } : deeper);
    if (masked === inner) continue;
    // Defined, so that no name of a field (`__proto__`) does anything else.
    next ??= Object.fromEntries(Object.entries(value));
    Object.defineProperty(next, key, { value: masked, enumerable: true, writable: true, configurable: true });
  }
  return next ?? value;
};

const maskedIn = (value: unknown, going: Going): unknown => {
  const { mask, depth } = going;
  if (typeof value === 'string') return depth === 0 ? mask : maskedText(value, going);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return mask;
  if (!Array.isArray(value)) return fieldsMasked(value, going);
  let changed = false;
  const deeper = { ...going, depth: depth - 1 };
  const next = value.map((inner) => {
    const masked = maskedIn(inner, deeper);
    changed ||= masked !== inner;
    return masked;
  });
  return changed ? next : value;
};

/** Deeper than any answer is kept (`core/client/answer.ts`). */
const deepest = 200;

/**
 * The value with everything masked that is secret by its name, at any depth (in texts that are JSON, too), and what is
 * secret in its texts. `except` names fields whose parts are called so for other reasons (the words of a language). The
 * value stays as it is.
 */
export const maskNamed = <Value>(value: Value, mask: string, except: readonly string[] = []): Value =>
  maskedIn(value, {
    mask,
    except: new Set(except),
    inHolder: false,
    depth: deepest,
    looked: { parameters: 0, json: 0 },
  }) as Value;

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
