/** What stands where a secret was. */
const gap = '[redacted]';

/** Names of values that are secret wherever they stand: in JSON, in a form, in a header or in code. */
const names =
  'authorization|proxy-authorization|cookie|set-cookie|client_?secret|app_?secret|secret(?:_?(?:key|access_?key))?|password|passwd|pass|passphrase|access_?token|refresh_?token|id_?token|token|api_?key|access_?key(?:_?(?:id|secret))?|private_?key|signing_?key|credentials?';

type Kept = string | ((found: string) => string);

/** True when a dotted text has a JSON Web Token in it: a part that begins one somewhere, and another part behind it. */
const hasToken = (dotted: string): boolean =>
  dotted
    .split('.')
    .slice(0, -1)
    .some((part) => {
      const at = part.indexOf('eyJ');
      return at >= 0 && part.length >= at + 11;
    });

/** Each takes time by the length of the text, whatever is in it: no pattern starts anew within what it ran through. */
const shapes: readonly (readonly [pattern: RegExp, kept: Kept])[] = [
  // Keys as PEM and as JWK.
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, gap],
  [/("(?:d|p|q|dp|dq|qi|k)"\s*:\s*")[A-Za-z0-9_-]{16,}(")/g, `$1${gap}$2`],
  // `Authorization` values, wherever they stand.
  [/\b(Basic|Bearer)\s+[A-Za-z0-9+/=._~-]{4,}/gi, `$1 ${gap}`],
  // A JSON Web Token.
  [/(?<![\w.-])[\w-]+(?:\.[\w-]*)+/g, (found) => (hasToken(found) ? gap : found)],
  // Name and password in an address.
  [/:\/\/[^\s/@:]*:[^\s/@]+@/g, `://${gap}@`],
  // "name": "value", escaped quotes included.
  [
    new RegExp(
      `((?:\\\\?["'])(?:${names})(?:\\\\?["'])\\s*:\\s*\\\\?["'])(?:[^"'\\\\]|\\\\(?!["']).|\\\\["'](?=[^,}\\]]))*`,
      'gi',
    ),
    `$1${gap}`,
  ],
  // name=value and name: value, up to where a value can end.
  [new RegExp(`(\\b(?:${names})\\s*[=:]\\s*)(?!\\[redacted\\])[^\\s&"',;}\\]]+`, 'gi'), `$1${gap}`],
  // Long random strings: app secrets, personal access tokens, signing keys. Ids of Logto are shorter.
  [/\bpat_[\w-]{8,}/g, gap],
  [
    /(?<![\w-])(?![0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b)(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{28,}\b/g,
    gap,
  ],
];

/** The text without anything that has the shape of a secret. Better a line that says less than one that says too much. */
export const redacted = (text: string): string =>
  shapes.reduce(
    (rest, [pattern, kept]) =>
      typeof kept === 'string' ? rest.replace(pattern, kept) : rest.replace(pattern, kept),
    text,
  );
