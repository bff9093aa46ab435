/** What stands where a server's text had a credential of ours. */
export const scrubbed = '[removed]';

/** Shorter ones would be found in ordinary words. */
const shortest = 6;

/** Base64 of a text wherever it may stand in a longer one: what stays the same for each of the three places it can begin at. */
const base64Forms = (text: string): string[] =>
  [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
    // Characters that also hold bits of what stands before or behind vary.
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor((bytes.length * 8) / 6);
    return (['base64', 'base64url'] as const).map((form) => bytes.toString(form).slice(from, to));
  });

/** A credential in every form in which a server may write it back: as it is, and encoded for addresses, JSON, headers. */
const formsOf = (credential: string): string[] => {
  const bytes = Buffer.from(credential);
  const url = encodeURIComponent(credential);
  const forms = [
    credential,
    url,
    url.replaceAll('%20', '+'),
    JSON.stringify(credential).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64Forms(credential),
  ];
  return [...new Set(forms)].filter((form) => form.length >= shortest);
};

const fromCode = (code: number, whole: string): string =>
  code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : whole;

/** Single characters written as escapes, which stand for the same text: of JSON, of addresses, of HTML. */
const unescaped = (text: string): string =>
  text
    .replace(/\\u00([0-9a-f]{2})/gi, (whole, hex: string) => fromCode(Number.parseInt(hex, 16), whole))
    .replace(/%([0-9a-f]{2})/gi, (whole, hex: string) => fromCode(Number.parseInt(hex, 16), whole))
    .replace(/&#x([0-9a-f]{1,6});/gi, (whole, hex: string) => fromCode(Number.parseInt(hex, 16), whole))
    .replace(/&#(\d{1,7});/g, (whole, digits: string) => fromCode(Number(digits), whole))
    .replaceAll('&amp;', '&')
    .replaceAll('\\/', '/');

const mayEscape = /\\u00|%[0-9a-f]{2}|&#|&amp;|\\\//i;

/** Takes credentials out of a text, whatever their encoding; a text without them stays as it is. */
export const scrubber = (credentials: readonly string[]): ((text: string) => string) => {
  const forms = credentials
    .filter((credential) => credential.length >= shortest)
    .flatMap(formsOf)
    // Longer ones first: a shorter one may be part of it.
    .sort((a, b) => b.length - a.length);
  const without = (text: string) =>
    forms.reduce((rest, form) => (rest.includes(form) ? rest.replaceAll(form, scrubbed) : rest), text);
  return (text) => {
    if (forms.length === 0) return text;
    const plain = without(text);
    if (!mayEscape.test(plain)) return plain;
    const open = unescaped(plain);
    const clean = without(open);
    // Only a text that hid one is written differently.
    return clean === open ? plain : clean;
  };
};

/** The credentials that a request carries: its token, or the App ID's secret, and the header's value itself. */
export const credentialsOf = (headers: Readonly<Record<string, string>>): string[] => {
  const value = headers.authorization ?? '';
  const [, kind = '', given = ''] = /^(Basic|Bearer)\s+(\S+)$/.exec(value) ?? [];
  if (kind !== 'Basic') return given ? [given] : [];
  const pair = Buffer.from(given, 'base64').toString();
  const encoded = pair.slice(pair.indexOf(':') + 1);
  const secret = decodeURIComponent(encoded.replaceAll('+', '%20'));
  return [...new Set([secret, encoded, given])];
};

/** How many credentials are remembered for a server: its secret and the tokens of the last hours. */
const mostKnown = 12;

/** What was sent to each server so far, by its origin, so that nothing of it comes back in a later answer. */
export class SentCredentials {
  readonly #known = new Map<string, { credentials: string[]; scrub: (text: string) => string }>();

  /** Notes what a request carries; returns what takes all that its server knows out of a text. */
  note(origin: string, headers: Readonly<Record<string, string>>): (text: string) => string {
    const before = this.#known.get(origin) ?? { credentials: [], scrub: (text: string) => text };
    const fresh = credentialsOf(headers).filter((credential) => !before.credentials.includes(credential));
    if (fresh.length === 0) return before.scrub;
    const credentials = [...before.credentials, ...fresh].slice(-mostKnown);
    const next = { credentials, scrub: scrubber(credentials) };
    this.#known.set(origin, next);
    return next.scrub;
  }
}
