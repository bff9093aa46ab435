/** Where each character of a decoded text came from: the place of its first character in the text that was decoded. */
export type Decoded = { text: string; from: Uint32Array };

/** Names of characters in HTML: those of ASCII that an encoder writes, and Latin-1 from 160 on, in their order. */
const ascii: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  apos: "'",
  lt: '<',
  gt: '>',
  Tab: '\t',
  NewLine: '\n',
  excl: '!',
  num: '#',
  dollar: '$',
  percnt: '%',
  lpar: '(',
  rpar: ')',
  ast: '*',
  midast: '*',
  plus: '+',
  comma: ',',
  period: '.',
  sol: '/',
  colon: ':',
  semi: ';',
  equals: '=',
  quest: '?',
  commat: '@',
  lsqb: '[',
  lbrack: '[',
  bsol: '\\',
  rsqb: ']',
  rbrack: ']',
  Hat: '^',
  lowbar: '_',
  UnderBar: '_',
  grave: '`',
  lcub: '{',
  lbrace: '{',
  verbar: '|',
  vert: '|',
  VerticalLine: '|',
  rcub: '}',
  rbrace: '}',
};
const latin1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const entities = new Map([
  ...Object.entries(ascii),
  ...latin1.split(' ').map((name, at): [string, string] => [name, String.fromCharCode(160 + at)]),
]);

const simple = new Map(Object.entries({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }));

/** A text as its bytes in UTF-8, a character for each. */
export const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');

const given = (text: string | null): string | null => (text === null ? null : bytesOf(text));

const unit = '[\\da-f]{4}';
const [high, low] = ['d[89ab][\\da-f]{2}', 'd[c-f][\\da-f]{2}'];

/** Escapes of each kind, as alternatives of a pattern; two halves of a character are one escape. */
const kinds = {
  address: `%u${high}%u${low}|%u${unit}|%[\\da-f]{2}`,
  script: `\\\\u${high}\\\\u${low}|\\\\u${unit}|\\\\u\\{[\\da-f]{1,6}\\}|\\\\x[\\da-f]{2}|\\\\["'\`/\\\\nrtbf]`,
  html: '&(?:#x[\\da-f]{1,6}|#\\d{1,7}|[a-z]\\w{1,11});',
} as const;

const charOf = (code: number): string | null => (code <= 0x10_ffff ? String.fromCodePoint(code) : null);

const entityOf = (name: string): string | null => {
  const [, hex, decimal] = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name) ?? [];
  if (hex === undefined && decimal === undefined) return entities.get(name) ?? null;
  return charOf(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
};

/** The bytes that an escape stands for; null for one that stands for nothing. */
const meant = (found: string): string | null => {
  const body = found.slice(1);
  const [, byte] = /^(?:%|\\x)([\da-f]{2})$/i.exec(found) ?? [];
  if (byte) return String.fromCharCode(Number.parseInt(byte, 16));
  if (found.startsWith('&')) return given(entityOf(body.slice(0, -1)));
  const units = found.match(/[\da-f]{4}/gi);
  if (units && !found.includes('{'))
    return bytesOf(String.fromCharCode(...units.map((one) => Number.parseInt(one, 16))));
  const [, digits] = /^u\{([\da-f]+)/i.exec(body) ?? [];
  return given(digits ? charOf(Number.parseInt(digits, 16)) : (simple.get(body) ?? body));
};

const patternOf = (which: readonly (keyof typeof kinds)[]) =>
  new RegExp(which.map((kind) => kinds[kind]).join('|'), 'gi');

const every = patternOf(['address', 'script', 'html']);

const [percent, backslash, ampersand, quote] = [...'%\\&"'].map((char) => char.charCodeAt(0));

const digitOf = (code: number): number => {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
};

const sticky = new RegExp(every.source, 'iy');

/** The escape that begins at a place, and its bytes. The usual ones without a pattern: a hostile text has millions of them. */
const escapeAt = (text: string, at: number): [length: number, bytes: string] | null => {
  const [lead, next] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  if (lead === backslash && (next === backslash || next === quote)) return [2, String.fromCharCode(next)];
  const [high, low] = [digitOf(next), digitOf(text.charCodeAt(at + 2))];
  if (lead === percent && high >= 0 && low >= 0) return [3, String.fromCharCode(high * 16 + low)];
  sticky.lastIndex = at;
  const found = sticky.exec(text)?.[0];
  const bytes = found === undefined ? null : meant(found);
  return found === undefined || bytes === null ? null : [found.length, bytes];
};

/**
 * Bytes (a character for each) with the escapes of JSON and JavaScript (`\u0041`, `\x41`, `\"`), addresses (`%41`, `%u0041`)
 * and HTML (`&#65;`, `&quot;`) resolved once. Null where there is none. Takes time by the length of the text.
 */
export const unescaped = (text: string): Decoded | null => {
  if (!/[%\\&]/.test(text)) return null;
  // None is shorter than what it stands for.
  const out = Buffer.alloc(text.length);
  const from = new Uint32Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const isLead = code === percent || code === backslash || code === ampersand;
    const found = isLead ? escapeAt(text, at) : null;
    if (!found) {
      out[length] = code;
      from[length] = at;
      length += 1;
      at += 1;
      continue;
    }
    const [taken, bytes] = found;
    length += out.write(bytes, length, 'latin1');
    from.fill(at, length - bytes.length, length);
    at += taken;
  }
  if (length === text.length) return null;
  return { text: out.toString('latin1', 0, length), from: from.subarray(0, length) };
};

const some = (['address', 'script', 'html'] as const).flatMap((one, at, all) => [
  patternOf([one]),
  patternOf([one, all[(at + 1) % 3] ?? one]),
]);

/** How often a text's own escapes may be taken for ones, and how many texts may come of it. */
const mostMistakes = 3;
const mostMistaken = 64;

/**
 * Bytes, and what becomes of them where what looks like an escape is taken for one, once or again in what came of it:
 * whoever encodes a text in one way leaves what looks like another.
 */
export const mistakable = (text: string): string[] => {
  const all = new Set([text]);
  let fresh = [text];
  for (let times = 0; times < mostMistakes && fresh.length > 0; times += 1) {
    const next = fresh.flatMap((one) =>
      [every, ...some].map((pattern) => one.replace(pattern, (found) => meant(found) ?? found)),
    );
    fresh = [...new Set(next)].filter((one) => !all.has(one)).slice(0, mostMistaken - all.size);
    for (const one of fresh) all.add(one);
  }
  // A last backslash goes with whatever stands behind it.
  for (const one of [...all]) all.add(one.replace(/\\+$/, ''));
  return [...all];
};
