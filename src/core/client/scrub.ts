import { setImmediate as nextTurn } from 'node:timers/promises';
import { hiddenIn } from './encodings.ts';
import { bytesOf, mistakable, unescaped } from './escapes.ts';

/** What stands where a server's text had a credential of ours. */
export const scrubbed = '[removed]';

/** Shorter ones would be found in ordinary words. */
const shortest = 6;

/** How often base64 or hexadecimal may be written in one another. */
const deepest = 3;

/** How often escapes may be. */
const mostEscaped = 4;

/** Bytes that are looked through in one turn of the event loop: a hostile megabyte takes a quarter of a second. */
const pieceBytes = 100_000;
/** How many signs an encoding may need for each byte of a credential, for the pieces to overlap by as much. */
const widest = 24;

/**
 * What to look for of a credential, as bytes: in UTF-8, UTF-16 and Latin-1, and what becomes of it where a part looks like
 * an escape.
 */
const needlesOf = (credential: string): string[] =>
  [credential, credential.replaceAll(' ', '+')].flatMap((text) => [
    ...mistakable(bytesOf(text)),
    Buffer.from(text, 'utf16le').toString('latin1'),
    ...(/[^\0-\xff]/.test(text) ? [] : mistakable(text)),
  ]);

type Range = [from: number, to: number];

/** What is looked for, and what its shortest form takes: bytes, and the signs that those may be written with. */
type Sought = { needles: readonly string[]; least: number; readable: RegExp };

/** How deep it is looked for. */
type Depth = { encoded: number; escaped: number };

const soughtOf = (credentials: readonly string[]): Sought => {
  const needles = [...new Set(credentials.flatMap(needlesOf))].filter(({ length }) => length >= shortest);
  const least = Math.min(...needles.map(({ length }) => length));
  const isAscii = credentials.every((credential) => !/[^\t-~]/.test(credential));
  const sign = `[\\t-\\r -${isAscii ? '~' : '\\xff'}]`;
  return { needles, least, readable: new RegExp(`${sign}{${least}}${sign}*`, 'g') };
};

const placesIn = (text: string, needles: readonly string[]): Range[] => {
  const found: Range[] = [];
  for (const needle of needles)
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length))
      found.push([at, at + needle.length]);
  return found;
};

/** Where a text has a needle in what can be decoded of it. */
const hiddenRangesIn = (text: string, sought: Sought, depth: Depth): Range[] => {
  const found: Range[] = [];
  const inner = { ...depth, encoded: depth.encoded - 1 };
  for (const hidden of hiddenIn(text, sought.least)) {
    const inside = placesIn(hidden.text, sought.needles);
    // What is encoded again stands there in readable signs; the rest is bytes of something else.
    if (depth.encoded > 1)
      for (const { 0: part, index } of hidden.text.matchAll(sought.readable))
        for (const [from, to] of rangesWithin(part, sought, inner)) inside.push([index + from, index + to]);
    for (const [from, to] of inside) found.push(hidden.place(from, to));
  }
  return found;
};

/** Where a text has a needle, as it is or encoded, in the text and in what is left of it without escapes. */
const rangesAt = (text: string, sought: Sought, depth: Depth): Range[] => {
  const found: Range[] = [];
  let place = (at: number) => at;
  for (let level = 0, inner = text; ; level += 1) {
    for (const [from, to] of [...placesIn(inner, sought.needles), ...hiddenRangesIn(inner, sought, depth)])
      found.push([place(from), place(to)]);
    const open = level < depth.escaped ? unescaped(inner) : null;
    if (!open) return found;
    const { from } = open;
    const outer = place;
    const end = outer(inner.length);
    place = (at) => (at < from.length ? outer(from[at] ?? 0) : end);
    inner = open.text;
  }
};

/** The same, for a form, too, in which a space is a `+`. */
const rangesWithin = (text: string, sought: Sought, depth: Depth): Range[] => {
  const found = rangesAt(text, sought, depth);
  return text.includes('+') ? [...found, ...rangesAt(text.replaceAll('+', ' '), sought, depth)] : found;
};

const without = (text: string, ranges: readonly Range[]): string => {
  let rest = '';
  let done = 0;
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    if (from > done || (from === done && !rest.endsWith(scrubbed))) rest += text.slice(done, from) + scrubbed;
    done = Math.max(done, to);
  }
  return rest + text.slice(done);
};

/** What takes credentials out of a text. */
export type Scrub = {
  /** Of a short one, at once. */
  text(text: string): string;
  /** Of one of any length: others get their turn in between. Throws the signal's reason once that is aborted. */
  answer(text: string, signal: AbortSignal): Promise<string>;
};

const nothingKnown: Scrub = { text: (text) => text, answer: async (text) => text };

const withoutRanges = (text: string, bytes: string, ranges: readonly Range[]): string =>
  ranges.length === 0 ? text : Buffer.from(without(bytes, ranges), 'latin1').toString();

/**
 * Takes credentials out of a text, whatever their encoding: escapes of JSON, addresses and HTML, base64 and hexadecimal, one
 * in the other, too. What stands around one is kept, a text without them stays as it is.
 */
export const scrubber = (credentials: readonly string[]): Scrub => {
  const long = credentials.filter((credential) => credential.length >= shortest);
  const sought = soughtOf(long);
  if (sought.needles.length === 0) return nothingKnown;
  const rangesIn = (bytes: string) => rangesWithin(bytes, sought, { encoded: deepest, escaped: mostEscaped });
  const overlap = widest * Math.max(...sought.needles.map(({ length }) => length));
  const step = Math.max(pieceBytes, overlap);
  return {
    text: (text) => {
      const bytes = bytesOf(text);
      return withoutRanges(text, bytes, rangesIn(bytes));
    },
    async answer(text, signal) {
      const bytes = bytesOf(text);
      const ranges: Range[] = [];
      for (let at = 0; at < bytes.length; at += step) {
        if (at > 0) await nextTurn(undefined, { signal });
        for (const [from, to] of rangesIn(bytes.slice(at, at + step + overlap)))
          ranges.push([at + from, at + to]);
      }
      return withoutRanges(text, bytes, ranges);
    },
  };
};

/** Characters that are kept of what a database says. */
const longestMessage = 2_000;

/**
 * What a database says, without the passwords it was sent. A password that is too short to be looked for takes the whole
 * message with it: what was missing in its words would tell it.
 */
export const withoutPasswords = (message: string, passwords: readonly string[]): string => {
  const short = passwords.filter(({ length }) => length > 0 && length < shortest);
  // Longer than what is kept, so that none is cut in its midst.
  const clean = scrubber(passwords)
    .text(message.slice(0, 10 * longestMessage))
    .slice(0, longestMessage);
  return short.some((password) => clean.includes(password)) ? scrubbed : clean;
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
  readonly #known = new Map<string, { credentials: string[]; scrub: Scrub }>();

  /** Notes what a request carries; returns what takes all that its server knows out of a text. */
  note(origin: string, headers: Readonly<Record<string, string>>): Scrub {
    const before = this.#known.get(origin) ?? { credentials: [], scrub: nothingKnown };
    const fresh = credentialsOf(headers).filter((credential) => !before.credentials.includes(credential));
    if (fresh.length === 0) return before.scrub;
    const credentials = [...before.credentials, ...fresh].slice(-mostKnown);
    const next = { credentials, scrub: scrubber(credentials) };
    this.#known.set(origin, next);
    return next.scrub;
  }
}
