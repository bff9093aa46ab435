import { likeLiteral } from '../like.ts';
import { typedPhone } from '../phone.ts';
import type { SearchTerm } from './terms.ts';

/** A piece of a pattern: text that means itself, or wildcards. */
type Wild = { least: number; most: number };
type Piece = string | Wild;

/** What a stored text has to be like, in pieces; `text` is what was typed of it, or what stands for that. */
export type Wanted = { text: string; pieces: readonly Piece[] };

const anything: Wild = { least: 0, most: Number.POSITIVE_INFINITY };
/** Digits of a country code. */
const country: Wild = { least: 1, most: 3 };

/** A text composed and decomposed: stored texts come in either form (FACTS), and the server compares bytes. */
export const unicodeForms = (text: string): string[] => [
  ...new Set([text.normalize('NFC'), text.normalize('NFD')]),
];

const piecesOf: Readonly<Record<'contains' | 'starts' | 'ends' | 'is', (text: string) => Piece[]>> = {
  contains: (text) => [anything, text, anything],
  starts: (text) => [text, anything],
  ends: (text) => [anything, text],
  is: (text) => [text],
};

/** The pieces of a pattern with `%`, `_` and `\`, as SQL has them; a `\` at its end, which SQL refuses, means itself. */
const ofPattern = (pattern: string): Piece[] =>
  [...pattern.matchAll(/\\([\s\S])|([%_])|([^\\%_]+)|\\$/gu)].map(([all, escaped, wildcard]) => {
    if (wildcard) return wildcard === '%' ? anything : { least: 1, most: 1 };
    return escaped ?? all;
  });

/**
 * What stored texts are to be like for one condition, any of it: text in both of its Unicode forms, phones as their digits,
 * however they were written. For a condition that is not a regular expression or `similar`.
 */
export const wantedOf = ({ field, mode, values }: SearchTerm): Wanted[] => {
  const plain = mode === 'contains' || mode === 'starts' || mode === 'ends' || mode === 'is' ? mode : null;
  return values.flatMap((value): Wanted[] => {
    const phone = plain && field === 'phone' ? typedPhone(value, 1) : null;
    if (plain && phone) {
      const { digits, kind } = phone;
      // A national number is known by its ending: what is in front of it is the country's code.
      if (kind === 'national' && plain === 'is') return [{ text: digits, pieces: [anything, digits] }];
      if (kind === 'national' && plain === 'starts')
        return [{ text: digits, pieces: [country, digits, anything] }];
      return [{ text: digits, pieces: piecesOf[plain](digits) }];
    }
    return unicodeForms(value).map((text) => ({
      text,
      pieces: plain ? piecesOf[plain](text) : ofPattern(text),
    }));
  });
};

/** True where the whole of the stored text is known. */
export const isWhole = ({ pieces }: Wanted): boolean => pieces.every((piece) => typeof piece === 'string');

const isAnything = ({ most }: Wild) => most === Number.POSITIVE_INFINITY;

/** As a `like` pattern; null where there is none, as of a number of any characters between two. */
export const likeOf = ({ pieces }: Wanted): string | null => {
  if (pieces.some((piece) => typeof piece === 'object' && !isAnything(piece) && piece.least !== piece.most))
    return null;
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return likeLiteral(piece);
      return isAnything(piece) ? '%' : '_'.repeat(piece.most);
    })
    .join('');
};

const expression = (pieces: readonly Piece[], any: string): string => {
  const body = pieces.map((piece) => {
    if (typeof piece === 'string') return piece.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    return isAnything(piece) ? `${any}*` : `${any}{${piece.least},${piece.most}}`;
  });
  return `^${body.join('')}$`;
};

/** As a regular expression of PostgreSQL, in which `.` is any character. */
export const posixOf = ({ pieces }: Wanted): string => {
  const isOpen = (piece: Piece | undefined) => typeof piece === 'object' && isAnything(piece);
  const [first] = pieces;
  const last = pieces.at(-1);
  const source = expression(pieces, '.');
  // What may begin or end with anything needs no more than not to be held there.
  return source.slice(isOpen(first) ? 3 : 0, isOpen(last) ? -3 : undefined);
};

/** As a regular expression of JavaScript. */
export const regexOf = ({ pieces }: Wanted): string => expression(pieces, '[\\s\\S]');
