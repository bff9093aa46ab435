import { findResource } from '../../shared/catalog/index.ts';
import { secretMask } from '../../shared/row.ts';
import type { Need } from '../../shared/search/needs.ts';
import type { Terms } from './typed/terms.ts';

const textsIn = (value: unknown, texts: Set<string>, depth: number) => {
  if (typeof value === 'string') {
    if (value !== secretMask && value !== '') texts.add(value);
  } else if (typeof value === 'number') texts.add(String(value));
  else if (typeof value === 'object' && value !== null && depth <= 20)
    for (const inner of Object.values(value)) textsIn(inner, texts, depth + 1);
};

/** The texts of a row that can be searched: every value at any depth, secrets and names of fields left out. What stands in
 * another text is found there. */
const textsOf = (value: unknown): string[] => {
  const texts = new Set<string>();
  textsIn(value, texts, 0);
  const all = [...texts];
  const isApart = (text: string) => !all.some((other) => other.length > text.length && other.includes(text));
  return all.length > 100 ? all : all.filter(isApart);
};

const momentsOf = new Map<string, ReadonlySet<string>>();

/** A row without its own moments, whose digits nobody looks for. */
const withoutMoments = (resourceId: string, row: Readonly<Record<string, unknown>>) => {
  const known = momentsOf.get(resourceId);
  const moments =
    known ??
    new Set(
      findResource(resourceId)
        ?.columns.filter(({ kind }) => kind === 'time' || kind === 'seconds')
        .map(({ id }) => id),
    );
  if (!known) momentsOf.set(resourceId, moments);
  return Object.fromEntries(
    Object.entries(row).filter(([key, value]) => !(moments.has(key) && typeof value === 'number')),
  );
};

/** The texts of a row of a list that can be searched, a line each. */
export const wordsOf = (resourceId: string, row: Readonly<Record<string, unknown>>): string =>
  textsOf(withoutMoments(resourceId, row)).join('\n');

/** Texts of so many characters that come often stand in the index as one sign, which is found by what they have in them. */
const longText = 13;
const firstSign = 0xf_0000;
const mostSigns = 65_000;

/** The sign of a term's code, between the ends of lines; null for one that has none. */
const signOf = (code: number, text: unknown): string | null =>
  typeof text === 'string' && text.length >= longText && -code < mostSigns
    ? String.fromCodePoint(firstSign - code)
    : null;

/** What the index has of a row: its texts, and the signs of those that come often. */
export const indexedText = (
  terms: Terms,
  resourceId: string,
  row: Readonly<Record<string, unknown>>,
): string => {
  const own: string[] = [];
  let signs = '';
  for (const text of textsOf(withoutMoments(resourceId, row))) {
    const code = text.length >= longText ? terms.known(JSON.stringify(text)) : null;
    const sign = code === null ? null : signOf(code, text);
    if (sign === null) own.push(text);
    else signs += `\n${sign}`;
  }
  return `${own.join('\n')}${signs}${signs === '' ? '' : '\n'}`;
};

/** The signs of texts that come often and have a piece in them. */
const signsWith = (terms: Terms, piece: string): string[] => {
  const looked = folded(piece);
  const signs: string[] = [];
  for (const [code, text] of terms.all()) {
    const sign = signOf(code, text);
    if (sign !== null && folded(String(text)).includes(looked)) signs.push(`\n${sign}\n`);
  }
  return signs;
};

export const folded = (text: string) => text.normalize('NFC').toLowerCase();

/** A text has an index from so many characters on. */
const indexedFrom = 3;

const isIndexed = (piece: string) => [...piece].length >= indexedFrom;

/** Threes of a piece that are looked for: the others are held against the rows that those find. */
const mostThrees = 24;
/** Signs that are looked for in the place of a piece. */
const mostFound = 2_000;

/** The search for rows that the index has the sign of a term for; null for one without a sign. */
export const matchOfTerm = (code: number, value: unknown): string | null => {
  const sign = signOf(code, value);
  return sign === null ? null : quoted(`\n${sign}\n`);
};

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** The piece's threes of characters, each of which a row has that has the piece. */
const threesOf = (piece: string): string[] => {
  const characters = [...piece];
  return characters.slice(2, mostThrees + 2).map((_, at) => characters.slice(at, at + 3).join(''));
};

/**
 * A search of the index for all that is needed and long enough, each piece quoted so that it means itself. It finds all rows
 * that have it, and others, as the index knows threes of characters and not where they stand. Null where nothing is long
 * enough, or what it asks for is nearly everywhere.
 */
export const matchOf = (needs: readonly Need[], terms: Terms): string | null => {
  const pieceOf = (piece: string): string | null => {
    const signs = signsWith(terms, piece);
    if (signs.length > mostFound) return null;
    return `((${threesOf(piece).map(quoted).join(' AND ')})${signs.map((sign) => ` OR ${quoted(sign)}`).join('')})`;
  };
  const parts = needs.flatMap((need) => {
    const ways = need.map((pieces) => pieces.filter(isIndexed).flatMap((piece) => pieceOf(piece) ?? []));
    return ways.some((pieces) => pieces.length === 0)
      ? []
      : [`(${ways.map((pieces) => `(${pieces.join(' AND ')})`).join(' OR ')})`];
  });
  return parts.length === 0 ? null : parts.join(' AND ');
};
