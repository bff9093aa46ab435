import { addressMasked, maskNamed } from './masked.ts';

/** Characters of a document, and of a certificate in base64, that are looked at; what is longer is masked whole. */
const longestDocument = 1_000_000;
const longestCertificate = 100_000;

/** DER: a sequence in a sequence, which begins with the version (`[0]`), or in the oldest with the serial number. */
const sequence = 0x30;
const firstParts: readonly number[] = [0xa0, 0x02];

/** How many bytes a part of DER has: of its head, and of what is in it; null where none is there. */
const sizeOf = (bytes: Uint8Array, at: number): { head: number; body: number } | null => {
  const first = bytes[at + 1];
  if (first === undefined) return null;
  if (first < 0x80) return { head: 2, body: first };
  const many = first - 0x80;
  if (many < 1 || many > 3) return null;
  const digits = bytes.subarray(at + 2, at + 2 + many);
  return digits.length < many
    ? null
    : { head: 2 + many, body: digits.reduce((size, digit) => size * 256 + digit, 0) };
};

/**
 * True of what has the form of a certificate (X.509, DER in base64) and is nothing more. Private keys have another, sealed
 * ones (PKCS #8) and key stores (PKCS #12), too.
 */
const isCertificate = (text: string): boolean => {
  const base64 = text.length <= longestCertificate ? text.replace(/\s+/g, '') : '';
  if (base64.length % 4 === 1 || !/^[A-Za-z0-9+/]{8,}={0,2}$/.test(base64)) return false;
  const bytes = Uint8Array.from(atob(base64.replace(/=+$/, '')), (character) => character.charCodeAt(0));
  const outer = bytes[0] === sequence ? sizeOf(bytes, 0) : null;
  if (!outer || outer.head + outer.body !== bytes.length || bytes[outer.head] !== sequence) return false;
  const inner = sizeOf(bytes, outer.head);
  return inner !== null && firstParts.includes(bytes[outer.head + inner.head] ?? 0);
};

const pem = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g;

/**
 * Certificates, which are public, as PEM or base64; all else masked, as a private key may have been pasted in the place of
 * one. Anything else stands masked between the lines of PEM: something is there, and it is not a certificate.
 */
export const certificatesMasked = (text: string, mask: string): string => {
  const none = `-----BEGIN CERTIFICATE-----\n${mask}\n-----END CERTIFICATE-----`;
  if (text.trim() === '' || isCertificate(text)) return text;
  const others = (part: string) => (part.trim() === '' ? part : none);
  let rest = '';
  let done = 0;
  for (const { 0: all, 1: body = '', index } of text.matchAll(pem)) {
    rest += others(text.slice(done, index)) + (isCertificate(body) ? all : none);
    done = index + all.length;
  }
  return rest + others(text.slice(done));
};

/** Texts and attributes of SAML metadata that are public by what they are. */
const openTexts: ReadonlySet<string> = new Set(
  (
    'NameIDFormat OrganizationName OrganizationDisplayName OrganizationURL ' +
    'Company GivenName SurName EmailAddress TelephoneNumber'
  ).split(' '),
);
const openAttributes: ReadonlySet<string> = new Set(
  (
    'entityID ID Location ResponseLocation Binding use validUntil cacheDuration protocolSupportEnumeration index isDefault ' +
    'isRequired WantAuthnRequestsSigned AuthnRequestsSigned WantAssertionsSigned Algorithm lang contactType Name NameFormat ' +
    'FriendlyName'
  ).split(' '),
);

/** Names that standards gave, which are written as addresses. */
const standard = /^https?:\/\/www\.w3\.org\/[\w./#-]*$/;

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A text of XML as it is meant: what is written as a number is found, too. */
const meant = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (all, hex, decimal, name) => {
    if (name) return named[String(name).toLowerCase()] ?? all;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });

const written = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

const openText = (text: string, mask: string): string => {
  const said = meant(text);
  if (standard.test(said)) return text;
  const masked = maskNamed(said.includes('://') ? addressMasked(said.trim(), mask) : said, mask);
  return masked === said || masked === said.trim() ? text : written(masked);
};

const localName = (name: string) => name.slice(name.lastIndexOf(':') + 1);

const attribute = /([\w.:-]+)(\s*=\s*)(?:"([^"<]*)"|'([^'<]*)')/g;
const attributesMasked = (text: string, mask: string): string =>
  text.replace(attribute, (_, name: string, equals: string, double?: string, single?: string) => {
    const isOpen = /^xmlns(?:$|:)/.test(name) || openAttributes.has(localName(name));
    return `${name}${equals}"${isOpen ? openText(double ?? single ?? '', mask).replaceAll('"', '&#34;') : mask}"`;
  });

/** A part of XML, from its beginning: a comment, the first line, an element's begin or end, or text. */
const part =
  /<!--([\s\S]*?)-->|<\?xml(?:\s+(?:version|encoding|standalone)=["'][\w.-]{1,40}["'])*\s*\?>|<(\/?)([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)(\s*\/?)>|[^<]+/y;

/**
 * SAML metadata (XML) without what could let someone in: addresses as everywhere, certificates that are certificates, and
 * otherwise only element names, and texts and attributes that are public by nature. A text is masked whole if it is not such a
 * document, declares something of its own (`<!ENTITY`, CDATA), or is longer than a million characters.
 */
export const metadataMasked = (text: string, mask: string): string => {
  if (text.trim() === '') return text;
  if (text.length > longestDocument || !text.trimStart().startsWith('<')) return mask;
  const above: string[] = [];
  let rest = '';
  part.lastIndex = 0;
  while (part.lastIndex < text.length) {
    const found = part.exec(text);
    if (!found) return mask;
    const [all, comment, end, name, attributes = '', close = ''] = found;
    if (comment !== undefined) rest += `<!--${mask}-->`;
    else if (name !== undefined) {
      if (end) above.pop();
      else if (!close.includes('/')) above.push(localName(name));
      rest += `<${end ?? ''}${name}${attributesMasked(attributes, mask)}${close}>`;
    } else if (all.startsWith('<') || all.trim() === '') rest += all;
    else if (above.at(-1) === 'X509Certificate') rest += isCertificate(meant(all)) ? all : mask;
    else rest += openTexts.has(above.at(-1) ?? '') ? openText(all, mask) : mask;
  }
  return rest;
};
